provider "aws" {
  region = "eu-west-1"
}

locals {
  cidr = "10.0.0.0/30"
}

module "outer" {
  source = "./outer"
  cidr   = local.cidr
}
