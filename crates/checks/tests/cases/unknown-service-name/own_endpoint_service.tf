# An endpoint service that is declared here.
resource "aws_vpc_endpoint_service" "api" {
  acceptance_required        = false
  network_load_balancer_arns = ["arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/net/api/0a1b2c3d4e5f6071"]
}

resource "aws_vpc_endpoint" "x" {
  vpc_id            = "vpc-0a1b2c3d4e5f60718"
  service_name      = aws_vpc_endpoint_service.api.service_name
  vpc_endpoint_type = "Interface"
}
