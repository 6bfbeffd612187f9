# The argument is what is to be edited.
resource "aws_vpc_endpoint" "x" {
  vpc_id            = "vpc-0a1b2c3d4e5f60718"
  service_name      = "com.amazonaws.eu-west-1.kms"
  vpc_endpoint_type = "Interface"
  route_table_ids   = ["rtb-0a1b2c3d4e5f60718"] # expect: route-tables-on-non-gateway
}
