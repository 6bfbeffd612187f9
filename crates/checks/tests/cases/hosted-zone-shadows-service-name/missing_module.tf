# T5: a module that is not here is given the zone.
module "records" {
  source  = "example/records/aws"
  zone_id = aws_route53_zone.it.zone_id
}

resource "aws_vpc" "main" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_route53_zone" "it" {
  name = "kms.eu-west-1.amazonaws.com"

  vpc {
    vpc_id = aws_vpc.main.id
  }
}
