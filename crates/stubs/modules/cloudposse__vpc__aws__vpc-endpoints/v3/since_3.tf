locals {
  security_groups = merge([for name, endpoint in var.interface_vpc_endpoints : {
    for place, id in endpoint.security_group_ids : "${name}[${place}]" => { endpoint = name, id = id } if place > 0
  }]...)
}

resource "aws_vpc_endpoint_security_group_association" "interface" {
  for_each = local.enabled ? local.security_groups : {}

  security_group_id = each.value.id
  vpc_endpoint_id   = aws_vpc_endpoint.interface_endpoint[each.value.endpoint].id
}
