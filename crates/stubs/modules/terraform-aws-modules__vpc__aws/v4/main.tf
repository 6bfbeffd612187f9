# privatelint's own stand-in for terraform-aws-modules/vpc/aws, 4.x to 6.x: the inputs, outputs and networking
# resources under the addresses that the module gives them, and nothing else. Descriptions, validation, timeouts and
# lifecycle rules are left out; of the flow log only what outputs refer to is here.
# Inputs that came later (`region` in 6.1, the others in 5.x) default to what the earlier versions did. Two things are
# those of the newest only: before 5.7 there was one route to the egress-only gateway per private subnet, in the same tables,
# and before 5.0 the addresses of NAT gateways said `vpc = true`.

locals {
  create_vpc = var.create_vpc && var.putin_khuylo
  # Through the secondary blocks where there are some, as subnets may lie in them.
  vpc_id = try(aws_vpc_ipv4_cidr_block_association.this[0].vpc_id, aws_vpc.this[0].id, "")
  # An availability zone is given by its name (us-east-1a) or by its id (use1-az1).
  zone_name = "^[a-z]{2}-"

  # How many subnets each tier has; one of IPv6 alone has a prefix and no IPv4 block.
  size = {
    public      = local.create_vpc ? max(length(var.public_subnets), length(var.public_subnet_ipv6_prefixes)) : 0
    private     = local.create_vpc ? max(length(var.private_subnets), length(var.private_subnet_ipv6_prefixes)) : 0
    database    = local.create_vpc ? max(length(var.database_subnets), length(var.database_subnet_ipv6_prefixes)) : 0
    redshift    = local.create_vpc ? max(length(var.redshift_subnets), length(var.redshift_subnet_ipv6_prefixes)) : 0
    elasticache = local.create_vpc ? max(length(var.elasticache_subnets), length(var.elasticache_subnet_ipv6_prefixes)) : 0
    intra       = local.create_vpc ? max(length(var.intra_subnets), length(var.intra_subnet_ipv6_prefixes)) : 0
    outpost     = local.create_vpc ? max(length(var.outpost_subnets), length(var.outpost_subnet_ipv6_prefixes)) : 0
  }
  widest       = max(local.size.public, local.size.private, local.size.database, local.size.redshift, local.size.elasticache)
  nat_gateways = var.single_nat_gateway ? 1 : var.one_nat_gateway_per_az ? length(var.azs) : local.widest
}

resource "aws_vpc" "this" {
  count                                = local.create_vpc ? 1 : 0
  region                               = var.region
  cidr_block                           = var.use_ipam_pool ? null : var.cidr
  ipv4_ipam_pool_id                    = var.ipv4_ipam_pool_id
  ipv4_netmask_length                  = var.ipv4_netmask_length
  assign_generated_ipv6_cidr_block     = var.enable_ipv6 && !var.use_ipam_pool ? true : null
  ipv6_cidr_block                      = var.ipv6_cidr
  ipv6_ipam_pool_id                    = var.ipv6_ipam_pool_id
  ipv6_netmask_length                  = var.ipv6_netmask_length
  ipv6_cidr_block_network_border_group = var.ipv6_cidr_block_network_border_group
  enable_network_address_usage_metrics = var.enable_network_address_usage_metrics
  instance_tenancy                     = var.instance_tenancy
  enable_dns_hostnames                 = var.enable_dns_hostnames
  enable_dns_support                   = var.enable_dns_support
  tags                                 = merge({ Name = var.name }, var.tags, var.vpc_tags)
}

resource "aws_vpc_ipv4_cidr_block_association" "this" {
  count      = local.create_vpc ? length(var.secondary_cidr_blocks) : 0
  region     = var.region
  vpc_id     = aws_vpc.this[0].id
  cidr_block = var.secondary_cidr_blocks[count.index]
}

resource "aws_vpc_block_public_access_options" "this" {
  count                       = local.create_vpc && length(var.vpc_block_public_access_options) > 0 ? 1 : 0
  region                      = var.region
  internet_gateway_block_mode = try(var.vpc_block_public_access_options.internet_gateway_block_mode, null)
}

resource "aws_vpc_block_public_access_exclusion" "this" {
  for_each                        = { for name, exclusion in var.vpc_block_public_access_exclusions : name => exclusion if local.create_vpc }
  region                          = var.region
  internet_gateway_exclusion_mode = each.value.internet_gateway_exclusion_mode
  vpc_id                          = try(each.value.exclude_vpc, false) ? local.vpc_id : null
  subnet_id = try(each.value.exclude_subnet, false) ? {
    public      = aws_subnet.public[*].id
    private     = aws_subnet.private[*].id
    database    = aws_subnet.database[*].id
    redshift    = aws_subnet.redshift[*].id
    elasticache = aws_subnet.elasticache[*].id
    intra       = aws_subnet.intra[*].id
    outpost     = aws_subnet.outpost[*].id
  }[each.value.subnet_type][each.value.subnet_index] : null
  tags = merge(var.tags, try(each.value.tags, {}))
}

resource "aws_vpc_dhcp_options" "this" {
  count                             = local.create_vpc && var.enable_dhcp_options ? 1 : 0
  region                            = var.region
  domain_name                       = var.dhcp_options_domain_name
  domain_name_servers               = var.dhcp_options_domain_name_servers
  ntp_servers                       = var.dhcp_options_ntp_servers
  netbios_name_servers              = var.dhcp_options_netbios_name_servers
  netbios_node_type                 = var.dhcp_options_netbios_node_type
  ipv6_address_preferred_lease_time = var.dhcp_options_ipv6_address_preferred_lease_time
  tags                              = merge({ Name = var.name }, var.tags, var.dhcp_options_tags)
}

resource "aws_vpc_dhcp_options_association" "this" {
  count           = local.create_vpc && var.enable_dhcp_options ? 1 : 0
  region          = var.region
  vpc_id          = local.vpc_id
  dhcp_options_id = aws_vpc_dhcp_options.this[0].id
}

resource "aws_flow_log" "this" {
  count                = var.create_vpc && var.enable_flow_log ? 1 : 0
  region               = var.region
  vpc_id               = local.vpc_id
  traffic_type         = var.flow_log_traffic_type
  log_destination_type = var.flow_log_destination_type
}
