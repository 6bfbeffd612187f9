# An inbound resolver endpoint of the hub knows the names.
resource "aws_vpc" "main" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_vpc_dhcp_options" "it" {
  domain_name_servers = ["10.9.0.10"]
}

resource "aws_vpc_dhcp_options_association" "it" {
  vpc_id          = aws_vpc.main.id
  dhcp_options_id = aws_vpc_dhcp_options.it.id
}

resource "aws_vpc_endpoint" "it" {
  vpc_id              = aws_vpc.main.id
  service_name        = "com.amazonaws.eu-west-1.kms"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
}

resource "aws_route53_resolver_endpoint" "in" {
  direction          = "INBOUND"
  security_group_ids = ["sg-0a1b2c3d4e5f60718"]

  ip_address {
    subnet_id = "subnet-0a1b2c3d4e5f60718"
    ip        = "10.9.0.10"
  }

  ip_address {
    subnet_id = "subnet-1a1b2c3d4e5f60718"
    ip        = "10.9.1.10"
  }
}
