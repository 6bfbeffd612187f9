# T3: whichever of the two it is, it needs a subnet.
variable "inspected" {
  type = bool
}

resource "aws_vpc_endpoint" "this" { # expect: interface-endpoint-without-subnets
  vpc_id            = "vpc-0a1b2c3d4e5f60718"
  service_name      = "com.amazonaws.vpce.eu-west-1.vpce-svc-0a1b2c3d4e5f60718"
  vpc_endpoint_type = var.inspected ? "GatewayLoadBalancer" : "Interface"
}
