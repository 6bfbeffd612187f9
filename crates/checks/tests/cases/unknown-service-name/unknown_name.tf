# T1: nothing of the name is known.
variable "name" {
  type = string
}

resource "aws_vpc_endpoint" "x" {
  vpc_id            = "vpc-0a1b2c3d4e5f60718"
  service_name      = var.name
  vpc_endpoint_type = "Interface"
}
