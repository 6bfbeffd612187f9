locals {
  public_per_zone  = coalesce(var.public_subnets_per_az_count, var.subnets_per_az_count)
  private_per_zone = coalesce(var.private_subnets_per_az_count, var.subnets_per_az_count)
  public_names     = var.public_subnets_per_az_names != null ? var.public_subnets_per_az_names : var.subnets_per_az_names
  private_names    = var.private_subnets_per_az_names != null ? var.private_subnets_per_az_names : var.subnets_per_az_names
  public_zones     = local.enabled.public ? flatten([for zone in local.zones : [for subnet in range(local.public_per_zone) : zone]]) : []
  private_zones    = local.enabled.private ? flatten([for zone in local.zones : [for subnet in range(local.private_per_zone) : zone]]) : []
  nat_count        = length(local.nat_subnets)
}

resource "aws_route" "nat4" { nat_gateway_id = aws_nat_gateway.default[local.nat_of_private[count.index]].id }
resource "aws_route" "private_nat64" { nat_gateway_id = aws_nat_gateway.default[local.nat_of_private[count.index]].id }
resource "aws_route" "public_nat64" { nat_gateway_id = aws_nat_gateway.default[local.nat_of_public[count.index]].id }
resource "aws_route" "nat_instance" { network_interface_id = aws_instance.nat_instance[local.nat_of_private[count.index]].primary_network_interface_id }
resource "aws_eip" "default" { tags = merge(module.nat_label.tags, { Name = "${module.nat_label.id}${module.this.delimiter}${data.unmodelled.this.zone_abbreviations[local.nat_subnets[count.index]]}" }) }

resource "aws_nat_gateway" "default" {
  subnet_id = aws_subnet.public[local.nat_subnets[count.index]].id
  tags      = merge(module.nat_label.tags, { Name = "${module.nat_label.id}${module.this.delimiter}${data.unmodelled.this.zone_abbreviations[local.nat_subnets[count.index]]}" })
}

resource "aws_instance" "nat_instance" {
  subnet_id = aws_subnet.public[local.nat_subnets[count.index]].id
  tags      = merge(module.nat_instance_label.tags, { Name = "${module.nat_instance_label.id}${module.this.delimiter}${data.unmodelled.this.zone_abbreviations[local.nat_subnets[count.index]]}" })
}

output "named_private_subnets_stats_map" { value = { for at, name in local.private_names : name => [for zone, tables in local.private_tables_by_zone : { az = zone, route_table_id = try(tables[at], ""), subnet_id = try(local.private_by_zone[zone][at], ""), nat_gateway_id = data.unmodelled.this.nat_gateway_id }] } }
output "named_public_subnets_stats_map" { value = { for at, name in local.public_names : name => [for zone, tables in local.public_tables_by_zone : { az = zone, route_table_id = try(tables[at], ""), subnet_id = try(local.public_by_zone[zone][at], ""), nat_gateway_id = data.unmodelled.this.nat_gateway_id }] } }
