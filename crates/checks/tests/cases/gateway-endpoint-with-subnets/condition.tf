# T3: the list depends on something that is not known.
variable "private" {
  type = bool
}

resource "aws_vpc_endpoint" "x" {
  vpc_id            = "vpc-0a1b2c3d4e5f60718"
  service_name      = "com.amazonaws.eu-west-1.s3"
  vpc_endpoint_type = "Gateway"
  subnet_ids        = var.private ? ["subnet-0a1b2c3d4e5f60718"] : []
}
