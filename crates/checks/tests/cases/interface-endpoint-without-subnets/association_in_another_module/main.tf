# T4: the association is in another module than the endpoint.
resource "aws_vpc_endpoint" "kms" {
  vpc_id            = "vpc-0a1b2c3d4e5f60718"
  service_name      = "com.amazonaws.eu-west-1.kms"
  vpc_endpoint_type = "Interface"
}

module "attach" {
  source = "./attach"

  endpoint_id = aws_vpc_endpoint.kms.id
}
