# T9: whatever the region, the service has no gateway endpoints.
variable "region" {
  type = string
}

resource "aws_vpc_endpoint" "x" { # expect: gateway-type-for-interface-service
  vpc_id       = "vpc-0a1b2c3d4e5f60718"
  service_name = "com.amazonaws.${var.region}.sqs"
}
