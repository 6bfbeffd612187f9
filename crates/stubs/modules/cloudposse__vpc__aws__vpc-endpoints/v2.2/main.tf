locals {
  enabled = module.this.enabled && length(var.gateway_vpc_endpoints) + length(var.interface_vpc_endpoints) > 0

  # What is associated is known by its place: its id may not be known yet.
  route_tables = merge([for name, endpoint in var.gateway_vpc_endpoints : {
    for place, id in endpoint.route_table_ids : "${name}[${place}]" => { endpoint = name, id = id }
  }]...)
  subnets = merge([for name, endpoint in var.interface_vpc_endpoints : {
    for place, id in endpoint.subnet_ids : "${name}[${place}]" => { endpoint = name, id = id }
  }]...)
}

data "aws_vpc_endpoint_service" "gateway_endpoint_service" {
  for_each = local.enabled ? var.gateway_vpc_endpoints : {}

  service      = each.value.name
  service_type = "Gateway"
}

data "aws_vpc_endpoint_service" "interface_endpoint_service" {
  for_each = local.enabled ? var.interface_vpc_endpoints : {}

  service      = each.value.name
  service_type = "Interface"
}

module "gateway_endpoint_label" {
  source  = "cloudposse/label/null"
  version = "0.25.0"

  for_each = local.enabled ? var.gateway_vpc_endpoints : {}

  attributes = [each.key]
  context    = module.this.context
}

module "interface_endpoint_label" {
  source  = "cloudposse/label/null"
  version = "0.25.0"

  for_each = local.enabled ? var.interface_vpc_endpoints : {}

  attributes = [each.key]
  context    = module.this.context
}

resource "aws_vpc_endpoint" "gateway_endpoint" {
  for_each = local.enabled ? data.aws_vpc_endpoint_service.gateway_endpoint_service : {}

  vpc_id            = var.vpc_id
  service_name      = each.value.service_name
  vpc_endpoint_type = each.value.service_type
  policy            = var.gateway_vpc_endpoints[each.key].policy
  tags              = module.gateway_endpoint_label[each.key].tags
}

resource "aws_vpc_endpoint_route_table_association" "gateway" {
  for_each = local.enabled ? local.route_tables : {}

  route_table_id  = each.value.id
  vpc_endpoint_id = aws_vpc_endpoint.gateway_endpoint[each.value.endpoint].id
}

resource "aws_vpc_endpoint" "interface_endpoint" {
  for_each = local.enabled ? data.aws_vpc_endpoint_service.interface_endpoint_service : {}

  vpc_id              = var.vpc_id
  service_name        = each.value.service_name
  vpc_endpoint_type   = each.value.service_type
  policy              = var.interface_vpc_endpoints[each.key].policy
  private_dns_enabled = var.interface_vpc_endpoints[each.key].private_dns_enabled
  security_group_ids  = length(var.interface_vpc_endpoints[each.key].security_group_ids) > 0 ? var.interface_vpc_endpoints[each.key].security_group_ids : null
  tags                = module.interface_endpoint_label[each.key].tags
}

resource "aws_vpc_endpoint_subnet_association" "interface" {
  for_each = local.enabled ? local.subnets : {}

  subnet_id       = each.value.id
  vpc_endpoint_id = aws_vpc_endpoint.interface_endpoint[each.value.endpoint].id
}


# The outputs are read back after the endpoints are there.
data "aws_vpc_endpoint" "gateway" {
  for_each = local.enabled ? var.gateway_vpc_endpoints : {}

  id = aws_vpc_endpoint.gateway_endpoint[each.key].id
}

data "aws_vpc_endpoint" "interface" {
  for_each = local.enabled ? var.interface_vpc_endpoints : {}

  id = aws_vpc_endpoint.interface_endpoint[each.key].id
}
