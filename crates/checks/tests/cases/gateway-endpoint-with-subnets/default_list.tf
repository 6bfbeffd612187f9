# The default of a variable is its value.
variable "subnet_ids" {
  type    = list(string)
  default = []
}

resource "aws_vpc_endpoint" "x" {
  vpc_id            = "vpc-0a1b2c3d4e5f60718"
  service_name      = "com.amazonaws.eu-west-1.s3"
  vpc_endpoint_type = "Gateway"
  subnet_ids        = var.subnet_ids
}
