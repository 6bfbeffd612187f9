# Only S3 is there; DynamoDB is worth a note.
resource "aws_vpc" "main" { # expect: nat-without-free-gateway-endpoint
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "public" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.0.0/24"
}

resource "aws_nat_gateway" "main" {
  allocation_id = "eipalloc-0a1b2c3d4e5f60718"
  subnet_id     = aws_subnet.public.id
}

resource "aws_route_table" "private" {
  vpc_id = aws_vpc.main.id

  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.main.id
  }
}

resource "aws_vpc_endpoint" "gateway" {
  for_each = toset(["s3"])

  vpc_id          = aws_vpc.main.id
  service_name    = "com.amazonaws.eu-west-1.${each.key}"
  route_table_ids = [aws_route_table.private.id]
}
