# T9: an endpoint can have a region of its own.
provider "aws" {
  region = "eu-west-1"
}

resource "aws_vpc_endpoint" "right" {
  vpc_id       = "vpc-0a1b2c3d4e5f60718"
  service_name = "com.amazonaws.us-east-1.s3"
  region       = "us-east-1"
}

resource "aws_vpc_endpoint" "wrong" {
  vpc_id       = "vpc-0a1b2c3d4e5f60718"
  service_name = "com.amazonaws.eu-west-1.s3" # expect: service-region-mismatch
  region       = "us-east-1"
}
