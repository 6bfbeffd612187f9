# T3: an endpoint that is switched off does nothing wrong, and the one that is on has its association by index.
variable "enabled" {
  type    = bool
  default = true
}

resource "aws_vpc_endpoint" "s3" {
  count = var.enabled ? 1 : 0

  vpc_id       = "vpc-0a1b2c3d4e5f60718"
  service_name = "com.amazonaws.eu-west-1.s3"
}

resource "aws_vpc_endpoint_route_table_association" "s3" {
  count = var.enabled ? 1 : 0

  vpc_endpoint_id = aws_vpc_endpoint.s3[0].id
  route_table_id  = "rtb-0a1b2c3d4e5f60718"
}

resource "aws_vpc_endpoint" "dynamodb" {
  count = var.enabled ? 0 : 1

  vpc_id       = "vpc-0a1b2c3d4e5f60718"
  service_name = "com.amazonaws.eu-west-1.dynamodb"
}
