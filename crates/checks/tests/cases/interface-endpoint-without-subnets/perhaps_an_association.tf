# T1: whether there is an association is not known.
variable "attach" {
  type = bool
}

resource "aws_vpc_endpoint" "kms" {
  vpc_id            = "vpc-0a1b2c3d4e5f60718"
  service_name      = "com.amazonaws.eu-west-1.kms"
  vpc_endpoint_type = "Interface"
}

resource "aws_vpc_endpoint_subnet_association" "kms" {
  count = var.attach ? 1 : 0

  vpc_endpoint_id = aws_vpc_endpoint.kms.id
  subnet_id       = "subnet-0a1b2c3d4e5f60718"
}
