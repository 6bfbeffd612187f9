# The first of all subnets.
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "private" {
  count = 3

  vpc_id            = aws_vpc.main.id
  availability_zone = "eu-west-1${element(["a", "b", "c"], count.index)}"
  cidr_block        = cidrsubnet("10.0.0.0/16", 8, count.index)
}

resource "aws_vpc_endpoint" "kms" {
  vpc_id            = aws_vpc.main.id
  service_name      = "com.amazonaws.eu-west-1.kms"
  vpc_endpoint_type = "Interface"
  subnet_ids        = slice(aws_subnet.private[*].id, 0, 1) # expect: interface-endpoint-single-az
}
