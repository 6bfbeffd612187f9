# The name is of neither region.
provider "aws" {
  region = "eu-west-1"
}

resource "aws_vpc_endpoint" "x" {
  vpc_id            = "vpc-0a1b2c3d4e5f60718"
  service_name      = "com.amazonaws.us-east-1.s3" # expect: service-region-mismatch
  vpc_endpoint_type = "Interface"
  service_region    = "us-west-2"
}
