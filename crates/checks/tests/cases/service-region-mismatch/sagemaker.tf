# A name with another prefix.
provider "aws" {
  region = "eu-west-1"
}

resource "aws_vpc_endpoint" "x" {
  vpc_id            = "vpc-0a1b2c3d4e5f60718"
  service_name      = "aws.sagemaker.us-east-1.notebook" # expect: service-region-mismatch
  vpc_endpoint_type = "Interface"
}
