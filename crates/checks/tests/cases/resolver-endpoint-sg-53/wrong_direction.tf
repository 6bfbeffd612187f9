# DNS is let in, and the endpoint sends out.
resource "aws_security_group" "dns" { # expect: resolver-endpoint-sg-53
  vpc_id = "vpc-0a1b2c3d4e5f60718"

  ingress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
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
