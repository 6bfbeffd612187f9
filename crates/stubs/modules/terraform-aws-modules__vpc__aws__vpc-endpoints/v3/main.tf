# privatelint's own stand-in for terraform-aws-modules/vpc/aws//modules/vpc-endpoints, 3.x to 6.x: its inputs, outputs and
# networking resources under the addresses that the module gives them. What came later (the security group in 5.1, subnet
# configurations in 6.0, the region in 6.1) is off unless asked for, as in the versions before.

locals {
  endpoints = { for name, endpoint in var.endpoints : name => endpoint if var.create && try(endpoint.create, true) }
  # Unlike the resource's own, the module's default is an interface endpoint.
  types     = { for name, endpoint in local.endpoints : name => try(endpoint.service_type, "Interface") }
  own_group = var.create && var.create_security_group
  groups = {
    for name, endpoint in local.endpoints : name => distinct(concat(
      var.security_group_ids,
      aws_security_group.this[*].id,
      try(endpoint.security_group_ids, []),
    ))
  }
}

data "aws_vpc_endpoint_service" "this" {
  for_each        = { for name, endpoint in local.endpoints : name => endpoint if var.region == null }
  service         = try(each.value.service, null)
  service_name    = try(each.value.service_name, null)
  service_regions = try([each.value.service_region], null)
  filter {
    name   = "service-type"
    values = [local.types[each.key]]
  }
}

resource "aws_vpc_endpoint" "this" {
  for_each            = local.endpoints
  region              = var.region
  vpc_id              = var.vpc_id
  service_name        = try(each.value.service_endpoint, data.aws_vpc_endpoint_service.this[each.key].service_name)
  service_region      = try(each.value.service_region, null)
  vpc_endpoint_type   = local.types[each.key]
  auto_accept         = try(each.value.auto_accept, null)
  ip_address_type     = try(each.value.ip_address_type, null)
  policy              = try(each.value.policy, null)
  private_dns_enabled = local.types[each.key] == "Interface" ? try(each.value.private_dns_enabled, null) : null
  route_table_ids     = local.types[each.key] == "Gateway" ? try(each.value.route_table_ids, null) : null
  security_group_ids  = local.types[each.key] == "Interface" && length(local.groups[each.key]) > 0 ? local.groups[each.key] : null
  subnet_ids          = local.types[each.key] == "Interface" ? distinct(concat(var.subnet_ids, try(each.value.subnet_ids, []))) : null

  dynamic "dns_options" {
    for_each = try([each.value.dns_options], [])
    content {
      # The module looks for this one a level too deep and never finds it.
      dns_record_ip_type                             = try(dns_options.value.dns_options.dns_record_ip_type, null)
      private_dns_only_for_inbound_resolver_endpoint = try(dns_options.value.private_dns_only_for_inbound_resolver_endpoint, null)
    }
  }

  dynamic "subnet_configuration" {
    for_each = try(each.value.subnet_configurations, [])
    content {
      subnet_id = try(subnet_configuration.value.subnet_id, null)
      ipv4      = try(subnet_configuration.value.ipv4, null)
      ipv6      = try(subnet_configuration.value.ipv6, null)
    }
  }

  tags = merge(var.tags, { Name = replace(each.key, ".", "-") }, try(each.value.tags, {}))
}

resource "aws_security_group" "this" {
  count       = local.own_group ? 1 : 0
  region      = var.region
  vpc_id      = var.vpc_id
  name        = var.security_group_name
  name_prefix = var.security_group_name_prefix
  description = var.security_group_description
  tags = merge(var.tags, var.security_group_tags, {
    Name = try(coalesce(var.security_group_name, var.security_group_name_prefix), "")
  })
}

resource "aws_security_group_rule" "this" {
  for_each                 = { for name, rule in var.security_group_rules : name => rule if local.own_group }
  region                   = var.region
  security_group_id        = aws_security_group.this[0].id
  type                     = try(each.value.type, "ingress")
  protocol                 = try(each.value.protocol, "tcp")
  from_port                = try(each.value.from_port, 443)
  to_port                  = try(each.value.to_port, 443)
  description              = try(each.value.description, null)
  cidr_blocks              = try(each.value.cidr_blocks, null)
  ipv6_cidr_blocks         = try(each.value.ipv6_cidr_blocks, null)
  prefix_list_ids          = try(each.value.prefix_list_ids, null)
  self                     = try(each.value.self, null)
  source_security_group_id = try(each.value.source_security_group_id, null)
}
