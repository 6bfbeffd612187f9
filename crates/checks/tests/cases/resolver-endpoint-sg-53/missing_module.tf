# T5: a module that is not here is given the group.
resource "aws_security_group" "dns" {
  vpc_id = "vpc-0a1b2c3d4e5f60718"
}

resource "aws_route53_resolver_endpoint" "it" {
  direction          = "INBOUND"
  security_group_ids = [aws_security_group.dns.id]

  ip_address {
    subnet_id = "subnet-0a1b2c3d4e5f60718"
  }

  ip_address {
    subnet_id = "subnet-1a1b2c3d4e5f60718"
  }
}

module "rules" {
  source            = "example/rules/aws"
  security_group_id = aws_security_group.dns.id
}
