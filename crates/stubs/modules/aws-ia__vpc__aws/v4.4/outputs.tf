# Stands for what is left out here: nothing is known of it.
data "unmodelled" "this" {}

output "vpc_attributes" { value = local.vpc }
output "azs" { value = local.azs }
output "transit_gateway_attachment_id" { value = try(aws_ec2_transit_gateway_vpc_attachment.tgw[0].id, null) }
output "core_network_attachment" { value = try(aws_networkmanager_vpc_attachment.cwan[0], null) }
output "private_subnet_attributes_by_az" { value = aws_subnet.private }
output "public_subnet_attributes_by_az" { value = aws_subnet.public }
output "tgw_subnet_attributes_by_az" { value = aws_subnet.tgw }
output "core_network_subnet_attributes_by_az" { value = aws_subnet.cwan }
output "rt_attributes_by_type_by_az" { value = { private = aws_route_table.private, public = aws_route_table.public, transit_gateway = aws_route_table.tgw, core_network = aws_route_table.cwan } }
output "nat_gateway_attributes_by_az" { value = aws_nat_gateway.main }
output "natgw_id_per_az" { value = local.nat }
output "internet_gateway" { value = try(aws_internet_gateway.main[0], null) }
output "egress_only_internet_gateway" { value = try(aws_egress_only_internet_gateway.eigw[0], null) }
output "vpc_lattice_service_network_association" { value = try(aws_vpclattice_service_network_vpc_association.vpc_lattice_service_network_association[0], null) }
output "flow_log_attributes" { value = data.unmodelled.this.flow_log_attributes }
