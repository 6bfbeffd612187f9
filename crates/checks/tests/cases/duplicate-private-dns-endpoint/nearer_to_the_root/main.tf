# Of an endpoint of a module and one of the root, the root's is easier to change.
resource "aws_vpc_endpoint" "a" {
  vpc_id              = "vpc-0a1b2c3d4e5f60718"
  service_name        = "com.amazonaws.eu-west-1.kms"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true # expect: duplicate-private-dns-endpoint
}

module "endpoint" {
  source = "./endpoint"
}
