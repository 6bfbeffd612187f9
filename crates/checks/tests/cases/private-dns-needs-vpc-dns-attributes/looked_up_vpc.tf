# T7: a VPC of other code.
data "aws_vpc" "shared" {
  default = true
}

resource "aws_vpc_endpoint" "x" {
  vpc_id              = data.aws_vpc.shared.id
  service_name        = "com.amazonaws.eu-west-1.kms"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
}
