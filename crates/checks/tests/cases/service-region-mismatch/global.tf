# Names without a region.
provider "aws" {
  region = "eu-west-1"
}

resource "aws_vpc_endpoint" "iam" {
  vpc_id            = "vpc-0a1b2c3d4e5f60718"
  service_name      = "com.amazonaws.iam"
  vpc_endpoint_type = "Interface"
}

resource "aws_vpc_endpoint" "points" {
  vpc_id            = "vpc-0a1b2c3d4e5f60718"
  service_name      = "com.amazonaws.s3-global.accesspoint"
  vpc_endpoint_type = "Interface"
}
