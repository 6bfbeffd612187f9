# T8: a service that the table does not have may have gateway endpoints.
resource "aws_vpc_endpoint" "x" {
  vpc_id       = "vpc-0a1b2c3d4e5f60718"
  service_name = "com.amazonaws.eu-west-1.brand-new-service"
}
