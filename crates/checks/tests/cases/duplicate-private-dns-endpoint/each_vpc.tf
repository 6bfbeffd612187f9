# The instances are in one VPC each.
resource "aws_vpc" "this" {
  for_each = { a = "10.0.0.0/16", b = "10.1.0.0/16" }

  cidr_block           = each.value
  enable_dns_hostnames = true
}

resource "aws_vpc_endpoint" "kms" {
  for_each = aws_vpc.this

  vpc_id              = each.value.id
  service_name        = "com.amazonaws.eu-west-1.kms"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
}
