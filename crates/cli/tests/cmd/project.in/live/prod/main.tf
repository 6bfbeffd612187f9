provider "aws" {
  region = "eu-west-1"
}

data "aws_vpc" "main" {
  id = "vpc-0a1b2c3d4e5f60718"
}

module "s3" {
  source = "../../modules/endpoint"

  vpc_id          = data.aws_vpc.main.id
  service         = "s3"
  route_table_ids = []
}

module "dynamodb" {
  source = "../../modules/endpoint"

  vpc_id          = data.aws_vpc.main.id
  service         = "dynamodb"
  route_table_ids = ["rtb-0a1b2c3d4e5f60718"]
}

resource "aws_vpc_endpoint" "sqs" {
  vpc_id              = data.aws_vpc.main.id
  service_name        = "com.amazonaws.eu-west-1.sqs"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  subnet_ids          = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
  security_group_ids  = ["sg-0a1b2c3d4e5f60718"]

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = "*", Action = "*", Resource = "*" }]
  })
}

resource "aws_vpc_endpoint" "s3express" { # privatelint: ignore[gateway-endpoint-without-route-tables] the network team associates it
  vpc_id       = data.aws_vpc.main.id
  service_name = "com.amazonaws.eu-west-1.s3express"
}
