locals {
  azs = length(var.azs) == 0 ? slice(data.aws_availability_zones.current.names, 0, var.az_count) : var.azs
  vpc = var.create_vpc ? aws_vpc.main[0] : data.aws_vpc.main[0]
}

data "aws_vpc" "main" { count = var.create_vpc ? 0 : 1 }
resource "aws_vpc" "main" { count = var.create_vpc ? 1 : 0 }
resource "aws_vpc_ipv4_cidr_block_association" "secondary" { count = var.vpc_secondary_cidr && !var.create_vpc ? 1 : 0 }
resource "aws_subnet" "public" { map_public_ip_on_launch = try(var.subnets.public.map_public_ip_on_launch, local.public_ipv6_only ? null : true) }
resource "aws_ec2_transit_gateway_vpc_attachment" "tgw" { tags = merge({ Name = "${var.name}-vpc_attachment" }, local.tags.transit_gateway) }
variable "az_count" { default = 0 }
