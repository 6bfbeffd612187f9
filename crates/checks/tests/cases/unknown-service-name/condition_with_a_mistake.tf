# T3: one of two names, and one does not exist.
variable "fips" {
  type = bool
}

resource "aws_vpc_endpoint" "x" {
  vpc_id            = "vpc-0a1b2c3d4e5f60718"
  service_name      = var.fips ? "com.amazonaws.eu-west-1.kms-fips" : "com.amazonaws.eu-west-1.kmss"
  vpc_endpoint_type = "Interface"
}
