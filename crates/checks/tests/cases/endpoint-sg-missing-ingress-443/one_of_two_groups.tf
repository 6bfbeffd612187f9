# One group that lets HTTPS in is enough.
resource "aws_security_group" "endpoints" {
  vpc_id = "vpc-0a1b2c3d4e5f60718"
}

resource "aws_security_group" "https" {
  vpc_id = "vpc-0a1b2c3d4e5f60718"

  ingress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["10.0.0.0/16"]
  }
}

resource "aws_vpc_endpoint" "kms" {
  vpc_id             = "vpc-0a1b2c3d4e5f60718"
  service_name       = "com.amazonaws.eu-west-1.kms"
  vpc_endpoint_type  = "Interface"
  subnet_ids         = ["subnet-0a1b2c3d4e5f60718"]
  security_group_ids = [aws_security_group.endpoints.id, aws_security_group.https.id]
}
