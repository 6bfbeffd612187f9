# An endpoint for a resource has private DNS too.
resource "aws_vpc" "main" { # expect: private-dns-needs-vpc-dns-attributes
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc_endpoint" "db" {
  vpc_id                     = aws_vpc.main.id
  resource_configuration_arn = "arn:aws:vpc-lattice:eu-west-1:123456789012:resourceconfiguration/rcfg-0a1b2c3d4e5f60718"
  vpc_endpoint_type          = "Resource"
  private_dns_enabled        = true
}
