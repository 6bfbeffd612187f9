# A Gateway Load Balancer endpoint is a network interface too.
resource "aws_vpc_endpoint" "firewall" { # expect: interface-endpoint-without-subnets
  vpc_id            = "vpc-0a1b2c3d4e5f60718"
  service_name      = "com.amazonaws.vpce.eu-west-1.vpce-svc-0a1b2c3d4e5f60718"
  vpc_endpoint_type = "GatewayLoadBalancer"
}
