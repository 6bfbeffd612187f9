provider "aws" {
  region = "eu-west-1"
}

module "one" {
  source = "./m"
  size   = 1 # expect: failed-condition
}

module "several" {
  source   = "./m"
  for_each = { a = 1, b = 2, c = 0 }
  size     = each.value # expect: failed-condition
}

module "enough" {
  source = "./m"
  size   = 3
}

module "left_out" { # expect: failed-condition
  source = "./m"
}

data "somewhere" "else" {}

module "unknown" {
  source = "./m"
  size   = data.somewhere.else.size
}
