# The zone has nothing to do with AWS.
resource "aws_vpc" "main" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_route53_zone" "it" {
  name = "example.com"

  vpc {
    vpc_id = aws_vpc.main.id
  }
}
