# T3: it is one of two VPCs, and both have hostnames off.
variable "blue" {
  type = bool
}

resource "aws_vpc" "main" { # expect: private-dns-needs-vpc-dns-attributes
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "other" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc_endpoint" "x" {
  vpc_id              = var.blue ? aws_vpc.main.id : aws_vpc.other.id
  service_name        = "com.amazonaws.eu-west-1.kms"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
}
