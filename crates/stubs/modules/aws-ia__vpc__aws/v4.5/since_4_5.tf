locals {
  masks = reverse(distinct(sort([for one in local.unsorted : format("%05d", one.netmask)])))
}

variable "optimize_subnet_cidr_ranges" {
  type    = bool
  default = false
}
