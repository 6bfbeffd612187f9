# T3: whether the second is there is not known; if it is, it conflicts.
variable "extra" {
  type = bool
}

resource "aws_vpc_endpoint" "a" {
  vpc_id              = "vpc-0a1b2c3d4e5f60718"
  service_name        = "com.amazonaws.eu-west-1.kms"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
}

resource "aws_vpc_endpoint" "b" {
  count = var.extra ? 1 : 0

  vpc_id              = "vpc-0a1b2c3d4e5f60718"
  service_name        = "com.amazonaws.eu-west-1.kms"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true # expect: duplicate-private-dns-endpoint
}
