# The region of the provider, read.
provider "aws" {
  region = "eu-west-1"
}

data "aws_region" "current" {}

resource "aws_vpc_endpoint" "x" {
  vpc_id       = "vpc-0a1b2c3d4e5f60718"
  service_name = "com.amazonaws.${data.aws_region.current.name}.s3"
}
