variable "route_table_ids" {
  type = list(string)
}

module "s3" {
  source = "../../modules/endpoint"

  vpc_id          = "vpc-0a1b2c3d4e5f60718"
  service         = "s3"
  route_table_ids = var.route_table_ids
}
