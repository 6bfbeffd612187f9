# T1: a data source may find no table, or some.
data "aws_route_tables" "private" {
  vpc_id = "vpc-0a1b2c3d4e5f60718"
}

resource "aws_vpc_endpoint" "s3" {
  vpc_id       = "vpc-0a1b2c3d4e5f60718"
  service_name = "com.amazonaws.eu-west-1.s3"
}

resource "aws_vpc_endpoint_route_table_association" "s3" {
  for_each = toset(data.aws_route_tables.private.ids)

  vpc_endpoint_id = aws_vpc_endpoint.s3.id
  route_table_id  = each.value
}
