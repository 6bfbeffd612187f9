# T2: the provider does not send an empty list. The argument is the line to edit.
resource "aws_vpc_endpoint" "kms" {
  vpc_id            = "vpc-0a1b2c3d4e5f60718"
  service_name      = "com.amazonaws.eu-west-1.kms"
  vpc_endpoint_type = "Interface"
  subnet_ids        = [] # expect: interface-endpoint-without-subnets
}
