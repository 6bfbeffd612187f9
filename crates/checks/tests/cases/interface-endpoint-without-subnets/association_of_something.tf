# T1: the association may be one of this endpoint.
variable "endpoint_id" {
  type = string
}

resource "aws_vpc_endpoint" "kms" {
  vpc_id            = "vpc-0a1b2c3d4e5f60718"
  service_name      = "com.amazonaws.eu-west-1.kms"
  vpc_endpoint_type = "Interface"
}

resource "aws_vpc_endpoint_subnet_association" "this" {
  vpc_endpoint_id = var.endpoint_id
  subnet_id       = "subnet-0a1b2c3d4e5f60718"
}
