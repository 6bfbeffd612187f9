# A name that a data source makes.
provider "aws" {
  region = "eu-west-1"
}

data "aws_vpc_endpoint_service" "secrets" {
  service = "secretsmanager"
}

resource "aws_vpc_endpoint" "x" {
  vpc_id            = "vpc-0a1b2c3d4e5f60718"
  service_name      = data.aws_vpc_endpoint_service.secrets.service_name
  vpc_endpoint_type = "Interface"
}
