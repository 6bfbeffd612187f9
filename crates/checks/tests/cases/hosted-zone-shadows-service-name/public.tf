# A public zone.
resource "aws_vpc" "main" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_route53_zone" "it" {
  name = "kms.eu-west-1.amazonaws.com"
}
