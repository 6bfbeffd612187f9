# T1: which rule is associated is not known.
variable "rule_id" {
  type = string
}

resource "aws_route53_resolver_rule" "it" {
  domain_name          = "office.example.com"
  rule_type            = "FORWARD"
  resolver_endpoint_id = "rslvr-out-0a1b2c3d4e5f60718"

  target_ip {
    ip = "192.168.10.10"
  }
}

resource "aws_route53_resolver_rule_association" "it" {
  resolver_rule_id = var.rule_id
  vpc_id           = "vpc-0a1b2c3d4e5f60718"
}
