# What customers run has no gateway endpoints.
resource "aws_vpc_endpoint" "x" { # expect: gateway-type-for-interface-service
  vpc_id       = "vpc-0a1b2c3d4e5f60718"
  service_name = "com.amazonaws.vpce.eu-west-1.vpce-svc-0a1b2c3d4e5f60718"
}
