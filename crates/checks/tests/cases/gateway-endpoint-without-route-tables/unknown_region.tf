# T9: the region of the name is not known; that it is S3 is.
data "aws_region" "current" {}

resource "aws_vpc_endpoint" "s3" { # expect: gateway-endpoint-without-route-tables
  vpc_id       = "vpc-0a1b2c3d4e5f60718"
  service_name = "com.amazonaws.${data.aws_region.current.name}.s3"
}
