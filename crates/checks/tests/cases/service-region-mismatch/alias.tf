# T9: the provider configuration that the endpoint uses counts.
provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "virginia"
  region = "us-east-1"
}

resource "aws_vpc_endpoint" "right" {
  vpc_id       = "vpc-0a1b2c3d4e5f60718"
  service_name = "com.amazonaws.us-east-1.s3"
  provider     = aws.virginia
}

resource "aws_vpc_endpoint" "wrong" {
  vpc_id       = "vpc-0a1b2c3d4e5f60718"
  service_name = "com.amazonaws.eu-west-1.s3" # expect: service-region-mismatch
  provider     = aws.virginia
}
