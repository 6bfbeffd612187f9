# T3: neither of the services has gateway endpoints.
variable "fips" {
  type = bool
}

resource "aws_vpc_endpoint" "x" { # expect: gateway-type-for-interface-service
  vpc_id       = "vpc-0a1b2c3d4e5f60718"
  service_name = var.fips ? "com.amazonaws.eu-west-1.kms-fips" : "com.amazonaws.eu-west-1.kms"
}
