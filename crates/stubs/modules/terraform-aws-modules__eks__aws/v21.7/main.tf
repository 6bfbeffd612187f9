locals {
  create   = var.create && var.putin_khuylo
  outposts = var.outpost_config != null

  create_cluster_group = local.create && var.create_security_group
  cluster_group_name   = coalesce(var.security_group_name, "${var.name}-cluster")
  cluster_group_id     = local.create_cluster_group ? aws_security_group.cluster[0].id : var.security_group_id

  create_node_group = var.create && var.create_node_security_group
  node_group_name   = coalesce(var.node_security_group_name, "${var.name}-node")
  node_group_id     = local.create_node_group ? aws_security_group.node[0].id : var.node_security_group_id

  node_rules = merge(
    { for name, port in { "443" = 443, kubelet = 10250 } : "ingress_cluster_${name}" => { protocol = "tcp", from_port = port, to_port = port, type = "ingress", source_cluster_security_group = true } },
    { for protocol in ["tcp", "udp"] : "ingress_self_coredns_${protocol}" => { protocol = protocol, from_port = 53, to_port = 53, type = "ingress", self = true } },
    { for port in [4443, 10251, 6443, 8443, 9443] : "ingress_cluster_${port}_webhook" => { protocol = "tcp", from_port = port, to_port = port, type = "ingress", source_cluster_security_group = true } if var.node_security_group_enable_recommended_rules },
    { for name, rule in {
      ingress_nodes_ephemeral = { protocol = "tcp", from_port = 1025, to_port = 65535, type = "ingress", self = true }
      egress_all = {
        protocol         = "-1"
        from_port        = 0
        to_port          = 0
        type             = "egress"
        cidr_blocks      = ["0.0.0.0/0"]
        ipv6_cidr_blocks = var.ip_family == "ipv6" ? ["::/0"] : null
      }
    } : name => rule if var.node_security_group_enable_recommended_rules },
    var.node_security_group_additional_rules,
  )

  cluster_rules = merge(
    { for port in [443] : "ingress_nodes_${port}" => { protocol = "tcp", from_port = port, to_port = port, type = "ingress", source_node_security_group = true } if local.create_node_group },
    var.security_group_additional_rules,
  )
}

resource "aws_eks_cluster" "this" {
  count = local.create ? 1 : 0

  region = var.region

  name    = var.name
  version = var.kubernetes_version

  vpc_config {
    security_group_ids      = compact(distinct(concat(var.additional_security_group_ids, [local.cluster_group_id])))
    subnet_ids              = coalescelist(var.control_plane_subnet_ids, var.subnet_ids)
    endpoint_private_access = var.endpoint_private_access
    endpoint_public_access  = var.endpoint_public_access
    public_access_cidrs     = var.endpoint_public_access_cidrs
  }

  dynamic "kubernetes_network_config" {
    for_each = local.outposts ? [] : [1]

    content {
      ip_family         = var.ip_family
      service_ipv4_cidr = var.service_ipv4_cidr
      service_ipv6_cidr = var.service_ipv6_cidr
    }
  }
}

resource "aws_security_group" "cluster" {
  count = local.create_cluster_group ? 1 : 0

  region = var.region

  name        = var.security_group_use_name_prefix ? null : local.cluster_group_name
  name_prefix = var.security_group_use_name_prefix ? "${local.cluster_group_name}${var.prefix_separator}" : null
  description = var.security_group_description
  vpc_id      = var.vpc_id
  tags = merge(
    var.tags,
    { Name = local.cluster_group_name },
    var.security_group_tags,
  )
}

resource "aws_security_group_rule" "cluster" {
  for_each = { for name, rule in local.cluster_rules : name => rule if local.create_cluster_group }

  region = var.region

  security_group_id        = aws_security_group.cluster[0].id
  type                     = each.value.type
  protocol                 = each.value.protocol
  from_port                = each.value.from_port
  to_port                  = each.value.to_port
  cidr_blocks              = try(each.value.cidr_blocks, null)
  ipv6_cidr_blocks         = try(each.value.ipv6_cidr_blocks, null)
  prefix_list_ids          = try(each.value.prefix_list_ids, null)
  self                     = try(each.value.self, null)
  source_security_group_id = try(each.value.source_node_security_group, false) ? local.node_group_id : try(each.value.source_security_group_id, null)
}

resource "aws_security_group" "node" {
  count = local.create_node_group ? 1 : 0

  region = var.region

  name        = var.node_security_group_use_name_prefix ? null : local.node_group_name
  name_prefix = var.node_security_group_use_name_prefix ? "${local.node_group_name}${var.prefix_separator}" : null
  description = var.node_security_group_description
  vpc_id      = var.vpc_id
  tags = merge(
    var.tags,
    { Name = local.node_group_name },
    { "kubernetes.io/cluster/${var.name}" = "owned" },
    var.node_security_group_tags,
  )
}

resource "aws_security_group_rule" "node" {
  for_each = { for name, rule in local.node_rules : name => rule if local.create_node_group }

  region = var.region

  security_group_id        = aws_security_group.node[0].id
  type                     = each.value.type
  protocol                 = each.value.protocol
  from_port                = each.value.from_port
  to_port                  = each.value.to_port
  cidr_blocks              = try(each.value.cidr_blocks, null)
  ipv6_cidr_blocks         = try(each.value.ipv6_cidr_blocks, null)
  prefix_list_ids          = try(each.value.prefix_list_ids, null)
  self                     = try(each.value.self, null)
  source_security_group_id = try(each.value.source_cluster_security_group, false) ? local.cluster_group_id : try(each.value.source_security_group_id, null)
}

module "fargate_profile" {
  source = "./modules/fargate-profile"

  for_each = var.create && !local.outposts && var.fargate_profiles != null ? var.fargate_profiles : {}

  create       = each.value.create
  region       = var.region
  cluster_name = aws_eks_cluster.this[0].id
  name         = coalesce(each.value.name, each.key)
  subnet_ids   = coalesce(each.value.subnet_ids, var.subnet_ids)

  tags = merge(var.tags, each.value.tags)
}

module "eks_managed_node_group" {
  source = "./modules/eks-managed-node-group"

  for_each = var.create && !local.outposts && var.eks_managed_node_groups != null ? var.eks_managed_node_groups : {}

  create       = each.value.create
  region       = var.region
  cluster_name = aws_eks_cluster.this[0].id
  name         = coalesce(each.value.name, each.key)
  subnet_ids   = coalesce(each.value.subnet_ids, var.subnet_ids)

  vpc_security_group_ids            = compact(concat([local.node_group_id], each.value.vpc_security_group_ids))
  cluster_primary_security_group_id = each.value.attach_cluster_primary_security_group ? aws_eks_cluster.this[0].vpc_config[0].cluster_security_group_id : null
  create_launch_template            = each.value.create_launch_template
  network_interfaces                = each.value.network_interfaces
  use_custom_launch_template        = each.value.use_custom_launch_template
  remote_access                     = each.value.remote_access
  enable_efa_support                = each.value.enable_efa_support
  instance_types                    = each.value.instance_types

  create_security_group          = each.value.create_security_group
  security_group_name            = each.value.security_group_name
  security_group_use_name_prefix = each.value.security_group_use_name_prefix
  security_group_description     = each.value.security_group_description
  security_group_tags            = each.value.security_group_tags
  security_group_ingress_rules   = each.value.security_group_ingress_rules
  security_group_egress_rules    = each.value.security_group_egress_rules

  tags = merge(var.tags, each.value.tags)
}

module "self_managed_node_group" {
  source = "./modules/self-managed-node-group"

  for_each = var.create && var.self_managed_node_groups != null ? var.self_managed_node_groups : {}

  create       = each.value.create
  region       = var.region
  cluster_name = aws_eks_cluster.this[0].id
  name         = coalesce(each.value.name, each.key)
  subnet_ids   = coalesce(each.value.subnet_ids, var.subnet_ids)

  vpc_security_group_ids            = compact(concat([local.node_group_id], each.value.vpc_security_group_ids))
  cluster_primary_security_group_id = each.value.attach_cluster_primary_security_group ? aws_eks_cluster.this[0].vpc_config[0].cluster_security_group_id : null
  create_launch_template            = each.value.create_launch_template
  network_interfaces                = each.value.network_interfaces
  enable_efa_support                = each.value.enable_efa_support
  instance_type                     = each.value.instance_type
  create_autoscaling_group          = each.value.create_autoscaling_group

  create_security_group          = each.value.create_security_group
  security_group_name            = each.value.security_group_name
  security_group_use_name_prefix = each.value.security_group_use_name_prefix
  security_group_description     = each.value.security_group_description
  security_group_tags            = each.value.security_group_tags
  security_group_ingress_rules   = each.value.security_group_ingress_rules
  security_group_egress_rules    = each.value.security_group_egress_rules

  tags = merge(var.tags, each.value.tags)
}

resource "aws_iam_role" "this" {
  count = local.create && var.create_iam_role ? 1 : 0
}

resource "aws_iam_openid_connect_provider" "oidc_provider" {
  count = local.create && var.enable_irsa && !local.outposts ? 1 : 0
}

resource "aws_cloudwatch_log_group" "this" {
  count = local.create && var.create_cloudwatch_log_group ? 1 : 0

  region = var.region

  name = "/aws/eks/${var.name}/cluster"
}
