# Nothing calls this module here, and nothing applies it: its callers give a name.
variable "name" {
  type    = string
  default = ""

  validation {
    condition     = var.name != ""
    error_message = "Give a name."
  }
}

output "name" {
  value = var.name

  precondition {
    condition     = var.name != ""
    error_message = "There is no name."
  }
}
