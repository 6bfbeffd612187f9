variable "size" {
  type    = number
  default = 0

  validation {
    condition     = var.size >= 2
    error_message = "The size is at least 2."
  }
}
