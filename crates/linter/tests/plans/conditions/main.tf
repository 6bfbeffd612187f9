variable "zones" {
  type    = list(string)
  default = ["eu-west-1a"]
}

check "zones" {
  assert {
    condition     = length(var.zones) >= 2
    error_message = "Give at least two zones."
  }

  assert {
    condition     = length(var.zones) >= 1
    error_message = "Give zones."
  }
}

module "net" {
  source = "./net"
  zones  = var.zones
}
