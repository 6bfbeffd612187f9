# One block is one finding.
provider "aws" {
  region = "eu-west-1"
}

resource "aws_vpc_endpoint" "this" {
  for_each = toset(["sqs", "sns"])

  vpc_id            = "vpc-0a1b2c3d4e5f60718"
  service_name      = "com.amazonaws.us-east-1.${each.key}" # expect: service-region-mismatch
  vpc_endpoint_type = "Interface"
}
