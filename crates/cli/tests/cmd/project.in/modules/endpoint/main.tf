variable "vpc_id" {
  type = string
}

variable "service" {
  type = string
}

variable "route_table_ids" {
  type = list(string)
}

resource "aws_vpc_endpoint" "this" {
  vpc_id          = var.vpc_id
  service_name    = "com.amazonaws.eu-west-1.${var.service}"
  route_table_ids = var.route_table_ids
}
