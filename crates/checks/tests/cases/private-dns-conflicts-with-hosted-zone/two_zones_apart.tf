# Two zones of one name, each in a VPC of its own.
resource "aws_vpc" "main" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_vpc" "spoke" {
  cidr_block           = "10.1.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_route53_zone" "a" {
  name = "internal.example.com"

  vpc {
    vpc_id = aws_vpc.main.id
  }
}

resource "aws_route53_zone" "b" {
  name = "internal.example.com"

  vpc {
    vpc_id = aws_vpc.spoke.id
  }
}
