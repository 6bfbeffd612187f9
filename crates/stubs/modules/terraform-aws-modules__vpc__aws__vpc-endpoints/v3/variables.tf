variable "create" {
  type    = bool
  default = true
}

variable "create_security_group" {
  type    = bool
  default = false
}

variable "endpoints" { default = {} }

variable "region" {
  type    = string
  default = null
}

variable "security_group_description" {
  type    = string
  default = null
}

variable "security_group_ids" {
  type    = list(string)
  default = []
}

variable "security_group_name" {
  type    = string
  default = null
}

variable "security_group_name_prefix" {
  type    = string
  default = null
}

variable "security_group_rules" { default = {} }

variable "security_group_tags" {
  type    = map(string)
  default = {}
}

variable "subnet_ids" {
  type    = list(string)
  default = []
}

variable "tags" {
  type    = map(string)
  default = {}
}

variable "timeouts" {
  type    = map(string)
  default = {}
}

variable "vpc_id" {
  type    = string
  default = null
}
