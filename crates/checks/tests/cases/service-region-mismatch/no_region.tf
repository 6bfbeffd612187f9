# T9: the provider block does not say, so the environment decides.
provider "aws" {
  profile = "network"
}

resource "aws_vpc_endpoint" "x" {
  vpc_id       = "vpc-0a1b2c3d4e5f60718"
  service_name = "com.amazonaws.eu-west-1.s3"
}
