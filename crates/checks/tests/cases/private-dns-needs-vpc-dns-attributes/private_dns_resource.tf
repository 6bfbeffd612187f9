# T4: a resource of its own switches private DNS on.
resource "aws_vpc" "main" { # expect: private-dns-needs-vpc-dns-attributes
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc_endpoint" "x" {
  vpc_id            = aws_vpc.main.id
  service_name      = "com.amazonaws.eu-west-1.kms"
  vpc_endpoint_type = "Interface"
}

resource "aws_vpc_endpoint_private_dns" "x" {
  vpc_endpoint_id     = aws_vpc_endpoint.x.id
  private_dns_enabled = true
}
