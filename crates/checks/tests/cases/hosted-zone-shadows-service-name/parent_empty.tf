# An empty zone around all names of the region.
resource "aws_vpc" "main" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_route53_zone" "it" {
  name = "eu-west-1.amazonaws.com" # expect: hosted-zone-shadows-service-name

  vpc {
    vpc_id = aws_vpc.main.id
  }
}
