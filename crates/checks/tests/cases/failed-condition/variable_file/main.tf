terraform {
  backend "s3" {}
}

variable "zones" {
  type = list(string)

  validation {
    condition     = alltrue([for zone in var.zones : startswith(zone, "eu-")])
    error_message = "Only zones in Europe."
  }
}

variable "name" {
  type    = string
  default = ""

  validation {
    condition     = var.name != ""
    error_message = "Give a name."
  }
}
