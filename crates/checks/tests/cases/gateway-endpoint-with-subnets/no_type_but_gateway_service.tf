# An endpoint without a type is a gateway endpoint.
resource "aws_vpc_endpoint" "x" {
  vpc_id       = "vpc-0a1b2c3d4e5f60718"
  service_name = "com.amazonaws.eu-west-1.dynamodb"
  subnet_ids   = ["subnet-0a1b2c3d4e5f60718"] # expect: gateway-endpoint-with-subnets
}
