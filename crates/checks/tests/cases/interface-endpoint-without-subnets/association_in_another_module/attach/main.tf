variable "endpoint_id" {
  type = string
}

resource "aws_vpc_endpoint_subnet_association" "this" {
  vpc_endpoint_id = var.endpoint_id
  subnet_id       = "subnet-0a1b2c3d4e5f60718"
}
