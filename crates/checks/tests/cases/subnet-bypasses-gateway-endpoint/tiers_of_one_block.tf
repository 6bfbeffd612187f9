# The tables of tiers with different ways out, from one block.
resource "aws_vpc" "main" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "tier" {
  for_each = { app = "10.0.1.0/24", data = "10.0.2.0/24" }

  vpc_id     = aws_vpc.main.id
  cidr_block = each.value
}

resource "aws_route_table" "tier" {
  for_each = aws_subnet.tier

  vpc_id = aws_vpc.main.id
}

resource "aws_route" "nat" {
  route_table_id         = aws_route_table.tier["app"].id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = "nat-0a1b2c3d4e5f60718"
}

resource "aws_route_table_association" "tier" {
  for_each = aws_subnet.tier

  subnet_id      = each.value.id
  route_table_id = aws_route_table.tier[each.key].id
}

resource "aws_vpc_endpoint" "s3" {
  vpc_id          = aws_vpc.main.id
  service_name    = "com.amazonaws.eu-west-1.s3"
  route_table_ids = [aws_route_table.tier["app"].id]
}
