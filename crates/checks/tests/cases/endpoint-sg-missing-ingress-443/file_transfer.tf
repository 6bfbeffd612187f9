# T6: file transfer is SFTP or FTPS, and MQTT has a port beside 443.
resource "aws_security_group" "endpoints" {
  vpc_id = "vpc-0a1b2c3d4e5f60718"

  ingress {
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = ["10.0.0.0/16"]
  }
}

resource "aws_vpc_endpoint" "this" {
  for_each = toset(["iot.data", "transfer.server"])

  vpc_id             = "vpc-0a1b2c3d4e5f60718"
  service_name       = "com.amazonaws.eu-west-1.${each.key}"
  vpc_endpoint_type  = "Interface"
  subnet_ids         = ["subnet-0a1b2c3d4e5f60718"]
  security_group_ids = [aws_security_group.endpoints.id]
}
