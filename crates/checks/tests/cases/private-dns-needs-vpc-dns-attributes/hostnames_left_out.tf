# A VPC that the provider makes has DNS hostnames off.
resource "aws_vpc" "main" { # expect: private-dns-needs-vpc-dns-attributes
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc_endpoint" "x" {
  vpc_id              = aws_vpc.main.id
  service_name        = "com.amazonaws.eu-west-1.kms"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
}
