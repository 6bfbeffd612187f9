# Through a block.
resource "aws_vpc_endpoint" "x" {
  vpc_id            = "vpc-0a1b2c3d4e5f60718"
  service_name      = "com.amazonaws.eu-west-1.s3"
  vpc_endpoint_type = "Gateway"

  subnet_configuration { # expect: gateway-endpoint-with-subnets
    ipv4      = "10.0.1.10"
    subnet_id = "subnet-0a1b2c3d4e5f60718"
  }
}
