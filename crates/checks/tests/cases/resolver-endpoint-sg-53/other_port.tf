# The name servers listen elsewhere.
resource "aws_security_group" "dns" {
  vpc_id = "vpc-0a1b2c3d4e5f60718"

  egress {
    from_port   = 5353
    to_port     = 5353
    protocol    = "udp"
    cidr_blocks = ["10.0.0.0/8"]
  }

  egress {
    from_port   = 5353
    to_port     = 5353
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8"]
  }
}

resource "aws_route53_resolver_endpoint" "it" {
  direction          = "OUTBOUND"
  security_group_ids = [aws_security_group.dns.id]

  ip_address {
    subnet_id = "subnet-0a1b2c3d4e5f60718"
  }

  ip_address {
    subnet_id = "subnet-1a1b2c3d4e5f60718"
  }
}

resource "aws_route53_resolver_rule" "it" {
  domain_name          = "office.example.com"
  rule_type            = "FORWARD"
  resolver_endpoint_id = aws_route53_resolver_endpoint.it.id

  target_ip {
    ip   = "192.168.10.10"
    port = 5353
  }
}
