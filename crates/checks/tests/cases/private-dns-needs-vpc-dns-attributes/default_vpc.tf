# The default VPC has both attributes on.
resource "aws_default_vpc" "main" {
}

resource "aws_vpc_endpoint" "x" {
  vpc_id              = aws_default_vpc.main.id
  service_name        = "com.amazonaws.eu-west-1.kms"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
}
