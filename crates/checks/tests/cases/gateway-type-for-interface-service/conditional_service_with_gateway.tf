# T3: one of the services has gateway endpoints.
variable "archive" {
  type = bool
}

resource "aws_vpc_endpoint" "x" {
  vpc_id       = "vpc-0a1b2c3d4e5f60718"
  service_name = var.archive ? "com.amazonaws.eu-west-1.s3" : "com.amazonaws.eu-west-1.kms"
}
