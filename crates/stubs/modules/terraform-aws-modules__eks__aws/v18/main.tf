locals {
  create = var.create && var.putin_khuylo

  create_cluster_group = local.create && var.create_cluster_security_group
  cluster_group_name   = coalesce(var.cluster_security_group_name, "${var.cluster_name}-cluster")
  cluster_group_id     = local.create_cluster_group ? aws_security_group.cluster[0].id : var.cluster_security_group_id

  create_node_group = var.create && var.create_node_security_group
  node_group_name   = coalesce(var.node_security_group_name, "${var.cluster_name}-node")
  node_group_id     = local.create_node_group ? aws_security_group.node[0].id : var.node_security_group_id

  node_rules = merge(
    { for name, port in { "443" = 443, kubelet = 10250 } : "ingress_cluster_${name}" => { protocol = "tcp", from_port = port, to_port = port, type = "ingress", source_cluster_security_group = true } },
    { for pair in setproduct(["ingress", "egress"], ["tcp", "udp"]) : "${pair[0]}_self_coredns_${pair[1]}" => { protocol = pair[1], from_port = 53, to_port = 53, type = pair[0], self = true } },
    { for protocol in ["tcp", "udp"] : "egress_ntp_${protocol}" => {
      protocol         = protocol
      from_port        = 123
      to_port          = 123
      type             = "egress"
      cidr_blocks      = var.node_security_group_ntp_ipv4_cidr_block
      ipv6_cidr_blocks = var.cluster_ip_family == "ipv6" ? var.node_security_group_ntp_ipv6_cidr_block : null
    } },
    {
      egress_cluster_443 = { protocol = "tcp", from_port = 443, to_port = 443, type = "egress", source_cluster_security_group = true }
      egress_https = {
        protocol         = "tcp"
        from_port        = 443
        to_port          = 443
        type             = "egress"
        cidr_blocks      = ["0.0.0.0/0"]
        ipv6_cidr_blocks = var.cluster_ip_family == "ipv6" ? ["::/0"] : null
      }
    },
    var.node_security_group_additional_rules,
  )

  cluster_rules = merge(
    { for name, rule in {
      ingress_nodes_443    = { type = "ingress", port = 443 }
      egress_nodes_443     = { type = "egress", port = 443 }
      egress_nodes_kubelet = { type = "egress", port = 10250 }
    } : name => { protocol = "tcp", from_port = rule.port, to_port = rule.port, type = rule.type, source_node_security_group = true } if local.create_node_group },
    var.cluster_security_group_additional_rules,
  )
}

resource "aws_eks_cluster" "this" {
  count = local.create ? 1 : 0

  name    = var.cluster_name
  version = var.cluster_version

  vpc_config {
    security_group_ids      = compact(distinct(concat(var.cluster_additional_security_group_ids, [local.cluster_group_id])))
    subnet_ids              = coalescelist(var.control_plane_subnet_ids, var.subnet_ids)
    endpoint_private_access = var.cluster_endpoint_private_access
    endpoint_public_access  = var.cluster_endpoint_public_access
    public_access_cidrs     = var.cluster_endpoint_public_access_cidrs
  }

  kubernetes_network_config {
    ip_family         = var.cluster_ip_family
    service_ipv4_cidr = var.cluster_service_ipv4_cidr
  }
}

resource "aws_security_group" "cluster" {
  count = local.create_cluster_group ? 1 : 0

  name        = var.cluster_security_group_use_name_prefix ? null : local.cluster_group_name
  name_prefix = var.cluster_security_group_use_name_prefix ? "${local.cluster_group_name}${var.prefix_separator}" : null
  description = var.cluster_security_group_description
  vpc_id      = var.vpc_id
  tags = merge(
    var.tags,
    { Name = local.cluster_group_name },
    var.cluster_security_group_tags,
  )
}

resource "aws_security_group_rule" "cluster" {
  for_each = { for name, rule in local.cluster_rules : name => rule if local.create_cluster_group }

  security_group_id        = aws_security_group.cluster[0].id
  type                     = each.value.type
  protocol                 = each.value.protocol
  from_port                = each.value.from_port
  to_port                  = each.value.to_port
  cidr_blocks              = try(each.value.cidr_blocks, null)
  ipv6_cidr_blocks         = try(each.value.ipv6_cidr_blocks, null)
  prefix_list_ids          = try(each.value.prefix_list_ids, [])
  self                     = try(each.value.self, null)
  source_security_group_id = try(each.value.source_security_group_id, try(each.value.source_node_security_group, false) ? local.node_group_id : null)
}

resource "aws_security_group" "node" {
  count = local.create_node_group ? 1 : 0

  name        = var.node_security_group_use_name_prefix ? null : local.node_group_name
  name_prefix = var.node_security_group_use_name_prefix ? "${local.node_group_name}${var.prefix_separator}" : null
  description = var.node_security_group_description
  vpc_id      = var.vpc_id
  tags = merge(
    var.tags,
    { Name = local.node_group_name },
    { "kubernetes.io/cluster/${var.cluster_name}" = "owned" },
    var.node_security_group_tags,
  )
}

resource "aws_security_group_rule" "node" {
  for_each = { for name, rule in local.node_rules : name => rule if local.create_node_group }

  security_group_id        = aws_security_group.node[0].id
  type                     = each.value.type
  protocol                 = each.value.protocol
  from_port                = each.value.from_port
  to_port                  = each.value.to_port
  cidr_blocks              = try(each.value.cidr_blocks, null)
  ipv6_cidr_blocks         = try(each.value.ipv6_cidr_blocks, null)
  prefix_list_ids          = try(each.value.prefix_list_ids, [])
  self                     = try(each.value.self, null)
  source_security_group_id = try(each.value.source_security_group_id, try(each.value.source_cluster_security_group, false) ? local.cluster_group_id : null)
}

module "fargate_profile" {
  source = "./modules/fargate-profile"

  for_each = { for name, group in var.fargate_profiles : name => group if var.create }

  create       = try(each.value.create, true)
  cluster_name = aws_eks_cluster.this[0].name
  name         = try(each.value.name, each.key)
  subnet_ids   = try(each.value.subnet_ids, var.fargate_profile_defaults.subnet_ids, var.subnet_ids)

  tags = merge(var.tags, try(each.value.tags, var.fargate_profile_defaults.tags, {}))
}

module "eks_managed_node_group" {
  source = "./modules/eks-managed-node-group"

  for_each = { for name, group in var.eks_managed_node_groups : name => group if var.create }

  create       = try(each.value.create, true)
  cluster_name = aws_eks_cluster.this[0].name
  name         = try(each.value.name, each.key)
  subnet_ids   = try(each.value.subnet_ids, var.eks_managed_node_group_defaults.subnet_ids, var.subnet_ids)

  vpc_security_group_ids            = compact(concat([local.node_group_id], try(each.value.vpc_security_group_ids, var.eks_managed_node_group_defaults.vpc_security_group_ids, [])))
  cluster_primary_security_group_id = try(each.value.attach_cluster_primary_security_group, var.eks_managed_node_group_defaults.attach_cluster_primary_security_group, false) ? aws_eks_cluster.this[0].vpc_config[0].cluster_security_group_id : null
  create_launch_template            = try(each.value.create_launch_template, var.eks_managed_node_group_defaults.create_launch_template, true)
  network_interfaces                = try(each.value.network_interfaces, var.eks_managed_node_group_defaults.network_interfaces, [])
  remote_access                     = try(each.value.remote_access, var.eks_managed_node_group_defaults.remote_access, {})

  create_security_group          = try(each.value.create_security_group, var.eks_managed_node_group_defaults.create_security_group, true)
  security_group_name            = try(each.value.security_group_name, var.eks_managed_node_group_defaults.security_group_name, null)
  security_group_use_name_prefix = try(each.value.security_group_use_name_prefix, var.eks_managed_node_group_defaults.security_group_use_name_prefix, true)
  security_group_description     = try(each.value.security_group_description, var.eks_managed_node_group_defaults.security_group_description, "EKS managed node group security group")
  security_group_tags            = try(each.value.security_group_tags, var.eks_managed_node_group_defaults.security_group_tags, {})
  security_group_rules           = try(each.value.security_group_rules, var.eks_managed_node_group_defaults.security_group_rules, {})
  cluster_security_group_id      = local.cluster_group_id
  vpc_id                         = var.vpc_id

  tags = merge(var.tags, try(each.value.tags, var.eks_managed_node_group_defaults.tags, {}))
}

module "self_managed_node_group" {
  source = "./modules/self-managed-node-group"

  for_each = { for name, group in var.self_managed_node_groups : name => group if var.create }

  create       = try(each.value.create, true)
  cluster_name = aws_eks_cluster.this[0].name
  name         = try(each.value.name, each.key)
  subnet_ids   = try(each.value.subnet_ids, var.self_managed_node_group_defaults.subnet_ids, var.subnet_ids)

  vpc_security_group_ids            = compact(concat([local.node_group_id], try(each.value.vpc_security_group_ids, var.self_managed_node_group_defaults.vpc_security_group_ids, [])))
  cluster_primary_security_group_id = try(each.value.attach_cluster_primary_security_group, var.self_managed_node_group_defaults.attach_cluster_primary_security_group, false) ? aws_eks_cluster.this[0].vpc_config[0].cluster_security_group_id : null
  create_launch_template            = try(each.value.create_launch_template, var.self_managed_node_group_defaults.create_launch_template, true)
  network_interfaces                = try(each.value.network_interfaces, var.self_managed_node_group_defaults.network_interfaces, [])
  create_autoscaling_group          = try(each.value.create_autoscaling_group, var.self_managed_node_group_defaults.create_autoscaling_group, true)

  create_security_group          = try(each.value.create_security_group, var.self_managed_node_group_defaults.create_security_group, true)
  security_group_name            = try(each.value.security_group_name, var.self_managed_node_group_defaults.security_group_name, null)
  security_group_use_name_prefix = try(each.value.security_group_use_name_prefix, var.self_managed_node_group_defaults.security_group_use_name_prefix, true)
  security_group_description     = try(each.value.security_group_description, var.self_managed_node_group_defaults.security_group_description, "Self managed node group security group")
  security_group_tags            = try(each.value.security_group_tags, var.self_managed_node_group_defaults.security_group_tags, {})
  security_group_rules           = try(each.value.security_group_rules, var.self_managed_node_group_defaults.security_group_rules, {})
  cluster_security_group_id      = local.cluster_group_id
  vpc_id                         = var.vpc_id

  tags = merge(var.tags, try(each.value.tags, var.self_managed_node_group_defaults.tags, {}))
}

resource "aws_iam_role" "this" {
  count = local.create && var.create_iam_role ? 1 : 0
}

resource "aws_iam_openid_connect_provider" "oidc_provider" {
  count = local.create && var.enable_irsa ? 1 : 0
}

resource "aws_cloudwatch_log_group" "this" {
  count = local.create && var.create_cloudwatch_log_group ? 1 : 0

  name = "/aws/eks/${var.cluster_name}/cluster"
}
