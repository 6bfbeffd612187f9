# A rule that keeps names here.
resource "aws_route53_resolver_rule" "it" {
  domain_name = "example.com"
  rule_type   = "SYSTEM"
}
