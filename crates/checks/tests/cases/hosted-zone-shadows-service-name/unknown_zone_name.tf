# T1: the name of the zone is not known.
variable "name" {
  type = string
}

resource "aws_vpc" "main" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_route53_zone" "it" {
  name = var.name

  vpc {
    vpc_id = aws_vpc.main.id
  }
}
