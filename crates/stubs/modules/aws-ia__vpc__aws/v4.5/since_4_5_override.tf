locals {
  to_cut = var.optimize_subnet_cidr_ranges ? flatten([for mask in local.masks : [for one in local.unsorted : one if one.netmask == tonumber(mask)]]) : local.unsorted
}

resource "aws_internet_gateway" "main" { tags = merge({ Name = "${var.name}-igw" }, local.public_tags) }
resource "aws_ec2_transit_gateway_vpc_attachment" "tgw" { security_group_referencing_support = try(var.subnets.transit_gateway.transit_gateway_security_group_referencing_support, "enable") }
