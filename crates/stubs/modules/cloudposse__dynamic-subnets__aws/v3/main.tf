locals {
  any = module.this.enabled && (var.public_subnets_enabled || var.private_subnets_enabled) && (var.ipv4_enabled || var.ipv6_enabled)
  enabled = {
    public   = local.any && var.public_subnets_enabled
    public4  = local.any && var.public_subnets_enabled && var.ipv4_enabled
    public6  = local.any && var.public_subnets_enabled && var.ipv6_enabled
    private  = local.any && var.private_subnets_enabled
    private4 = local.any && var.private_subnets_enabled && var.ipv4_enabled
    private6 = local.any && var.private_subnets_enabled && var.ipv6_enabled
  }

  # The zones: by id, by name, or all; no more than asked for. Then one entry for every subnet.
  zone_of_id = try(zipmap(data.aws_availability_zones.default[0].zone_ids, data.aws_availability_zones.default[0].names), {})
  id_of_zone = try(zipmap(data.aws_availability_zones.default[0].names, data.aws_availability_zones.default[0].zone_ids), {})
  zones_possible = {
    ids   = local.any ? [for id in var.availability_zone_ids : local.zone_of_id[id]] : []
    names = local.any ? var.availability_zones : []
    all   = local.any ? sort(data.aws_availability_zones.default[0].names) : []
  }[local.any && length(var.availability_zone_ids) > 0 ? "ids" : local.any && length(var.availability_zones) > 0 ? "names" : "all"]
  every_zone = var.max_subnet_count == 0 || var.max_subnet_count >= length(local.zones_possible)
  zones      = local.every_zone ? local.zones_possible : slice(local.zones_possible, 0, var.max_subnet_count)

  public_per_zone  = coalesce(var.public_subnets_per_az_count, var.subnets_per_az_count)
  private_per_zone = coalesce(var.private_subnets_per_az_count, var.subnets_per_az_count)
  public_names     = var.public_subnets_per_az_names != null ? var.public_subnets_per_az_names : var.subnets_per_az_names
  private_names    = var.private_subnets_per_az_names != null ? var.private_subnets_per_az_names : var.subnets_per_az_names
  public_zones     = local.enabled.public ? flatten([for zone in local.zones : [for subnet in range(local.public_per_zone) : zone]]) : []
  private_zones    = local.enabled.private ? flatten([for zone in local.zones : [for subnet in range(local.private_per_zone) : zone]]) : []
  public_count     = local.enabled.public ? length(local.public_zones) : 0
  private_count    = local.enabled.private ? length(local.private_zones) : 0

  # Private ranges first, then public ones; as many as there could be subnets.
  zones_reserved   = var.max_subnet_count == 0 ? (local.any ? length(data.aws_availability_zones.default[0].names) : 0) : var.max_subnet_count
  private_reserved = local.enabled.private ? local.zones_reserved * local.private_per_zone : 0
  all_reserved     = local.private_reserved + (local.enabled.public ? local.zones_reserved * local.public_per_zone : 0)
  ipv4_bits        = local.any ? ceil(log(local.all_reserved, 2)) : 1

  ipv4_given   = { private = try(var.ipv4_cidrs[0].private, []), public = try(var.ipv4_cidrs[0].public, []) }
  ipv6_given   = { private = try(var.ipv6_cidrs[0].private, []), public = try(var.ipv6_cidrs[0].public, []) }
  ipv4_compute = local.any && var.ipv4_enabled && length(local.ipv4_given.private) + length(local.ipv4_given.public) == 0
  ipv6_compute = local.any && var.ipv6_enabled && length(local.ipv6_given.private) + length(local.ipv6_given.public) == 0
  ask_vpc      = (local.ipv4_compute && length(var.ipv4_cidr_block) == 0) || (local.ipv6_compute && length(var.ipv6_cidr_block) == 0)
  ipv4_block   = length(var.ipv4_cidr_block) > 0 ? var.ipv4_cidr_block[0] : local.ask_vpc ? data.aws_vpc.default[0].cidr_block : ""
  ipv6_block   = length(var.ipv6_cidr_block) > 0 ? var.ipv6_cidr_block[0] : local.ask_vpc ? data.aws_vpc.default[0].ipv6_cidr_block : ""
  ipv4_private = local.ipv4_compute ? [for i in range(local.private_reserved) : cidrsubnet(local.ipv4_block, local.ipv4_bits, i)] : local.ipv4_given.private
  ipv6_private = local.ipv6_compute ? [for i in range(local.private_reserved) : cidrsubnet(local.ipv6_block, 8, i)] : local.ipv6_given.private
  ipv4_public  = local.ipv4_compute ? [for i in range(local.private_reserved, local.all_reserved) : cidrsubnet(local.ipv4_block, local.ipv4_bits, i)] : local.ipv4_given.public
  ipv6_public  = local.ipv6_compute ? [for i in range(local.private_reserved, local.all_reserved) : cidrsubnet(local.ipv6_block, 8, i)] : local.ipv6_given.public

  public_nat64  = local.enabled.public6 && var.public_dns64_nat64_enabled
  private_nat64 = local.enabled.private6 && (var.private_dns64_nat64_enabled == null ? local.enabled.public4 : var.private_dns64_nat64_enabled)

  public_tables_used = local.enabled.public && var.public_route_table_enabled
  public_table_count = coalesce(
    local.enabled.public ? null : 0,
    length(var.public_route_table_ids) == 0 ? null : length(var.public_route_table_ids),
    var.public_route_table_enabled ? null : 0,
    var.public_route_table_per_subnet_enabled == true ? local.public_count : null,
    var.public_route_table_per_subnet_enabled == false ? 1 : null,
    local.public_nat64 ? local.public_count : 1,
  )
  own_public_tables   = local.public_tables_used && length(var.public_route_table_ids) == 0
  public_tables       = local.own_public_tables ? aws_route_table.public[*].id : var.public_route_table_ids
  private_tables_used = local.enabled.private && var.private_route_table_enabled
  private_table_count = local.private_tables_used ? local.private_count : 0

  # An instance only if it is asked for and the gateway is not.
  gateway_wanted = var.nat_instance_enabled == true ? var.nat_gateway_enabled == true : var.nat_gateway_enabled != false
  nat_gateway    = local.gateway_wanted && (local.enabled.private4 || local.public_nat64 || local.private_nat64)
  nat_instance   = !local.gateway_wanted && var.nat_instance_enabled == true && local.enabled.private4
  nat            = local.nat_gateway || local.nat_instance
  nat_places = var.nat_gateway_public_subnet_names == null ? var.nat_gateway_public_subnet_indices : [
    for name in var.nat_gateway_public_subnet_names : try(index(local.public_names, name), -1)
  ]
  # The public subnet of each.
  nat_useful = local.enabled.private4 || local.public_nat64 || local.private_nat64
  nat_subnets = local.nat_useful ? flatten([
    for zone in range(min(length(local.zones), var.max_nats)) : [
      for place in local.nat_places : zone * local.public_per_zone + place if place >= 0 && place < local.public_per_zone
    ]
  ]) : []
  nat_count    = length(local.nat_subnets)
  nat_per_zone = local.nat_count > 0 ? length(local.nat_places) : 0
  # Which one a route table leads to: one of its own zone, if there are that many.
  nat_of_private = local.nat && local.enabled.private4 ? [
    for i in range(local.private_table_count) :
    (floor(i / local.private_per_zone) * local.nat_per_zone + i % local.private_per_zone % local.nat_per_zone) % local.nat_count
  ] : []
  nat_of_public = local.nat_gateway && local.public_nat64 ? [
    for i in range(local.public_table_count) :
    (floor(i / local.public_per_zone) * local.nat_per_zone + i % local.public_per_zone % local.nat_per_zone) % local.nat_count
  ] : []
  own_eips = local.nat && length(var.nat_elastic_ips) == 0
  eips     = local.nat ? (local.own_eips ? aws_eip.default[*].id : data.aws_eip.nat[*].id) : []

  private_by_zone = {
    for at, zone in local.zones : zone => slice(aws_subnet.private[*].id, min(at * local.private_per_zone, local.private_count), min((at + 1) * local.private_per_zone, local.private_count))
  }
  private_tables_by_zone = {
    for at, zone in local.zones : zone => slice(
      aws_route_table_association.private[*].route_table_id,
      min(at * local.private_per_zone, length(aws_route_table_association.private)),
      min((at + 1) * local.private_per_zone, length(aws_route_table_association.private)),
    )
  }

  public_by_zone = {
    for at, zone in local.zones : zone => slice(aws_subnet.public[*].id, min(at * local.public_per_zone, local.public_count), min((at + 1) * local.public_per_zone, local.public_count))
  }
  public_tables_by_zone = {
    for at, zone in local.zones : zone => slice(
      aws_route_table_association.public[*].route_table_id,
      min(at * local.public_per_zone, length(aws_route_table_association.public)),
      min((at + 1) * local.public_per_zone, length(aws_route_table_association.public)),
    )
  }
}

data "aws_availability_zones" "default" {
  count = local.any ? 1 : 0

  filter {
    name   = "opt-in-status"
    values = ["opt-in-not-required"]
  }
}

data "aws_vpc" "default" {
  count = local.ask_vpc ? 1 : 0

  id = var.vpc_id
}

data "aws_eip" "nat" {
  count = local.nat && !local.own_eips ? length(var.nat_elastic_ips) : 0

  public_ip = var.nat_elastic_ips[count.index]
}

module "public_label" {
  source  = "cloudposse/label/null"
  version = "0.25.0"

  attributes = [var.public_label]
  tags       = merge(var.public_subnets_additional_tags, var.subnet_type_tag_key != null && var.subnet_type_tag_value_format != null ? { (var.subnet_type_tag_key) = format(var.subnet_type_tag_value_format, var.public_label) } : {})
  context    = module.this.context
}

module "private_label" {
  source  = "cloudposse/label/null"
  version = "0.25.0"

  attributes = [var.private_label]
  tags       = merge(var.private_subnets_additional_tags, var.subnet_type_tag_key != null && var.subnet_type_tag_value_format != null ? { (var.subnet_type_tag_key) = format(var.subnet_type_tag_value_format, var.private_label) } : {})
  context    = module.this.context
}

module "nat_label" {
  source  = "cloudposse/label/null"
  version = "0.25.0"

  attributes = ["nat"]
  context    = module.this.context
}

module "nat_instance_label" {
  source  = "cloudposse/label/null"
  version = "0.25.0"

  attributes = ["nat", "instance"]
  context    = module.this.context
}

resource "aws_subnet" "public" {
  count = local.public_count

  vpc_id                          = var.vpc_id
  availability_zone               = local.public_zones[count.index]
  cidr_block                      = local.enabled.public4 ? element(local.ipv4_public, count.index) : null
  ipv6_cidr_block                 = local.enabled.public6 ? element(local.ipv6_public, count.index) : null
  ipv6_native                     = local.enabled.public6 && !local.enabled.public4
  map_public_ip_on_launch         = local.enabled.public4 ? var.map_public_ip_on_launch : null
  assign_ipv6_address_on_creation = local.enabled.public6 ? var.public_assign_ipv6_address_on_creation : null
  enable_dns64                    = local.enabled.public6 ? local.public_nat64 : null
  tags                            = merge(module.public_label.tags, { Name = "${module.public_label.id}${module.this.delimiter}${data.unmodelled.this.zone_abbreviations[count.index]}" })
}

resource "aws_route_table" "public" {
  count = local.own_public_tables ? local.public_table_count : 0

  vpc_id = var.vpc_id
  tags   = module.public_label.tags
}

resource "aws_route_table_association" "public" {
  count = local.public_tables_used ? local.public_count : 0

  subnet_id      = aws_subnet.public[count.index].id
  route_table_id = element(local.public_tables, count.index)
}

resource "aws_subnet" "private" {
  count = local.private_count

  vpc_id                          = var.vpc_id
  availability_zone               = local.private_zones[count.index]
  cidr_block                      = local.enabled.private4 ? local.ipv4_private[count.index] : null
  ipv6_cidr_block                 = local.enabled.private6 ? local.ipv6_private[count.index] : null
  ipv6_native                     = local.enabled.private6 && !local.enabled.private4
  assign_ipv6_address_on_creation = local.enabled.private6 ? var.private_assign_ipv6_address_on_creation : null
  enable_dns64                    = local.enabled.private6 ? local.private_nat64 : null
  tags                            = merge(module.private_label.tags, { Name = "${module.private_label.id}${module.this.delimiter}${data.unmodelled.this.zone_abbreviations[count.index]}" })
}

resource "aws_route_table" "private" {
  count = local.private_table_count

  vpc_id = var.vpc_id
  tags   = merge(module.private_label.tags, { Name = "${module.private_label.id}${module.this.delimiter}${data.unmodelled.this.zone_abbreviations[count.index]}" })
}

resource "aws_route_table_association" "private" {
  count = local.private_tables_used ? local.private_count : 0

  subnet_id      = aws_subnet.private[count.index].id
  route_table_id = element(aws_route_table.private[*].id, count.index)
}

resource "aws_route" "public" {
  count = local.enabled.public4 && length(var.igw_id) > 0 ? local.public_table_count : 0

  route_table_id         = local.public_tables[count.index]
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = var.igw_id[0]
}

resource "aws_route" "public6" {
  count = local.enabled.public6 && length(var.igw_id) > 0 ? local.public_table_count : 0

  route_table_id              = local.public_tables[count.index]
  destination_ipv6_cidr_block = "::/0"
  gateway_id                  = var.igw_id[0]
}

resource "aws_route" "private6" {
  count = local.any && var.ipv6_enabled && length(var.ipv6_egress_only_igw_id) > 0 ? local.private_table_count : 0

  route_table_id              = aws_route_table.private[count.index].id
  destination_ipv6_cidr_block = "::/0"
  egress_only_gateway_id      = var.ipv6_egress_only_igw_id[0]
}

resource "aws_route" "nat4" {
  count = local.nat_gateway && local.enabled.private4 ? local.private_table_count : 0

  route_table_id         = aws_route_table.private[count.index].id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.default[local.nat_of_private[count.index]].id
}

resource "aws_route" "private_nat64" {
  count = local.nat_gateway && local.private_nat64 ? local.private_table_count : 0

  route_table_id              = aws_route_table.private[count.index].id
  destination_ipv6_cidr_block = "64:ff9b::/96"
  nat_gateway_id              = aws_nat_gateway.default[local.nat_of_private[count.index]].id
}

resource "aws_route" "public_nat64" {
  count = local.nat_gateway && local.public_nat64 ? local.public_table_count : 0

  route_table_id              = local.public_tables[count.index]
  destination_ipv6_cidr_block = "64:ff9b::/96"
  nat_gateway_id              = aws_nat_gateway.default[local.nat_of_public[count.index]].id
}

resource "aws_route" "nat_instance" {
  count = local.nat_instance ? local.private_table_count : 0

  route_table_id         = aws_route_table.private[count.index].id
  destination_cidr_block = "0.0.0.0/0"
  network_interface_id   = aws_instance.nat_instance[local.nat_of_private[count.index]].primary_network_interface_id
}

resource "aws_eip" "default" {
  count = local.own_eips ? local.nat_count : 0

  tags = merge(module.nat_label.tags, { Name = "${module.nat_label.id}${module.this.delimiter}${data.unmodelled.this.zone_abbreviations[local.nat_subnets[count.index]]}" })
}

resource "aws_nat_gateway" "default" {
  count = local.nat_gateway ? local.nat_count : 0

  allocation_id = local.eips[count.index]
  subnet_id     = aws_subnet.public[local.nat_subnets[count.index]].id
  tags          = merge(module.nat_label.tags, { Name = "${module.nat_label.id}${module.this.delimiter}${data.unmodelled.this.zone_abbreviations[local.nat_subnets[count.index]]}" })
}

resource "aws_instance" "nat_instance" {
  count = local.nat_instance ? local.nat_count : 0

  subnet_id                   = aws_subnet.public[local.nat_subnets[count.index]].id
  vpc_security_group_ids      = [aws_security_group.nat_instance[0].id]
  source_dest_check           = false
  associate_public_ip_address = true
  tags                        = merge(module.nat_instance_label.tags, { Name = "${module.nat_instance_label.id}${module.this.delimiter}${data.unmodelled.this.zone_abbreviations[local.nat_subnets[count.index]]}" })
}

resource "aws_eip_association" "nat_instance" {
  count = local.nat_instance ? local.nat_count : 0

  instance_id   = aws_instance.nat_instance[count.index].id
  allocation_id = local.eips[count.index]
}

resource "aws_security_group" "nat_instance" {
  count = local.nat_instance ? 1 : 0

  name   = module.nat_instance_label.id
  vpc_id = var.vpc_id
  tags   = module.nat_instance_label.tags
}

resource "aws_security_group_rule" "nat_instance_egress" {
  count = local.nat_instance ? 1 : 0

  security_group_id = aws_security_group.nat_instance[0].id
  type              = "egress"
  protocol          = "-1"
  from_port         = 0
  to_port           = 0
  cidr_blocks       = ["0.0.0.0/0"]
}

resource "aws_security_group_rule" "nat_instance_ingress" {
  count = local.nat_instance ? 1 : 0

  security_group_id = aws_security_group.nat_instance[0].id
  type              = "ingress"
  protocol          = "-1"
  from_port         = 0
  to_port           = 0
  cidr_blocks       = [local.ipv4_block]
}
