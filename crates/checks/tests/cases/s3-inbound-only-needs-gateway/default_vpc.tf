# T7: the account's default VPC was there before, and may have its gateway endpoint from then.
resource "aws_default_vpc" "main" {}

resource "aws_vpc_endpoint" "s3" {
  vpc_id              = aws_default_vpc.main.id
  service_name        = "com.amazonaws.eu-west-1.s3"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = ["subnet-0a1b2c3d4e5f60718"]
  private_dns_enabled = true # expect: s3-inbound-only-needs-gateway
}
