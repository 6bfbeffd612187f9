locals {
  security_group_ids    = compact(concat([var.cluster_primary_security_group_id], var.vpc_security_group_ids, aws_security_group.this[*].id))
  security_group_name   = coalesce(var.security_group_name, "${var.cluster_name}-${var.name}")
  create_security_group = var.create && var.create_security_group && length(merge(local.ingress_rules, local.egress_rules)) > 0

  among_nodes = { for name in ["all_self_efa"] : name => {
    name                         = null
    ip_protocol                  = "-1"
    from_port                    = null
    to_port                      = null
    self                         = true
    tags                         = {}
    cidr_ipv4                    = null
    cidr_ipv6                    = null
    prefix_list_id               = null
    referenced_security_group_id = null
  } if var.enable_efa_support }
  ingress_rules = merge(local.among_nodes, var.security_group_ingress_rules)
  egress_rules  = merge(local.among_nodes, var.security_group_egress_rules)
  efa           = var.create && var.enable_efa_support && var.instance_type != ""
  # With EFA, one for every network card of the instance type.
  network_interfaces = local.efa ? [for card in range(data.aws_ec2_instance_type.this[0].maximum_network_cards) : {}] : coalesce(var.network_interfaces, [])
}

data "aws_ec2_instance_type" "this" {
  count = local.efa ? 1 : 0

  region = var.region

  instance_type = var.instance_type
}

resource "aws_launch_template" "this" {
  count = var.create && var.create_launch_template ? 1 : 0

  region = var.region

  vpc_security_group_ids = length(local.network_interfaces) > 0 ? [] : local.security_group_ids

  dynamic "network_interfaces" {
    for_each = local.network_interfaces

    content {
      security_groups = compact(concat(try(network_interfaces.value.security_groups, []), local.security_group_ids))
      subnet_id       = try(network_interfaces.value.subnet_id, null)
    }
  }
}

resource "aws_autoscaling_group" "this" {
  count = var.create && var.create_autoscaling_group ? 1 : 0

  region = var.region

  vpc_zone_identifier = var.subnet_ids
}

# The network is the one of the first subnet.
data "aws_subnet" "this" {
  count = local.create_security_group ? 1 : 0

  region = var.region

  id = element(var.subnet_ids, 0)
}

resource "aws_security_group" "this" {
  count = local.create_security_group ? 1 : 0

  region = var.region

  name        = var.security_group_use_name_prefix ? null : local.security_group_name
  name_prefix = var.security_group_use_name_prefix ? "${local.security_group_name}-" : null
  description = var.security_group_description
  vpc_id      = data.aws_subnet.this[0].vpc_id
  tags        = merge(var.tags, { Name = local.security_group_name }, var.security_group_tags)
}

resource "aws_vpc_security_group_ingress_rule" "this" {
  for_each = { for name, rule in local.ingress_rules : name => rule if local.create_security_group }

  region = var.region

  security_group_id            = aws_security_group.this[0].id
  cidr_ipv4                    = each.value.cidr_ipv4
  cidr_ipv6                    = each.value.cidr_ipv6
  prefix_list_id               = each.value.prefix_list_id
  referenced_security_group_id = each.value.self ? aws_security_group.this[0].id : each.value.referenced_security_group_id
  ip_protocol                  = each.value.ip_protocol
  from_port                    = each.value.from_port
  to_port                      = try(coalesce(each.value.to_port, each.value.from_port), null)
  tags                         = merge(var.tags, var.security_group_tags, { Name = coalesce(each.value.name, "${local.security_group_name}-${each.key}") }, each.value.tags)
}

resource "aws_vpc_security_group_egress_rule" "this" {
  for_each = { for name, rule in local.egress_rules : name => rule if local.create_security_group }

  region = var.region

  security_group_id            = aws_security_group.this[0].id
  cidr_ipv4                    = each.value.cidr_ipv4
  cidr_ipv6                    = each.value.cidr_ipv6
  prefix_list_id               = each.value.prefix_list_id
  referenced_security_group_id = each.value.self ? aws_security_group.this[0].id : each.value.referenced_security_group_id
  ip_protocol                  = each.value.ip_protocol
  from_port                    = each.value.from_port
  to_port                      = try(coalesce(each.value.to_port, each.value.from_port), null)
  tags                         = merge(var.tags, var.security_group_tags, { Name = coalesce(each.value.name, "${local.security_group_name}-${each.key}") }, each.value.tags)
}

resource "aws_iam_role" "this" {
  count = var.create && var.create_iam_instance_profile ? 1 : 0
}

resource "aws_iam_instance_profile" "this" {
  count = var.create && var.create_iam_instance_profile ? 1 : 0
}
