variable "endpoint_id" {
  type = string
}

resource "aws_vpc_endpoint_route_table_association" "this" { # expect: route-tables-on-non-gateway
  vpc_endpoint_id = var.endpoint_id
  route_table_id  = "rtb-0a1b2c3d4e5f60718"
}
