# No bucket resolves.
resource "aws_vpc" "main" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_route53_zone" "it" {
  name = "s3.eu-west-1.amazonaws.com" # expect: central-phz-incomplete

  vpc {
    vpc_id = aws_vpc.main.id
  }
}

resource "aws_vpc_endpoint" "it" {
  vpc_id              = aws_vpc.main.id
  service_name        = "com.amazonaws.eu-west-1.s3"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = false
}

resource "aws_route53_record" "it" {
  zone_id = aws_route53_zone.it.zone_id
  name    = "s3.eu-west-1.amazonaws.com"
  type    = "A"

  alias {
    name                   = aws_vpc_endpoint.it.dns_entry[0].dns_name
    zone_id                = aws_vpc_endpoint.it.dns_entry[0].hosted_zone_id
    evaluate_target_health = false
  }
}
