# T4: an association that another module makes.
resource "aws_vpc_endpoint" "s3" {
  vpc_id            = "vpc-0a1b2c3d4e5f60718"
  service_name      = "com.amazonaws.eu-west-1.s3"
  vpc_endpoint_type = "Gateway"
}

module "subnets" {
  source = "./subnets"

  endpoint_id = aws_vpc_endpoint.s3.id
}
