# Nothing names it.
resource "aws_route53_resolver_rule" "it" { # expect: resolver-rule-without-association
  domain_name          = "office.example.com"
  rule_type            = "FORWARD"
  resolver_endpoint_id = "rslvr-out-0a1b2c3d4e5f60718"

  target_ip {
    ip = "192.168.10.10"
  }
}
