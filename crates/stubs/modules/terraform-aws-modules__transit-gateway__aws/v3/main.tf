locals {
  # Every attachment with every route that it asks for, in order.
  routes = flatten([
    for name, attachment in var.vpc_attachments : [
      for route in try(attachment.tgw_routes, []) : [{ attachment = name, route = route }]
    ] if var.create_tgw
  ])
  vpc_routes = merge([
    for attachment in values(var.vpc_attachments) : {
      for table in try(attachment.vpc_route_table_ids, []) : table => {
        cidr = attachment.tgw_destination_cidr
        to   = var.create_tgw ? aws_ec2_transit_gateway.this[0].id : attachment.tgw_id
      }
    }
  ]...)
  own_tables = var.create_tgw && var.create_tgw_routes
}

resource "aws_ec2_transit_gateway" "this" {
  count = var.create_tgw ? 1 : 0

  region = var.region

  amazon_side_asn                    = var.amazon_side_asn
  default_route_table_association    = var.enable_default_route_table_association ? "enable" : "disable"
  default_route_table_propagation    = var.enable_default_route_table_propagation ? "enable" : "disable"
  auto_accept_shared_attachments     = var.enable_auto_accept_shared_attachments ? "enable" : "disable"
  multicast_support                  = var.enable_multicast_support ? "enable" : "disable"
  vpn_ecmp_support                   = var.enable_vpn_ecmp_support ? "enable" : "disable"
  dns_support                        = var.enable_dns_support ? "enable" : "disable"
  security_group_referencing_support = var.enable_sg_referencing_support ? "enable" : "disable"
  transit_gateway_cidr_blocks        = var.transit_gateway_cidr_blocks
  tags                               = merge(var.tags, { Name = var.name }, var.tgw_tags)
}

resource "aws_ec2_transit_gateway_vpc_attachment" "this" {
  for_each = var.vpc_attachments

  region = var.region

  transit_gateway_id                              = var.create_tgw ? aws_ec2_transit_gateway.this[0].id : each.value.tgw_id
  vpc_id                                          = each.value.vpc_id
  subnet_ids                                      = each.value.subnet_ids
  dns_support                                     = try(each.value.dns_support, true) ? "enable" : "disable"
  ipv6_support                                    = try(each.value.ipv6_support, false) ? "enable" : "disable"
  appliance_mode_support                          = try(each.value.appliance_mode_support, false) ? "enable" : "disable"
  security_group_referencing_support              = try(each.value.security_group_referencing_support, false) ? "enable" : "disable"
  transit_gateway_default_route_table_association = try(each.value.transit_gateway_default_route_table_association, true)
  transit_gateway_default_route_table_propagation = try(each.value.transit_gateway_default_route_table_propagation, true)
  tags                                            = merge(var.tags, { Name = "${var.name}-${each.key}" }, var.tgw_vpc_attachment_tags, try(each.value.tags, {}))
}

resource "aws_ec2_transit_gateway_route_table" "this" {
  count = local.own_tables ? 1 : 0

  region = var.region

  transit_gateway_id = aws_ec2_transit_gateway.this[0].id
  tags               = merge(var.tags, { Name = var.name }, var.tgw_route_table_tags)
}

resource "aws_ec2_transit_gateway_route" "this" {
  count = var.create_tgw_routes ? length(local.routes) : 0

  region = var.region

  transit_gateway_route_table_id = var.create_tgw ? aws_ec2_transit_gateway_route_table.this[0].id : var.transit_gateway_route_table_id
  destination_cidr_block         = local.routes[count.index].route.destination_cidr_block
  blackhole                      = try(local.routes[count.index].route.blackhole, null)
  transit_gateway_attachment_id = try(tobool(local.routes[count.index].route.blackhole), false) ? null : (
    aws_ec2_transit_gateway_vpc_attachment.this[local.routes[count.index].attachment].id
  )
}

resource "aws_route" "this" {
  for_each = local.vpc_routes

  region = var.region

  route_table_id         = each.key
  destination_cidr_block = each.value.cidr
  transit_gateway_id     = each.value.to
}

resource "aws_ec2_transit_gateway_route_table_association" "this" {
  for_each = {
    for name, attachment in var.vpc_attachments : name => attachment
    if local.own_tables && !try(attachment.transit_gateway_default_route_table_association, true)
  }

  region = var.region

  transit_gateway_attachment_id  = aws_ec2_transit_gateway_vpc_attachment.this[each.key].id
  transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.this[0].id
}

resource "aws_ec2_transit_gateway_route_table_propagation" "this" {
  for_each = {
    for name, attachment in var.vpc_attachments : name => attachment
    if local.own_tables && !try(attachment.transit_gateway_default_route_table_propagation, true)
  }

  region = var.region

  transit_gateway_attachment_id  = aws_ec2_transit_gateway_vpc_attachment.this[each.key].id
  transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.this[0].id
}

resource "aws_ram_resource_share" "this" {
  count = var.create_tgw && var.share_tgw ? 1 : 0

  region = var.region

  name                      = coalesce(var.ram_name, var.name)
  allow_external_principals = var.ram_allow_external_principals
  tags                      = merge(var.tags, { Name = coalesce(var.ram_name, var.name) }, var.ram_tags)
}

resource "aws_ram_resource_association" "this" {
  count = var.create_tgw && var.share_tgw ? 1 : 0

  region = var.region

  resource_arn       = aws_ec2_transit_gateway.this[0].arn
  resource_share_arn = aws_ram_resource_share.this[0].id
}

resource "aws_ram_principal_association" "this" {
  count = var.create_tgw && var.share_tgw ? length(var.ram_principals) : 0

  region = var.region

  principal          = var.ram_principals[count.index]
  resource_share_arn = aws_ram_resource_share.this[0].arn
}

resource "aws_ram_resource_share_accepter" "this" {
  count = !var.create_tgw && var.share_tgw ? 1 : 0

  region = var.region

  share_arn = var.ram_resource_share_arn
}
