# Without a group the endpoint has the default one of the VPC: another rule's business.
resource "aws_default_security_group" "main" {
  vpc_id = "vpc-0a1b2c3d4e5f60718"
}

resource "aws_vpc_endpoint" "kms" {
  vpc_id            = "vpc-0a1b2c3d4e5f60718"
  service_name      = "com.amazonaws.eu-west-1.kms"
  vpc_endpoint_type = "Interface"
  subnet_ids        = ["subnet-0a1b2c3d4e5f60718"]
}
