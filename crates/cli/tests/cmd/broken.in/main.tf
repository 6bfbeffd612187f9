resource "aws_vpc_endpoint" "s3" {
  vpc_id       = "vpc-0a1b2c3d4e5f60718"
  service_name = "com.amazonaws.eu-west-1.s3"
}

resource "aws_vpc_endpoint" "broken" {
  vpc_id = = "vpc-0a1b2c3d4e5f60718"
}

locals {
  typo = lcal.name
  far  = upper([])
}

resource "aws_vpc_endpoint" "dynamodb" {
  vpc_id       = "vpc-0a1b2c3d4e5f60718"
  service_name = "com.amazonaws.${local.far}.dynamodb"
}

modul "x" {
  source = "./x"
}

module "y" {
  source = "./not-there"
}
