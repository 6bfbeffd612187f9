# T1: which endpoint the association is of is not known.
variable "endpoint_id" {
  type = string
}

resource "aws_vpc_endpoint" "x" {
  vpc_id            = "vpc-0a1b2c3d4e5f60718"
  service_name      = "com.amazonaws.eu-west-1.kms"
  vpc_endpoint_type = "Interface"
}

resource "aws_vpc_endpoint_route_table_association" "it" {
  vpc_endpoint_id = var.endpoint_id
  route_table_id  = "rtb-0a1b2c3d4e5f60718"
}
