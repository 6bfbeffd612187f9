# T1: how many there are is not known; each of them is wrong.
variable "create" {
  type = bool
}

resource "aws_vpc_endpoint" "sqs" { # expect: gateway-type-for-interface-service
  count = var.create ? 1 : 0

  vpc_id       = "vpc-0a1b2c3d4e5f60718"
  service_name = "com.amazonaws.eu-west-1.sqs"
}
