# Only the last part of the name.
resource "aws_vpc_endpoint" "x" {
  vpc_id       = "vpc-0a1b2c3d4e5f60718"
  service_name = "s3" # expect: unknown-service-name
}
