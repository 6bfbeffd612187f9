# A default that was not passed on.
provider "aws" {
  region = "eu-west-1"
}

locals {
  region = "us-east-1"
}

resource "aws_vpc_endpoint" "x" {
  vpc_id       = "vpc-0a1b2c3d4e5f60718"
  service_name = "com.amazonaws.${local.region}.s3" # expect: service-region-mismatch
}
