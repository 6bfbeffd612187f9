# An endpoint for a Gateway Load Balancer has no route tables either: routes lead to it.
resource "aws_vpc_endpoint" "x" {
  vpc_id            = "vpc-0a1b2c3d4e5f60718"
  service_name      = "com.amazonaws.vpce.eu-west-1.vpce-svc-0a1b2c3d4e5f60718"
  vpc_endpoint_type = "GatewayLoadBalancer"
  route_table_ids   = ["rtb-0a1b2c3d4e5f60718"] # expect: route-tables-on-non-gateway
}
