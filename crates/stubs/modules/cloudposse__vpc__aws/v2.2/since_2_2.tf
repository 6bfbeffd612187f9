module "igw_label" {
  source     = "cloudposse/label/null"
  version    = "0.25.0"
  enabled    = local.enabled && var.internet_gateway_enabled
  attributes = ["igw"]
  context    = module.this.context
}

module "eigw_label" {
  source     = "cloudposse/label/null"
  version    = "0.25.0"
  enabled    = local.enabled && var.ipv6_egress_only_internet_gateway_enabled
  attributes = ["eigw"]
  context    = module.this.context
}
