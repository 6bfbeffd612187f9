# A share of all rules.
resource "aws_route53_resolver_rule" "it" {
  domain_name          = "office.example.com"
  rule_type            = "FORWARD"
  resolver_endpoint_id = "rslvr-out-0a1b2c3d4e5f60718"

  target_ip {
    ip = "192.168.10.10"
  }
}

resource "aws_ram_resource_association" "it" {
  for_each = { office = aws_route53_resolver_rule.it.arn }

  resource_arn       = each.value
  resource_share_arn = "arn:aws:ram:eu-west-1:111122223333:resource-share/it"
}
