resource "aws_ec2_transit_gateway" "this" { region = var.region }

resource "aws_ec2_transit_gateway_vpc_attachment" "this" {
  region = var.region
  tags   = merge(var.tags, { Name = "${var.name}-${each.key}" }, var.tgw_vpc_attachment_tags, try(each.value.tags, {}))
}

resource "aws_ec2_transit_gateway_route_table" "this" { region = var.region }
resource "aws_ec2_transit_gateway_route" "this" { region = var.region }
resource "aws_route" "this" { region = var.region }
resource "aws_ec2_transit_gateway_route_table_association" "this" { region = var.region }
resource "aws_ec2_transit_gateway_route_table_propagation" "this" { region = var.region }
resource "aws_ram_resource_share" "this" { region = var.region }
resource "aws_ram_resource_association" "this" { region = var.region }
resource "aws_ram_principal_association" "this" { region = var.region }
resource "aws_ram_resource_share_accepter" "this" { region = var.region }
