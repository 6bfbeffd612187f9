resource "aws_default_vpc" "this" {
  count                = var.manage_default_vpc ? 1 : 0
  region               = var.region
  enable_dns_support   = var.default_vpc_enable_dns_support
  enable_dns_hostnames = var.default_vpc_enable_dns_hostnames
  tags                 = merge({ Name = coalesce(var.default_vpc_name, "default") }, var.tags, var.default_vpc_tags)
}

resource "aws_default_security_group" "this" {
  count  = local.create_vpc && var.manage_default_security_group ? 1 : 0
  region = var.region
  vpc_id = aws_vpc.this[0].id
  dynamic "ingress" {
    for_each = var.default_security_group_ingress
    iterator = rule
    content {
      description      = lookup(rule.value, "description", null)
      protocol         = lookup(rule.value, "protocol", "-1")
      from_port        = lookup(rule.value, "from_port", 0)
      to_port          = lookup(rule.value, "to_port", 0)
      self             = lookup(rule.value, "self", null)
      cidr_blocks      = compact(split(",", lookup(rule.value, "cidr_blocks", "")))
      ipv6_cidr_blocks = compact(split(",", lookup(rule.value, "ipv6_cidr_blocks", "")))
      prefix_list_ids  = compact(split(",", lookup(rule.value, "prefix_list_ids", "")))
      security_groups  = compact(split(",", lookup(rule.value, "security_groups", "")))
    }
  }
  dynamic "egress" {
    for_each = var.default_security_group_egress
    iterator = rule
    content {
      description      = lookup(rule.value, "description", null)
      protocol         = lookup(rule.value, "protocol", "-1")
      from_port        = lookup(rule.value, "from_port", 0)
      to_port          = lookup(rule.value, "to_port", 0)
      self             = lookup(rule.value, "self", null)
      cidr_blocks      = compact(split(",", lookup(rule.value, "cidr_blocks", "")))
      ipv6_cidr_blocks = compact(split(",", lookup(rule.value, "ipv6_cidr_blocks", "")))
      prefix_list_ids  = compact(split(",", lookup(rule.value, "prefix_list_ids", "")))
      security_groups  = compact(split(",", lookup(rule.value, "security_groups", "")))
    }
  }
  tags = merge({ Name = coalesce(var.default_security_group_name, "${var.name}-default") }, var.tags, var.default_security_group_tags)
}

resource "aws_default_network_acl" "this" {
  count                  = local.create_vpc && var.manage_default_network_acl ? 1 : 0
  region                 = var.region
  default_network_acl_id = aws_vpc.this[0].default_network_acl_id
  dynamic "ingress" {
    for_each = var.default_network_acl_ingress
    iterator = rule
    content {
      rule_no         = rule.value.rule_no
      action          = rule.value.action
      protocol        = rule.value.protocol
      from_port       = rule.value.from_port
      to_port         = rule.value.to_port
      icmp_code       = lookup(rule.value, "icmp_code", null)
      icmp_type       = lookup(rule.value, "icmp_type", null)
      cidr_block      = lookup(rule.value, "cidr_block", null)
      ipv6_cidr_block = lookup(rule.value, "ipv6_cidr_block", null)
    }
  }
  dynamic "egress" {
    for_each = var.default_network_acl_egress
    iterator = rule
    content {
      rule_no         = rule.value.rule_no
      action          = rule.value.action
      protocol        = rule.value.protocol
      from_port       = rule.value.from_port
      to_port         = rule.value.to_port
      icmp_code       = lookup(rule.value, "icmp_code", null)
      icmp_type       = lookup(rule.value, "icmp_type", null)
      cidr_block      = lookup(rule.value, "cidr_block", null)
      ipv6_cidr_block = lookup(rule.value, "ipv6_cidr_block", null)
    }
  }
  tags = merge({ Name = coalesce(var.default_network_acl_name, "${var.name}-default") }, var.tags, var.default_network_acl_tags)
}

resource "aws_default_route_table" "default" {
  count                  = local.create_vpc && var.manage_default_route_table ? 1 : 0
  region                 = var.region
  default_route_table_id = aws_vpc.this[0].default_route_table_id
  propagating_vgws       = var.default_route_table_propagating_vgws
  dynamic "route" {
    for_each = var.default_route_table_routes
    content {
      cidr_block                = route.value.cidr_block
      ipv6_cidr_block           = lookup(route.value, "ipv6_cidr_block", null)
      egress_only_gateway_id    = lookup(route.value, "egress_only_gateway_id", null)
      gateway_id                = lookup(route.value, "gateway_id", null)
      instance_id               = lookup(route.value, "instance_id", null)
      nat_gateway_id            = lookup(route.value, "nat_gateway_id", null)
      network_interface_id      = lookup(route.value, "network_interface_id", null)
      transit_gateway_id        = lookup(route.value, "transit_gateway_id", null)
      vpc_endpoint_id           = lookup(route.value, "vpc_endpoint_id", null)
      vpc_peering_connection_id = lookup(route.value, "vpc_peering_connection_id", null)
    }
  }
  tags = merge({ Name = coalesce(var.default_route_table_name, "${var.name}-default") }, var.tags, var.default_route_table_tags)
}
