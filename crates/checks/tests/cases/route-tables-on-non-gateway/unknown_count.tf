# T1: how many there are is not known; each of them is wrong.
variable "create" {
  type = bool
}

resource "aws_vpc_endpoint" "kms" {
  count = var.create ? 1 : 0

  vpc_id            = "vpc-0a1b2c3d4e5f60718"
  service_name      = "com.amazonaws.eu-west-1.kms"
  vpc_endpoint_type = "Interface"
  route_table_ids   = ["rtb-0a1b2c3d4e5f60718"] # expect: route-tables-on-non-gateway
}
