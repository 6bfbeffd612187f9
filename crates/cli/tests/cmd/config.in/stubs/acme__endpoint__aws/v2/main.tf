variable "service" {
  type = string
}

variable "tables" {
  type = list(string)
}

resource "aws_vpc_endpoint" "this" {
  vpc_id          = "vpc-0a1b2c3d4e5f60718"
  service_name    = var.service
  route_table_ids = var.tables
}
