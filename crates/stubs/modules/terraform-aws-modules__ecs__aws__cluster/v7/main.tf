locals {
  managed_instances     = anytrue([for provider in coalesce(var.capacity_providers, {}) : try(provider.managed_instances_provider != null, false)])
  create_security_group = var.create && var.create_security_group && local.managed_instances
  security_group_name   = coalesce(var.security_group_name, "${var.name}${var.disable_v7_default_name_description ? "" : "-cluster"}")
}

resource "aws_ecs_cluster" "this" {
  count = var.create ? 1 : 0

  region = var.region

  name = var.name
  tags = var.tags
}

resource "aws_security_group" "this" {
  count = local.create_security_group ? 1 : 0

  region = var.region

  name        = var.security_group_use_name_prefix ? null : local.security_group_name
  name_prefix = var.security_group_use_name_prefix ? "${local.security_group_name}-" : null
  vpc_id      = var.vpc_id
  tags        = merge(var.tags, { Name = local.security_group_name }, var.security_group_tags)
}

resource "aws_vpc_security_group_ingress_rule" "this" {
  for_each = { for name, rule in coalesce(var.security_group_ingress_rules, {}) : name => rule if local.create_security_group }

  region = var.region

  security_group_id            = aws_security_group.this[0].id
  cidr_ipv4                    = each.value.cidr_ipv4
  cidr_ipv6                    = each.value.cidr_ipv6
  prefix_list_id               = each.value.prefix_list_id
  referenced_security_group_id = each.value.referenced_security_group_id == "self" ? aws_security_group.this[0].id : each.value.referenced_security_group_id
  ip_protocol                  = each.value.ip_protocol
  from_port                    = each.value.from_port
  to_port                      = try(coalesce(each.value.to_port, each.value.from_port), null)
  tags                         = merge(var.tags, var.security_group_tags, { Name = coalesce(each.value.name, "${local.security_group_name}-${each.key}") }, each.value.tags)
}

resource "aws_vpc_security_group_egress_rule" "this" {
  for_each = { for name, rule in coalesce(var.security_group_egress_rules, {}) : name => rule if local.create_security_group }

  region = var.region

  security_group_id            = aws_security_group.this[0].id
  cidr_ipv4                    = each.value.cidr_ipv4
  cidr_ipv6                    = each.value.cidr_ipv6
  prefix_list_id               = each.value.prefix_list_id
  referenced_security_group_id = each.value.referenced_security_group_id == "self" ? aws_security_group.this[0].id : each.value.referenced_security_group_id
  ip_protocol                  = each.value.ip_protocol
  from_port                    = try(coalesce(each.value.from_port, each.value.to_port), null)
  to_port                      = each.value.to_port
  tags                         = merge(var.tags, var.security_group_tags, { Name = coalesce(each.value.name, "${local.security_group_name}-${each.key}") }, each.value.tags)
}
