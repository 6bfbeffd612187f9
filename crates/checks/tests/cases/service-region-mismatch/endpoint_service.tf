# The name of an endpoint service has a region too.
provider "aws" {
  region = "eu-west-1"
}

resource "aws_vpc_endpoint" "x" {
  vpc_id            = "vpc-0a1b2c3d4e5f60718"
  service_name      = "com.amazonaws.vpce.us-east-1.vpce-svc-0a1b2c3d4e5f60718" # expect: service-region-mismatch
  vpc_endpoint_type = "Interface"
}
