# T8: in China the gateway endpoint of S3 has the name without the prefix.
resource "aws_vpc_endpoint" "s3" { # expect: gateway-endpoint-without-route-tables
  vpc_id       = "vpc-0a1b2c3d4e5f60718"
  service_name = "com.amazonaws.cn-north-1.s3"
}
