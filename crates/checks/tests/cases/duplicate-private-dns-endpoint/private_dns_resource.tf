# T4: a resource of its own switches private DNS on.
resource "aws_vpc_endpoint" "a" {
  vpc_id              = "vpc-0a1b2c3d4e5f60718"
  service_name        = "com.amazonaws.eu-west-1.kms"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
}

resource "aws_vpc_endpoint" "b" {
  vpc_id            = "vpc-0a1b2c3d4e5f60718"
  service_name      = "com.amazonaws.eu-west-1.kms"
  vpc_endpoint_type = "Interface"
}

resource "aws_vpc_endpoint_private_dns" "b" {
  vpc_endpoint_id     = aws_vpc_endpoint.b.id
  private_dns_enabled = true # expect: duplicate-private-dns-endpoint
}
