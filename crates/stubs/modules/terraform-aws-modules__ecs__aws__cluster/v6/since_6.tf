variable "region" {
  type    = string
  default = null
}

variable "name" {
  type    = string
  default = ""
}

variable "configuration" { default = null }
variable "service_connect_defaults" { default = null }
variable "setting" { default = null }
variable "cloudwatch_log_group_class" { default = null }
variable "default_capacity_provider_strategy" { default = null }
