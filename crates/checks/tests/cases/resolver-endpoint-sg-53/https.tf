# DNS over HTTPS has another port.
resource "aws_security_group" "dns" {
  vpc_id = "vpc-0a1b2c3d4e5f60718"

  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8"]
  }
}

resource "aws_route53_resolver_endpoint" "it" {
  direction          = "INBOUND"
  security_group_ids = [aws_security_group.dns.id]
  protocols          = ["DoH"]

  ip_address {
    subnet_id = "subnet-0a1b2c3d4e5f60718"
  }

  ip_address {
    subnet_id = "subnet-1a1b2c3d4e5f60718"
  }
}
