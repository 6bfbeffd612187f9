# T4: the association is of the gateway endpoint.
resource "aws_vpc_endpoint" "interface" {
  vpc_id            = "vpc-0a1b2c3d4e5f60718"
  service_name      = "com.amazonaws.eu-west-1.s3"
  vpc_endpoint_type = "Interface"
}

resource "aws_vpc_endpoint" "gateway" {
  vpc_id            = "vpc-0a1b2c3d4e5f60718"
  service_name      = "com.amazonaws.eu-west-1.s3"
  vpc_endpoint_type = "Gateway"
}

resource "aws_vpc_endpoint_route_table_association" "s3" {
  vpc_endpoint_id = aws_vpc_endpoint.gateway.id
  route_table_id  = "rtb-0a1b2c3d4e5f60718"
}
