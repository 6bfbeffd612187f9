# T3: either arm is an interface endpoint.
variable "private" {
  type = bool
}

resource "aws_vpc_endpoint" "x" {
  vpc_id            = "vpc-0a1b2c3d4e5f60718"
  service_name      = "com.amazonaws.eu-west-1.sqs"
  vpc_endpoint_type = var.private ? "Interface" : "GatewayLoadBalancer"
}
