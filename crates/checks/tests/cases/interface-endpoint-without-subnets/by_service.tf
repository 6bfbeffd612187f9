# T3: one block makes both types; the gateway endpoint needs no subnet, the interface endpoint has none.
locals {
  endpoints = {
    s3  = { type = "Gateway", subnets = null, tables = ["rtb-0a1b2c3d4e5f60718"] }
    kms = { type = "Interface", subnets = ["subnet-0a1b2c3d4e5f60718"], tables = null }
    sts = { type = "Interface", subnets = [], tables = null }
  }
}

resource "aws_vpc_endpoint" "this" {
  for_each = local.endpoints

  vpc_id            = "vpc-0a1b2c3d4e5f60718"
  service_name      = "com.amazonaws.eu-west-1.${each.key}"
  vpc_endpoint_type = each.value.type
  subnet_ids        = each.value.subnets # expect: interface-endpoint-without-subnets
  route_table_ids   = each.value.tables
}
