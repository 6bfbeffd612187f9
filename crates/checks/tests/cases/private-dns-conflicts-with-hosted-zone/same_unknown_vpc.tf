# The VPC is not known, and still the same.
variable "vpc_id" {
  type = string
}

resource "aws_route53_zone" "it" {
  name = "kms.eu-west-1.amazonaws.com"

  vpc {
    vpc_id = var.vpc_id
  }
}

resource "aws_vpc_endpoint" "it" {
  vpc_id              = var.vpc_id
  service_name        = "com.amazonaws.eu-west-1.kms"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true # expect: private-dns-conflicts-with-hosted-zone
}
