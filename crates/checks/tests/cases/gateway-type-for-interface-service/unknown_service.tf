# T1: the service is not known.
variable "service" {
  type = string
}

resource "aws_vpc_endpoint" "x" {
  vpc_id       = "vpc-0a1b2c3d4e5f60718"
  service_name = "com.amazonaws.eu-west-1.${var.service}"
}
