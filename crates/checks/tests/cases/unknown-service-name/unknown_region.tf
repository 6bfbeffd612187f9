# T1: whatever the region is, there is no such service.
variable "region" {
  type = string
}

resource "aws_vpc_endpoint" "x" {
  vpc_id            = "vpc-0a1b2c3d4e5f60718"
  service_name      = "com.amazonaws.${var.region}.secretmanager" # expect: unknown-service-name
  vpc_endpoint_type = "Interface"
}
