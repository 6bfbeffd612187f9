# Two calls of one module for one VPC: the place in the module is one finding.
module "a" {
  source = "./endpoint"
}

module "b" {
  source = "./endpoint"
}
