# The names of an interface endpoint answer the VPC's own clients, so that their traffic never reaches the NAT gateway.
provider "aws" {
  region = "eu-west-1"
}

resource "aws_vpc" "taken" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "taken" {
  vpc_id     = aws_vpc.taken.id
  cidr_block = "10.0.0.0/24"
}

resource "aws_nat_gateway" "taken" {
  allocation_id = "eipalloc-0a1b2c3d4e5f60718"
  subnet_id     = aws_subnet.taken.id
}

resource "aws_route_table" "taken" {
  vpc_id = aws_vpc.taken.id

  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.taken.id
  }
}

resource "aws_vpc_endpoint" "taken" {
  for_each = toset(["s3", "dynamodb"])

  vpc_id              = aws_vpc.taken.id
  service_name        = "com.amazonaws.eu-west-1.${each.key}"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = [aws_subnet.taken.id]
  private_dns_enabled = true

  dns_options {
    private_dns_only_for_inbound_resolver_endpoint = false
  }
}

# Its private DNS is perhaps on.
variable "private_dns" {
  type = bool
}

resource "aws_vpc" "perhaps" {
  cidr_block           = "10.1.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "perhaps" {
  vpc_id     = aws_vpc.perhaps.id
  cidr_block = "10.1.0.0/24"
}

resource "aws_nat_gateway" "perhaps" {
  allocation_id = "eipalloc-1a1b2c3d4e5f60718"
  subnet_id     = aws_subnet.perhaps.id
}

resource "aws_route_table" "perhaps" {
  vpc_id = aws_vpc.perhaps.id

  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.perhaps.id
  }
}

resource "aws_vpc_endpoint" "perhaps" {
  for_each = toset(["s3", "dynamodb"])

  vpc_id              = aws_vpc.perhaps.id
  service_name        = "com.amazonaws.eu-west-1.${each.key}"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = [aws_subnet.perhaps.id]
  private_dns_enabled = var.private_dns

  dns_options {
    private_dns_only_for_inbound_resolver_endpoint = false
  }
}

# Its names are for an inbound resolver only: the VPC's own traffic takes the NAT gateway.
resource "aws_vpc" "inbound" { # expect: nat-without-free-gateway-endpoint
  cidr_block           = "10.2.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "inbound" {
  vpc_id     = aws_vpc.inbound.id
  cidr_block = "10.2.0.0/24"
}

resource "aws_nat_gateway" "inbound" {
  allocation_id = "eipalloc-2a1b2c3d4e5f60718"
  subnet_id     = aws_subnet.inbound.id
}

resource "aws_route_table" "inbound" {
  vpc_id = aws_vpc.inbound.id

  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.inbound.id
  }
}

resource "aws_vpc_endpoint" "inbound" {
  vpc_id              = aws_vpc.inbound.id
  service_name        = "com.amazonaws.eu-west-1.s3"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = [aws_subnet.inbound.id]
  private_dns_enabled = true

  dns_options {
    private_dns_only_for_inbound_resolver_endpoint = true
  }
}
