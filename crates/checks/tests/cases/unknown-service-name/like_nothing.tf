# T8: perhaps a service that is newer than the table.
resource "aws_vpc_endpoint" "x" {
  vpc_id            = "vpc-0a1b2c3d4e5f60718"
  service_name      = "com.amazonaws.eu-west-1.brand-new-service" # expect: unknown-service-name
  vpc_endpoint_type = "Interface"
}
