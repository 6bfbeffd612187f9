data "unmodelled" "this" {}
output "flow_log_attributes" { value = data.unmodelled.this.flow_log_attributes }

variable "create_vpc" {
  type    = bool
  default = true
}

variable "azs" {
  type    = list(string)
  default = []
}
