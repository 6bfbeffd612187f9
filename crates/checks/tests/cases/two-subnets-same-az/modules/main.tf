# The zones come from one module, and the endpoint is in another.
module "subnets" {
  source = "./subnets"
}

module "endpoint" {
  source = "./endpoint"

  subnet_ids = module.subnets.ids
}
