# The network is the one of the first subnet.
data "aws_subnet" "selected" {
  id = var.subnet_ids[0]
}

data "aws_region" "selected" {}

# A name that holds the region is a whole one.
data "aws_vpc_endpoint_service" "this" {
  for_each = { for service in var.vpc_endpoint_services : "${service.name}:${service.type}" => service }

  service_name = length(regexall(data.aws_region.selected.name, each.value.name)) == 1 ? each.value.name : "com.amazonaws.${data.aws_region.selected.name}.${each.value.name}"
  service_type = title(each.value.type)
}

locals {
  gateway         = toset([for service in data.aws_vpc_endpoint_service.this : service.service_name if service.service_type == "Gateway"])
  interface       = toset([for service in data.aws_vpc_endpoint_service.this : service.service_name if service.service_type == "Interface"])
  security_groups = toset(length(local.interface) == 0 ? [] : var.create_sg_per_endpoint ? local.interface : ["shared"])
}

resource "aws_security_group" "this" {
  for_each = local.security_groups

  vpc_id = data.aws_subnet.selected.vpc_id
  tags   = var.tags

  dynamic "egress" {
    for_each = var.sg_egress_rules

    content {
      protocol         = egress.value.protocol
      from_port        = egress.value.from_port
      to_port          = egress.value.to_port
      cidr_blocks      = egress.value.cidr_blocks
      ipv6_cidr_blocks = egress.value.ipv6_cidr_blocks
      prefix_list_ids  = egress.value.prefix_list_ids
      security_groups  = egress.value.security_groups
    }
  }

  dynamic "ingress" {
    for_each = var.sg_ingress_rules

    content {
      protocol         = ingress.value.protocol
      from_port        = ingress.value.from_port
      to_port          = ingress.value.to_port
      cidr_blocks      = ingress.value.cidr_blocks
      ipv6_cidr_blocks = ingress.value.ipv6_cidr_blocks
      prefix_list_ids  = ingress.value.prefix_list_ids
      security_groups  = ingress.value.security_groups
    }
  }
}

resource "aws_vpc_endpoint" "interface_services" {
  for_each = local.interface

  vpc_id              = data.aws_subnet.selected.vpc_id
  vpc_endpoint_type   = "Interface"
  service_name        = each.key
  auto_accept         = true
  subnet_ids          = var.subnet_ids
  security_group_ids  = [aws_security_group.this[var.create_sg_per_endpoint ? each.key : "shared"].id]
  private_dns_enabled = length(regexall("s3", each.key)) == 0
  tags                = var.tags
}

resource "aws_vpc_endpoint" "gateway_services" {
  for_each = local.gateway

  vpc_id            = data.aws_subnet.selected.vpc_id
  vpc_endpoint_type = "Gateway"
  service_name      = each.key
  auto_accept       = true
  route_table_ids   = var.route_table_ids
  tags              = var.tags
}
