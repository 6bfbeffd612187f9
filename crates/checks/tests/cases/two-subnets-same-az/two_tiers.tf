# Lists of several tiers, joined.
locals {
  zones = ["eu-west-1a", "eu-west-1b"]
}

resource "aws_subnet" "app" {
  count = 2

  vpc_id            = "vpc-0a1b2c3d4e5f60718"
  cidr_block        = cidrsubnet("10.0.0.0/16", 8, count.index)
  availability_zone = local.zones[count.index]
}

resource "aws_subnet" "database" {
  count = 2

  vpc_id            = "vpc-0a1b2c3d4e5f60718"
  cidr_block        = cidrsubnet("10.0.0.0/16", 8, count.index + 2)
  availability_zone = local.zones[count.index]
}

resource "aws_vpc_endpoint" "x" {
  vpc_id            = "vpc-0a1b2c3d4e5f60718"
  service_name      = "com.amazonaws.eu-west-1.kms"
  vpc_endpoint_type = "Interface"
  subnet_ids        = concat(aws_subnet.app[*].id, aws_subnet.database[*].id) # expect: two-subnets-same-az
}
