locals {
  azs         = length(var.azs) == 0 ? slice(data.aws_availability_zones.current.names, 0, var.az_count) : var.azs
  vpc         = var.create_vpc ? aws_vpc.main[0] : data.aws_vpc.main[0]
  cidr_block  = var.cidr_block == null ? local.vpc.cidr_block : var.cidr_block
  ipv6_block  = var.vpc_ipv6_cidr_block == null ? local.vpc.ipv6_cidr_block : var.vpc_ipv6_cidr_block
  zones_of    = { for type in ["public", "transit_gateway", "core_network"] : type => contains(keys(var.subnets), type) ? local.azs : [] }
  prefix      = { for type, subnets in var.subnets : type => try(subnets.name_prefix, type) }
  tags        = { for type, subnets in var.subnets : type => merge(var.tags, try(subnets.tags, {})) }
  public_tags = try(local.tags.public, var.tags)

  # Private subnets are those of every other type: "type/zone".
  private_types = setsubtract(keys(var.subnets), ["public", "transit_gateway", "core_network"])
  to_nat        = [for type in local.private_types : type if try(var.subnets[type].connect_to_public_natgw == true, false)]
  to_eigw       = [for type in local.private_types : type if try(var.subnets[type].connect_to_eigw == true, false)]
  private       = flatten([for zone in local.azs : [for type in local.private_types : "${type}/${zone}"]])

  # The ranges: given in the order of the zones, or cut one after the other from the network.
  given    = { for type, subnets in var.subnets : type => zipmap(local.azs, subnets.cidrs[*]) if !can(subnets.netmask) && !can(subnets.ipv6_native) }
  given6   = { for type, subnets in var.subnets : type => zipmap(local.azs, subnets.ipv6_cidrs[*]) if can(subnets.ipv6_cidrs) }
  unsorted = flatten([for type, subnets in var.subnets : [for zone in local.azs : { name = "${type}/${zone}", netmask = subnets.netmask }] if can(subnets.netmask)])
  masks    = reverse(distinct(sort([for one in local.unsorted : format("%05d", one.netmask)])))
  to_cut   = var.optimize_subnet_cidr_ranges ? flatten([for mask in local.masks : [for one in local.unsorted : one if one.netmask == tonumber(mask)]]) : local.unsorted
  netmask  = try(tonumber(split("/", local.cidr_block)[1]), data.unmodelled.this.netmask)
  cut      = zipmap(local.to_cut[*].name, cidrsubnets(local.cidr_block, [for one in local.to_cut : one.netmask - local.netmask]...))
  to_cut6  = flatten([for type, subnets in var.subnets : [for zone in local.azs : "${type}/${zone}"] if can(subnets.assign_ipv6_cidr)])
  netmask6 = try(tonumber(split("/", local.ipv6_block)[1]), data.unmodelled.this.netmask6)
  cut6     = zipmap(local.to_cut6, cidrsubnets(local.ipv6_block, [for one in local.to_cut6 : 64 - local.netmask6]...))

  connect_to_igw   = try(var.subnets.public.connect_to_igw, true)
  public_ipv6_only = can(var.subnets.public.ipv6_native)
  public_dualstack = !local.public_ipv6_only && (can(var.subnets.public.assign_ipv6_cidr) || can(var.subnets.public.ipv6_cidrs))

  nat_wanted = try(length(var.subnets.public.nat_gateway_configuration), 0) != 0 ? var.subnets.public.nat_gateway_configuration : "none"
  nat_zones = contains(keys(var.subnets), "public") ? {
    all_azs   = local.azs
    single_az = [local.azs[0]]
    none      = []
  }[local.nat_wanted] : []
  nat = contains(keys(var.subnets), "public") && !var.vpc_secondary_cidr ? {
    for zone in local.azs : zone => {
      id = try(aws_nat_gateway.main[zone].id, aws_nat_gateway.main[local.nat_zones[0]].id)
    } if local.nat_wanted != "none"
  } : var.vpc_secondary_cidr ? var.vpc_secondary_cidr_natgw : {}

  must_accept = try(var.subnets.core_network.require_acceptance, false) == true
  accepts     = local.must_accept && try(var.subnets.core_network.accept_attachment, true) == true
  cwan_routes = !local.must_accept || local.accepts
}

data "aws_availability_zones" "current" {
  filter {
    name   = "opt-in-status"
    values = ["opt-in-not-required"]
  }
}

data "aws_vpc" "main" {
  count = var.create_vpc ? 0 : 1

  id = var.vpc_id
}

resource "aws_vpc" "main" {
  count = var.create_vpc ? 1 : 0

  cidr_block                       = var.cidr_block
  ipv4_ipam_pool_id                = var.vpc_ipv4_ipam_pool_id
  ipv4_netmask_length              = var.vpc_ipv4_netmask_length
  assign_generated_ipv6_cidr_block = var.vpc_assign_generated_ipv6_cidr_block
  ipv6_cidr_block                  = var.vpc_ipv6_cidr_block
  ipv6_ipam_pool_id                = var.vpc_ipv6_ipam_pool_id
  ipv6_netmask_length              = var.vpc_ipv6_netmask_length
  enable_dns_hostnames             = var.vpc_enable_dns_hostnames
  enable_dns_support               = var.vpc_enable_dns_support
  instance_tenancy                 = var.vpc_instance_tenancy
  tags                             = merge({ Name = var.name }, var.tags)
}

resource "aws_vpc_ipv4_cidr_block_association" "secondary" {
  count = var.vpc_secondary_cidr && !var.create_vpc ? 1 : 0

  vpc_id            = var.vpc_id
  cidr_block        = local.cidr_block
  ipv4_ipam_pool_id = var.vpc_ipv4_ipam_pool_id
}

resource "aws_internet_gateway" "main" {
  count = contains(keys(var.subnets), "public") ? 1 : 0

  vpc_id = local.vpc.id
  tags   = merge({ Name = "${var.name}-igw" }, local.public_tags)
}

resource "aws_egress_only_internet_gateway" "eigw" {
  count = var.vpc_egress_only_internet_gateway ? 1 : 0

  vpc_id = local.vpc.id
  tags   = merge({ Name = var.name }, var.tags)
}

resource "aws_eip" "nat" {
  for_each = toset(local.nat_zones)

  domain = "vpc"
  tags   = merge({ Name = "nat-${local.prefix.public}-${each.key}" }, local.public_tags)
}

resource "aws_nat_gateway" "main" {
  for_each = toset(local.nat_zones)

  allocation_id = aws_eip.nat[each.key].id
  subnet_id     = aws_subnet.public[each.key].id
  tags          = merge({ Name = "nat-${local.prefix.public}-${each.key}" }, local.public_tags)
}

resource "aws_subnet" "private" {
  for_each = toset(local.private)

  vpc_id                  = local.vpc.id
  availability_zone       = split("/", each.key)[1]
  cidr_block              = try(local.given[split("/", each.key)[0]][split("/", each.key)[1]], local.cut[each.key], null)
  ipv6_cidr_block         = try(local.cut6[each.key], local.given6[split("/", each.key)[0]][split("/", each.key)[1]], null)
  ipv6_native             = can(var.subnets[split("/", each.key)[0]].ipv6_native)
  map_public_ip_on_launch = can(var.subnets[split("/", each.key)[0]].ipv6_native) ? null : false
  tags                    = merge({ Name = "${local.prefix[split("/", each.key)[0]]}-${split("/", each.key)[1]}" }, local.tags[split("/", each.key)[0]])
}

resource "aws_route_table" "private" {
  for_each = toset(local.private)

  vpc_id = local.vpc.id
  tags   = merge({ Name = "${local.prefix[split("/", each.key)[0]]}-${split("/", each.key)[1]}" }, local.tags[split("/", each.key)[0]])
}

resource "aws_route_table_association" "private" {
  for_each = toset(local.private)

  subnet_id      = aws_subnet.private[each.key].id
  route_table_id = aws_route_table.private[each.key].id
}

resource "aws_subnet" "public" {
  for_each = toset(local.zones_of.public)

  vpc_id                          = local.vpc.id
  availability_zone               = each.key
  cidr_block                      = try(local.given.public[each.key], local.cut["public/${each.key}"], null)
  ipv6_cidr_block                 = try(local.cut6["public/${each.key}"], local.given6.public[each.key], null)
  ipv6_native                     = local.public_ipv6_only
  map_public_ip_on_launch         = try(var.subnets.public.map_public_ip_on_launch, local.public_ipv6_only ? null : true)
  assign_ipv6_address_on_creation = local.public_ipv6_only || local.public_dualstack ? true : null
  tags                            = merge({ Name = "${local.prefix.public}-${each.key}" }, local.tags.public)
}

resource "aws_route_table" "public" {
  for_each = toset(local.zones_of.public)

  vpc_id = local.vpc.id
  tags   = merge({ Name = "${local.prefix.public}-${each.key}" }, local.tags.public)
}

resource "aws_route_table_association" "public" {
  for_each = toset(local.zones_of.public)

  subnet_id      = aws_subnet.public[each.key].id
  route_table_id = aws_route_table.public[each.key].id
}

resource "aws_subnet" "tgw" {
  for_each = toset(local.zones_of.transit_gateway)

  vpc_id            = local.vpc.id
  availability_zone = each.key
  cidr_block        = try(local.given.transit_gateway[each.key], local.cut["transit_gateway/${each.key}"], null)
  ipv6_cidr_block   = try(local.cut6["transit_gateway/${each.key}"], local.given6.transit_gateway[each.key], null)
  tags              = merge({ Name = "${local.prefix.transit_gateway}-${each.key}" }, local.tags.transit_gateway)
}

resource "aws_route_table" "tgw" {
  for_each = toset(local.zones_of.transit_gateway)

  vpc_id = local.vpc.id
  tags   = merge({ Name = "${local.prefix.transit_gateway}-${each.key}" }, local.tags.transit_gateway)
}

resource "aws_route_table_association" "tgw" {
  for_each = toset(local.zones_of.transit_gateway)

  subnet_id      = aws_subnet.tgw[each.key].id
  route_table_id = aws_route_table.tgw[each.key].id
}

resource "aws_subnet" "cwan" {
  for_each = toset(local.zones_of.core_network)

  vpc_id            = local.vpc.id
  availability_zone = each.key
  cidr_block        = try(local.given.core_network[each.key], local.cut["core_network/${each.key}"], null)
  ipv6_cidr_block   = try(local.cut6["core_network/${each.key}"], local.given6.core_network[each.key], null)
  tags              = merge({ Name = "${local.prefix.core_network}-${each.key}" }, local.tags.core_network)
}

resource "aws_route_table" "cwan" {
  for_each = toset(local.zones_of.core_network)

  vpc_id = local.vpc.id
  tags   = merge({ Name = "${local.prefix.core_network}-${each.key}" }, local.tags.core_network)
}

resource "aws_route_table_association" "cwan" {
  for_each = toset(local.zones_of.core_network)

  subnet_id      = aws_subnet.cwan[each.key].id
  route_table_id = aws_route_table.cwan[each.key].id
}

resource "aws_route" "public_to_igw" {
  for_each = toset(!local.public_ipv6_only && local.connect_to_igw ? local.zones_of.public : [])

  route_table_id         = aws_route_table.public[each.key].id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.main[0].id
}

resource "aws_route" "public_ipv6_to_igw" {
  for_each = toset((local.public_ipv6_only || local.public_dualstack) && local.connect_to_igw ? local.zones_of.public : [])

  route_table_id              = aws_route_table.public[each.key].id
  destination_ipv6_cidr_block = "::/0"
  gateway_id                  = aws_internet_gateway.main[0].id
}

resource "aws_route" "private_to_nat" {
  for_each = toset([for key in local.private : key if contains(local.to_nat, split("/", key)[0])])

  route_table_id         = aws_route_table.private[each.key].id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = local.nat[split("/", each.key)[1]].id
}

resource "aws_route" "private_to_egress_only" {
  for_each = toset([for key in local.private : key if contains(local.to_eigw, split("/", key)[0])])

  route_table_id              = aws_route_table.private[each.key].id
  destination_ipv6_cidr_block = "::/0"
  egress_only_gateway_id      = aws_egress_only_internet_gateway.eigw[0].id
}

resource "aws_route" "tgw_to_nat" {
  for_each = toset(try(var.subnets.transit_gateway.connect_to_public_natgw == true, false) && contains(keys(var.subnets), "public") ? local.azs : [])

  route_table_id         = aws_route_table.tgw[each.key].id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = local.nat[each.key].id
}

resource "aws_route" "cwan_to_nat" {
  for_each = toset(try(var.subnets.core_network.connect_to_public_natgw == true, false) && contains(keys(var.subnets), "public") ? local.azs : [])

  route_table_id         = aws_route_table.cwan[each.key].id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = local.nat[each.key].id
}

resource "aws_route" "public_to_tgw" {
  for_each = toset(can(var.transit_gateway_routes["public"]) ? local.zones_of.public : [])

  route_table_id             = aws_route_table.public[each.key].id
  transit_gateway_id         = var.transit_gateway_id
  destination_cidr_block     = startswith(var.transit_gateway_routes["public"], "pl-") ? null : var.transit_gateway_routes["public"]
  destination_prefix_list_id = startswith(var.transit_gateway_routes["public"], "pl-") ? var.transit_gateway_routes["public"] : null
}

resource "aws_route" "private_to_tgw" {
  for_each = toset([for key in local.private : key if contains(keys(var.transit_gateway_routes), split("/", key)[0])])

  route_table_id             = aws_route_table.private[each.key].id
  transit_gateway_id         = var.transit_gateway_id
  destination_cidr_block     = startswith(var.transit_gateway_routes[split("/", each.key)[0]], "pl-") ? null : var.transit_gateway_routes[split("/", each.key)[0]]
  destination_prefix_list_id = startswith(var.transit_gateway_routes[split("/", each.key)[0]], "pl-") ? var.transit_gateway_routes[split("/", each.key)[0]] : null
}

resource "aws_route" "ipv6_public_to_tgw" {
  for_each = toset(can(var.transit_gateway_ipv6_routes["public"]) ? local.zones_of.public : [])

  route_table_id              = aws_route_table.public[each.key].id
  transit_gateway_id          = var.transit_gateway_id
  destination_ipv6_cidr_block = startswith(var.transit_gateway_ipv6_routes["public"], "pl-") ? null : var.transit_gateway_ipv6_routes["public"]
  destination_prefix_list_id  = startswith(var.transit_gateway_ipv6_routes["public"], "pl-") ? var.transit_gateway_ipv6_routes["public"] : null
}

resource "aws_route" "ipv6_private_to_tgw" {
  for_each = toset([for key in local.private : key if contains(keys(var.transit_gateway_ipv6_routes), split("/", key)[0])])

  route_table_id              = aws_route_table.private[each.key].id
  transit_gateway_id          = var.transit_gateway_id
  destination_ipv6_cidr_block = startswith(var.transit_gateway_ipv6_routes[split("/", each.key)[0]], "pl-") ? null : var.transit_gateway_ipv6_routes[split("/", each.key)[0]]
  destination_prefix_list_id  = startswith(var.transit_gateway_ipv6_routes[split("/", each.key)[0]], "pl-") ? var.transit_gateway_ipv6_routes[split("/", each.key)[0]] : null
}

resource "aws_route" "public_to_cwan" {
  for_each = toset(can(var.core_network_routes["public"]) && local.cwan_routes ? local.zones_of.public : [])

  route_table_id             = aws_route_table.public[each.key].id
  core_network_arn           = var.core_network.arn
  destination_cidr_block     = startswith(var.core_network_routes["public"], "pl-") ? null : var.core_network_routes["public"]
  destination_prefix_list_id = startswith(var.core_network_routes["public"], "pl-") ? var.core_network_routes["public"] : null
}

resource "aws_route" "private_to_cwan" {
  for_each = toset([for key in local.private : key if contains(keys(var.core_network_routes), split("/", key)[0]) && local.cwan_routes])

  route_table_id             = aws_route_table.private[each.key].id
  core_network_arn           = var.core_network.arn
  destination_cidr_block     = startswith(var.core_network_routes[split("/", each.key)[0]], "pl-") ? null : var.core_network_routes[split("/", each.key)[0]]
  destination_prefix_list_id = startswith(var.core_network_routes[split("/", each.key)[0]], "pl-") ? var.core_network_routes[split("/", each.key)[0]] : null
}

resource "aws_route" "ipv6_public_to_cwan" {
  for_each = toset(can(var.core_network_ipv6_routes["public"]) && local.cwan_routes ? local.zones_of.public : [])

  route_table_id              = aws_route_table.public[each.key].id
  core_network_arn            = var.core_network.arn
  destination_ipv6_cidr_block = startswith(var.core_network_ipv6_routes["public"], "pl-") ? null : var.core_network_ipv6_routes["public"]
  destination_prefix_list_id  = startswith(var.core_network_ipv6_routes["public"], "pl-") ? var.core_network_ipv6_routes["public"] : null
}

resource "aws_route" "ipv6_private_to_cwan" {
  for_each = toset([for key in local.private : key if contains(keys(var.core_network_ipv6_routes), split("/", key)[0]) && local.cwan_routes])

  route_table_id              = aws_route_table.private[each.key].id
  core_network_arn            = var.core_network.arn
  destination_ipv6_cidr_block = startswith(var.core_network_ipv6_routes[split("/", each.key)[0]], "pl-") ? null : var.core_network_ipv6_routes[split("/", each.key)[0]]
  destination_prefix_list_id  = startswith(var.core_network_ipv6_routes[split("/", each.key)[0]], "pl-") ? var.core_network_ipv6_routes[split("/", each.key)[0]] : null
}

resource "aws_ec2_transit_gateway_vpc_attachment" "tgw" {
  count = contains(keys(var.subnets), "transit_gateway") ? 1 : 0

  transit_gateway_id = var.transit_gateway_id
  vpc_id             = local.vpc.id
  subnet_ids         = values(aws_subnet.tgw)[*].id

  transit_gateway_default_route_table_association = try(var.subnets.transit_gateway.transit_gateway_default_route_table_association, null)
  transit_gateway_default_route_table_propagation = try(var.subnets.transit_gateway.transit_gateway_default_route_table_propagation, null)
  appliance_mode_support                          = try(var.subnets.transit_gateway.transit_gateway_appliance_mode_support, "disable")
  dns_support                                     = try(var.subnets.transit_gateway.transit_gateway_dns_support, "enable")
  ipv6_support                                    = can(var.subnets.transit_gateway.assign_ipv6_cidr) || can(var.subnets.transit_gateway.ipv6_cidrs) ? "enable" : "disable"
  security_group_referencing_support              = try(var.subnets.transit_gateway.transit_gateway_security_group_referencing_support, "enable")

  tags = merge({ Name = "${var.name}-vpc_attachment" }, local.tags.transit_gateway)
}

resource "aws_networkmanager_vpc_attachment" "cwan" {
  count = contains(keys(var.subnets), "core_network") ? 1 : 0

  core_network_id = var.core_network.id
  vpc_arn         = local.vpc.arn
  subnet_arns     = values(aws_subnet.cwan)[*].arn
  tags            = merge({ Name = "${var.name}-vpc_attachment" }, local.tags.core_network)
}

resource "aws_networkmanager_attachment_accepter" "cwan" {
  count = contains(keys(var.subnets), "core_network") && local.accepts ? 1 : 0

  attachment_id   = aws_networkmanager_vpc_attachment.cwan[0].id
  attachment_type = "VPC"
}

resource "aws_vpclattice_service_network_vpc_association" "vpc_lattice_service_network_association" {
  count = length(keys(var.vpc_lattice)) > 0 ? 1 : 0

  vpc_identifier             = aws_vpc.main[0].id
  service_network_identifier = var.vpc_lattice.service_network_identifier
  security_group_ids         = try(var.vpc_lattice.security_group_ids, null)
  tags                       = merge(var.tags, try(var.vpc_lattice.tags, {}))
}
