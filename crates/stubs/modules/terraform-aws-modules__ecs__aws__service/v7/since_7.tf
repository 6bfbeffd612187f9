variable "disable_v7_default_name_description" {
  type    = bool
  default = false
}
