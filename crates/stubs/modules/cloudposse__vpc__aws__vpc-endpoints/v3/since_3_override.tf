resource "aws_vpc_endpoint" "interface_endpoint" {
  security_group_ids = length(var.interface_vpc_endpoints[each.key].security_group_ids) > 0 ? [var.interface_vpc_endpoints[each.key].security_group_ids[0]] : []
}
