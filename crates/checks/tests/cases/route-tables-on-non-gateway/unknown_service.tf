# The service does not matter.
variable "service" {
  type = string
}

resource "aws_vpc_endpoint" "x" {
  vpc_id            = "vpc-0a1b2c3d4e5f60718"
  service_name      = var.service
  vpc_endpoint_type = "Interface"
  route_table_ids   = ["rtb-0a1b2c3d4e5f60718"] # expect: route-tables-on-non-gateway
}
