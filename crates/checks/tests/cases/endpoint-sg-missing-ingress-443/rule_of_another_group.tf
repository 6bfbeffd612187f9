# T5: the rule is one of another group.
resource "aws_security_group" "endpoints" { # expect: endpoint-sg-missing-ingress-443
  vpc_id = "vpc-0a1b2c3d4e5f60718"
}

resource "aws_security_group" "other" {
  vpc_id = "vpc-0a1b2c3d4e5f60718"
}

resource "aws_vpc_security_group_ingress_rule" "https" {
  security_group_id = aws_security_group.other.id
  cidr_ipv4         = "10.0.0.0/16"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_vpc_endpoint" "kms" {
  vpc_id             = "vpc-0a1b2c3d4e5f60718"
  service_name       = "com.amazonaws.eu-west-1.kms"
  vpc_endpoint_type  = "Interface"
  subnet_ids         = ["subnet-0a1b2c3d4e5f60718"]
  security_group_ids = [aws_security_group.endpoints.id]
}
