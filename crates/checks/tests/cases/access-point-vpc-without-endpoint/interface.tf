# An interface endpoint does too.
resource "aws_vpc" "main" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_s3_access_point" "reports" {
  bucket = "reports"
  name   = "reports"

  vpc_configuration {
    vpc_id = aws_vpc.main.id
  }
}

resource "aws_vpc_endpoint" "s3" {
  vpc_id            = aws_vpc.main.id
  service_name      = "com.amazonaws.eu-west-1.s3"
  vpc_endpoint_type = "Interface"
}
