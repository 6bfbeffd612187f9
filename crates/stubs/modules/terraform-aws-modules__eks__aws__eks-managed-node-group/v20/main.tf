locals {
  security_group_ids = compact(concat([var.cluster_primary_security_group_id], var.vpc_security_group_ids))
  efa                = var.create && var.enable_efa_support
  # With EFA, one for every network card of the instance type.
  network_interfaces = local.efa ? [for card in range(data.aws_ec2_instance_type.this[0].maximum_network_cards) : {}] : var.network_interfaces
}

data "aws_ec2_instance_type" "this" {
  count = local.efa ? 1 : 0

  instance_type = try(element(var.instance_types, 0), "")
}

resource "aws_launch_template" "this" {
  count = var.create && var.create_launch_template && var.use_custom_launch_template ? 1 : 0

  vpc_security_group_ids = length(local.network_interfaces) > 0 ? [] : local.security_group_ids

  dynamic "network_interfaces" {
    for_each = local.network_interfaces

    content {
      security_groups = compact(concat(try(network_interfaces.value.security_groups, []), local.security_group_ids))
      subnet_id       = try(network_interfaces.value.subnet_id, null)
    }
  }
}

# Those of the subnets that lie in the zone of the placement group.
data "aws_subnets" "placement_group" {
  count = var.create && (local.efa || var.create_placement_group) ? 1 : 0
}

resource "aws_eks_node_group" "this" {
  count = var.create ? 1 : 0

  cluster_name = var.cluster_name
  subnet_ids   = var.create && (local.efa || var.create_placement_group) ? data.aws_subnets.placement_group[0].ids : var.subnet_ids

  dynamic "remote_access" {
    for_each = length(var.remote_access) > 0 ? [var.remote_access] : []

    content {
      ec2_ssh_key               = try(remote_access.value.ec2_ssh_key, null)
      source_security_group_ids = try(remote_access.value.source_security_group_ids, [])
    }
  }
}

resource "aws_iam_role" "this" {
  count = var.create && var.create_iam_role ? 1 : 0
}
