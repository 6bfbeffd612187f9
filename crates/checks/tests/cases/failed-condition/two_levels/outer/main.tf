variable "cidr" {}

module "inner" {
  source = "../inner"
  cidr   = var.cidr # expect: failed-condition
}
