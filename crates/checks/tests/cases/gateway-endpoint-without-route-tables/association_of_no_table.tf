# T4: an association for each of no tables.
resource "aws_vpc_endpoint" "s3" { # expect: gateway-endpoint-without-route-tables
  vpc_id       = "vpc-0a1b2c3d4e5f60718"
  service_name = "com.amazonaws.eu-west-1.s3"
}

resource "aws_vpc_endpoint_route_table_association" "s3" {
  for_each = toset([])

  vpc_endpoint_id = aws_vpc_endpoint.s3.id
  route_table_id  = each.value
}
