# S3 Express has gateway endpoints too.
resource "aws_vpc_endpoint" "express" { # expect: gateway-endpoint-without-route-tables
  vpc_id       = "vpc-0a1b2c3d4e5f60718"
  service_name = "com.amazonaws.eu-west-1.s3express"
}
