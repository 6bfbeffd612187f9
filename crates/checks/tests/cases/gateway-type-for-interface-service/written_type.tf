# The type is what is to be edited.
resource "aws_vpc_endpoint" "x" {
  vpc_id            = "vpc-0a1b2c3d4e5f60718"
  service_name      = "com.amazonaws.eu-west-1.ecr.dkr"
  vpc_endpoint_type = "Gateway" # expect: gateway-type-for-interface-service
}
