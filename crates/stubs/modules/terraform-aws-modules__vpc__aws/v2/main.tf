# privatelint's own stand-in for terraform-aws-modules/vpc/aws, 2.x: the inputs, outputs and networking
# resources under the addresses that the module gives them, and nothing else. Descriptions, validation, timeouts and
# lifecycle rules are left out; of the flow log only what outputs refer to is here.

locals {
  create_vpc = var.create_vpc && var.putin_khuylo
  # Through the secondary blocks where there are some, as subnets may lie in them.
  vpc_id = try(aws_vpc_ipv4_cidr_block_association.this[0].vpc_id, aws_vpc.this[0].id, "")
  # An availability zone is given by its name (us-east-1a) or by its id (use1-az1).
  zone_name = "^[a-z]{2}-"

  # How many subnets each tier has.
  size = {
    public      = local.create_vpc ? length(var.public_subnets) : 0
    private     = local.create_vpc ? length(var.private_subnets) : 0
    database    = local.create_vpc ? length(var.database_subnets) : 0
    redshift    = local.create_vpc ? length(var.redshift_subnets) : 0
    elasticache = local.create_vpc ? length(var.elasticache_subnets) : 0
    intra       = local.create_vpc ? length(var.intra_subnets) : 0
    outpost     = local.create_vpc ? length(var.outpost_subnets) : 0
  }
  widest       = max(local.size.private, local.size.database, local.size.redshift, local.size.elasticache)
  nat_gateways = var.single_nat_gateway ? 1 : var.one_nat_gateway_per_az ? length(var.azs) : local.widest
}

resource "aws_vpc" "this" {
  count                            = local.create_vpc ? 1 : 0
  cidr_block                       = var.cidr
  assign_generated_ipv6_cidr_block = var.enable_ipv6
  instance_tenancy                 = var.instance_tenancy
  enable_dns_hostnames             = var.enable_dns_hostnames
  enable_dns_support               = var.enable_dns_support
  tags                             = merge({ Name = var.name }, var.tags, var.vpc_tags)
}

resource "aws_vpc_ipv4_cidr_block_association" "this" {
  count      = local.create_vpc ? length(var.secondary_cidr_blocks) : 0
  vpc_id     = aws_vpc.this[0].id
  cidr_block = var.secondary_cidr_blocks[count.index]
}

resource "aws_vpc_dhcp_options" "this" {
  count                = local.create_vpc && var.enable_dhcp_options ? 1 : 0
  domain_name          = var.dhcp_options_domain_name
  domain_name_servers  = var.dhcp_options_domain_name_servers
  ntp_servers          = var.dhcp_options_ntp_servers
  netbios_name_servers = var.dhcp_options_netbios_name_servers
  netbios_node_type    = var.dhcp_options_netbios_node_type
  tags                 = merge({ Name = var.name }, var.tags, var.dhcp_options_tags)
}

resource "aws_vpc_dhcp_options_association" "this" {
  count           = local.create_vpc && var.enable_dhcp_options ? 1 : 0
  vpc_id          = local.vpc_id
  dhcp_options_id = aws_vpc_dhcp_options.this[0].id
}

resource "aws_flow_log" "this" {
  count                = var.create_vpc && var.enable_flow_log ? 1 : 0
  vpc_id               = local.vpc_id
  traffic_type         = var.flow_log_traffic_type
  log_destination_type = var.flow_log_destination_type
}
