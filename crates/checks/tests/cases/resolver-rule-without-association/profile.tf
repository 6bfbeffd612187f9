# A profile brings it to its VPCs.
resource "aws_route53_resolver_rule" "it" {
  domain_name          = "office.example.com"
  rule_type            = "FORWARD"
  resolver_endpoint_id = "rslvr-out-0a1b2c3d4e5f60718"

  target_ip {
    ip = "192.168.10.10"
  }
}

resource "aws_route53profiles_profile" "it" {
  name = "it"
}

resource "aws_route53profiles_resource_association" "it" {
  name         = "it"
  profile_id   = aws_route53profiles_profile.it.id
  resource_arn = aws_route53_resolver_rule.it.arn
}
