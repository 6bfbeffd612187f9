locals {
  # An external deployment has the network settings in its task sets.
  external              = try(var.deployment_controller.type, null) == "EXTERNAL"
  create_service        = var.create && var.create_service
  create_security_group = var.create && var.create_security_group && var.network_mode == "awsvpc"
  security_group_name   = coalesce(var.security_group_name, var.name, "NotProvided")
  network = var.network_mode != "awsvpc" ? [] : [{
    assign_public_ip = var.assign_public_ip
    security_groups  = concat(aws_security_group.this[*].id, var.security_group_ids)
    subnets          = var.subnet_ids
  }]
}

resource "aws_ecs_service" "this" {
  count = local.create_service && !var.ignore_task_definition_changes ? 1 : 0

  region = var.region

  name    = var.name
  cluster = var.cluster_arn

  dynamic "network_configuration" {
    for_each = local.external ? [] : local.network

    content {
      assign_public_ip = network_configuration.value.assign_public_ip
      security_groups  = network_configuration.value.security_groups
      subnets          = network_configuration.value.subnets
    }
  }
}

resource "aws_ecs_service" "ignore_task_definition" {
  count = local.create_service && var.ignore_task_definition_changes ? 1 : 0

  region = var.region

  name    = var.name
  cluster = var.cluster_arn

  dynamic "network_configuration" {
    for_each = local.external ? [] : local.network

    content {
      assign_public_ip = network_configuration.value.assign_public_ip
      security_groups  = network_configuration.value.security_groups
      subnets          = network_configuration.value.subnets
    }
  }
}

resource "aws_ecs_task_set" "this" {
  count = var.create && var.create_task_definition && local.external && !var.ignore_task_definition_changes ? 1 : 0

  region = var.region

  dynamic "network_configuration" {
    for_each = local.network

    content {
      assign_public_ip = network_configuration.value.assign_public_ip
      security_groups  = network_configuration.value.security_groups
      subnets          = network_configuration.value.subnets
    }
  }
}

resource "aws_ecs_task_set" "ignore_task_definition" {
  count = var.create && var.create_task_definition && local.external && var.ignore_task_definition_changes ? 1 : 0

  region = var.region

  dynamic "network_configuration" {
    for_each = local.network

    content {
      assign_public_ip = network_configuration.value.assign_public_ip
      security_groups  = network_configuration.value.security_groups
      subnets          = network_configuration.value.subnets
    }
  }
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
  vpc_id      = var.vpc_id != null ? var.vpc_id : data.aws_subnet.this[0].vpc_id
  tags        = merge(var.tags, { Name = local.security_group_name }, var.security_group_tags)
}

resource "aws_vpc_security_group_ingress_rule" "this" {
  for_each = { for name, rule in coalesce(var.security_group_ingress_rules, {}) : name => rule if local.create_security_group }

  region = var.region

  security_group_id            = aws_security_group.this[0].id
  cidr_ipv4                    = each.value.cidr_ipv4
  cidr_ipv6                    = each.value.cidr_ipv6
  prefix_list_id               = each.value.prefix_list_id
  referenced_security_group_id = each.value.referenced_security_group_id
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
  referenced_security_group_id = each.value.referenced_security_group_id
  ip_protocol                  = each.value.ip_protocol
  from_port                    = try(coalesce(each.value.from_port, each.value.to_port), null)
  to_port                      = each.value.to_port
  tags                         = merge(var.tags, var.security_group_tags, { Name = coalesce(each.value.name, "${local.security_group_name}-${each.key}") }, each.value.tags)
}
