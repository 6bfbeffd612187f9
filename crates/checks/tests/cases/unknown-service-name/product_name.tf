# The product where the service goes by another name.
resource "aws_vpc_endpoint" "x" {
  vpc_id            = "vpc-0a1b2c3d4e5f60718"
  service_name      = "com.amazonaws.eu-west-1.cloudwatch" # expect: unknown-service-name
  vpc_endpoint_type = "Interface"
}
