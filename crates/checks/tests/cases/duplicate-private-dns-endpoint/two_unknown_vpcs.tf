# T1: whether they are one is not known.
variable "a" {
  type = string
}

variable "b" {
  type = string
}

resource "aws_vpc_endpoint" "a" {
  vpc_id              = var.a
  service_name        = "com.amazonaws.eu-west-1.kms"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
}

resource "aws_vpc_endpoint" "b" {
  vpc_id              = var.b
  service_name        = "com.amazonaws.eu-west-1.kms"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
}
