# Stands for what is left out here: nothing is known of it.
data "unmodelled" "this" {}

output "nat_gateway_public_ips" { value = local.nat && !local.own_eips ? var.nat_elastic_ips : aws_eip.default[*].public_ip }
output "availability_zones" { value = local.zones }
output "availability_zone_ids" { value = local.any && length(var.availability_zone_ids) > 0 ? var.availability_zone_ids : [for zone in local.zones : local.id_of_zone[zone]] }
output "public_subnet_ids" { value = aws_subnet.public[*].id }
output "public_subnet_arns" { value = aws_subnet.public[*].arn }
output "private_subnet_ids" { value = aws_subnet.private[*].id }
output "private_subnet_arns" { value = aws_subnet.private[*].arn }
output "public_subnet_cidrs" { value = local.enabled.public4 ? aws_subnet.public[*].cidr_block : [] }
output "public_subnet_ipv6_cidrs" { value = local.enabled.public6 ? aws_subnet.public[*].ipv6_cidr_block : [] }
output "private_subnet_cidrs" { value = local.enabled.private4 ? aws_subnet.private[*].cidr_block : [] }
output "private_subnet_ipv6_cidrs" { value = local.enabled.private6 ? aws_subnet.private[*].ipv6_cidr_block : [] }
output "public_route_table_ids" { value = aws_route_table.public[*].id }
output "private_route_table_ids" { value = aws_route_table.private[*].id }
output "public_network_acl_id" { value = local.enabled.public && var.public_open_network_acl_enabled ? aws_network_acl.public[0].id : null }
output "private_network_acl_id" { value = local.enabled.private && var.private_open_network_acl_enabled ? aws_network_acl.private[0].id : null }
output "nat_gateway_ids" { value = aws_nat_gateway.default[*].id }
output "nat_gateway_private_ips" { value = aws_nat_gateway.default[*].private_ip }
output "nat_instance_ids" { value = aws_instance.nat_instance[*].id }
output "nat_instance_ami_id" { value = local.nat_instance ? data.unmodelled.this.nat_instance_ami_id : null }
output "nat_ips" { value = local.nat && !local.own_eips ? var.nat_elastic_ips : aws_eip.default[*].public_ip }
output "nat_eip_allocation_ids" { value = local.eips }
output "az_private_subnets_map" { value = local.private_by_zone }
output "az_public_subnets_map" { value = local.public_by_zone }
output "az_private_route_table_ids_map" { value = local.private_tables_by_zone }
output "az_public_route_table_ids_map" { value = local.public_tables_by_zone }
output "named_private_subnets_map" { value = { for at, name in local.private_names : name => compact([for subnets in values(local.private_by_zone) : try(subnets[at], "")]) } }
output "named_public_subnets_map" { value = { for at, name in local.public_names : name => compact([for subnets in values(local.public_by_zone) : try(subnets[at], "")]) } }
output "named_private_route_table_ids_map" { value = { for at, name in local.private_names : name => compact([for tables in values(local.private_tables_by_zone) : try(tables[at], "")]) } }
output "named_public_route_table_ids_map" { value = { for at, name in local.public_names : name => compact([for tables in values(local.public_tables_by_zone) : try(tables[at], "")]) } }
output "named_private_subnets_stats_map" { value = { for at, name in local.private_names : name => [for zone, tables in local.private_tables_by_zone : { az = zone, route_table_id = try(tables[at], ""), subnet_id = try(local.private_by_zone[zone][at], ""), nat_gateway_id = data.unmodelled.this.nat_gateway_id }] } }
output "named_public_subnets_stats_map" { value = { for at, name in local.public_names : name => [for zone, tables in local.public_tables_by_zone : { az = zone, route_table_id = try(tables[at], ""), subnet_id = try(local.public_by_zone[zone][at], ""), nat_gateway_id = data.unmodelled.this.nat_gateway_id }] } }
