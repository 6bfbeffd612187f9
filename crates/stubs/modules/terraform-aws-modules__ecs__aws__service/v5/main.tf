locals {
  # An external deployment has the network settings in its task sets.
  external              = try(var.deployment_controller.type, null) == "EXTERNAL"
  create_service        = var.create && var.create_service
  create_security_group = var.create && var.create_security_group && var.network_mode == "awsvpc"
  security_group_name   = try(coalesce(var.security_group_name, var.name), "")
  network = var.network_mode != "awsvpc" ? [] : [{
    assign_public_ip = var.assign_public_ip
    security_groups  = concat(aws_security_group.this[*].id, var.security_group_ids)
    subnets          = var.subnet_ids
  }]
}

resource "aws_ecs_service" "this" {
  count = local.create_service && !var.ignore_task_definition_changes ? 1 : 0

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

  id = element(var.subnet_ids, 0)
}

resource "aws_security_group" "this" {
  count = local.create_security_group ? 1 : 0

  name        = var.security_group_use_name_prefix ? null : local.security_group_name
  name_prefix = var.security_group_use_name_prefix ? "${local.security_group_name}-" : null
  vpc_id      = data.aws_subnet.this[0].vpc_id
  tags        = merge(var.tags, { Name = local.security_group_name }, var.security_group_tags)
}

resource "aws_security_group_rule" "this" {
  for_each = { for name, rule in var.security_group_rules : name => rule if local.create_security_group }

  security_group_id        = aws_security_group.this[0].id
  type                     = each.value.type
  protocol                 = each.value.protocol
  from_port                = each.value.from_port
  to_port                  = each.value.to_port
  cidr_blocks              = try(each.value.cidr_blocks, null)
  ipv6_cidr_blocks         = try(each.value.ipv6_cidr_blocks, null)
  prefix_list_ids          = try(each.value.prefix_list_ids, null)
  self                     = try(each.value.self, null)
  source_security_group_id = try(each.value.source_security_group_id, null)
}
