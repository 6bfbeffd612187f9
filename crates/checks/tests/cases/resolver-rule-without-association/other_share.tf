# The share has something else.
resource "aws_route53_resolver_rule" "it" { # expect: resolver-rule-without-association
  domain_name          = "office.example.com"
  rule_type            = "FORWARD"
  resolver_endpoint_id = "rslvr-out-0a1b2c3d4e5f60718"

  target_ip {
    ip = "192.168.10.10"
  }
}

resource "aws_ram_resource_association" "it" {
  resource_arn       = "arn:aws:ec2:eu-west-1:111122223333:transit-gateway/tgw-0a1b2c3d4e5f60718"
  resource_share_arn = "arn:aws:ram:eu-west-1:111122223333:resource-share/it"
}
