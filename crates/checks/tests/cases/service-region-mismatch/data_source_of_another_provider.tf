# T9: the region of another provider configuration, read.
provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "virginia"
  region = "us-east-1"
}

data "aws_region" "virginia" {
  provider = aws.virginia
}

resource "aws_vpc_endpoint" "x" {
  vpc_id       = "vpc-0a1b2c3d4e5f60718"
  service_name = "com.amazonaws.${data.aws_region.virginia.name}.s3" # expect: service-region-mismatch
}
