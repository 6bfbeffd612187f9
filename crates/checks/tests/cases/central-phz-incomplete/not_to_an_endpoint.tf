# Nobody says that the zone is for an endpoint.
resource "aws_vpc" "main" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_route53_zone" "it" {
  name = "s3.eu-west-1.amazonaws.com"

  vpc {
    vpc_id = aws_vpc.main.id
  }
}

resource "aws_route53_record" "it" {
  zone_id = aws_route53_zone.it.zone_id
  name    = ""
  type    = "A"
  ttl     = 60
  records = ["10.0.0.10"]
}
