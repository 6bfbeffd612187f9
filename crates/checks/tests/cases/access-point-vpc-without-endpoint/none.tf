# No endpoint.
resource "aws_vpc" "main" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_s3_access_point" "reports" {
  bucket = "reports"
  name   = "reports"

  vpc_configuration {
    vpc_id = aws_vpc.main.id # expect: access-point-vpc-without-endpoint
  }
}
