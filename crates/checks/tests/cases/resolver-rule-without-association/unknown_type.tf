# T1: whether it forwards is not known.
variable "type" {
  type = string
}

resource "aws_route53_resolver_rule" "it" {
  domain_name          = "office.example.com"
  rule_type            = var.type
  resolver_endpoint_id = "rslvr-out-0a1b2c3d4e5f60718"

  target_ip {
    ip = "192.168.10.10"
  }
}
