# Two calls of one module, one of which passes no tables: the place in the module is one finding.
module "a" {
  source = "./endpoint"

  route_table_ids = ["rtb-0a1b2c3d4e5f60718"]
}

module "b" {
  source = "./endpoint"

  route_table_ids = []
}
