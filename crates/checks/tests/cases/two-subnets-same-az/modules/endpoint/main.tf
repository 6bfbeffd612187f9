variable "subnet_ids" {
  type = list(string)
}

resource "aws_vpc_endpoint" "kms" {
  vpc_id            = "vpc-0a1b2c3d4e5f60718"
  service_name      = "com.amazonaws.eu-west-1.kms"
  vpc_endpoint_type = "Interface"
  subnet_ids        = var.subnet_ids # expect: two-subnets-same-az
}
