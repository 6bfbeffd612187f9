locals {
  azs = var.az_count != null ? slice(data.aws_availability_zones.current.names, 0, var.az_count) : sort(var.azs)
}

variable "az_count" { default = null }
variable "azs" { default = null }
