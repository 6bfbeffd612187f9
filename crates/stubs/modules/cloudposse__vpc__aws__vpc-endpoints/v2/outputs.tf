output "gateway_vpc_endpoints_map" { value = data.aws_vpc_endpoint.gateway }
output "interface_vpc_endpoints_map" { value = data.aws_vpc_endpoint.interface }
