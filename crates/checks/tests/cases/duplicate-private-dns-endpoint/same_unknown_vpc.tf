# T1: whatever the VPC is, it is one.
variable "vpc_id" {
  type = string
}

resource "aws_vpc_endpoint" "a" {
  vpc_id              = var.vpc_id
  service_name        = "com.amazonaws.eu-west-1.kms"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
}

resource "aws_vpc_endpoint" "b" {
  vpc_id              = var.vpc_id
  service_name        = "com.amazonaws.eu-west-1.kms"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true # expect: duplicate-private-dns-endpoint
}
