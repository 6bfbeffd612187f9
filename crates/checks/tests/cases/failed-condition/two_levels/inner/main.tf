variable "cidr" {
  type = string

  validation {
    condition     = tonumber(split("/", var.cidr)[1]) <= 28
    error_message = "A VPC has at least 16 addresses."
  }
}
