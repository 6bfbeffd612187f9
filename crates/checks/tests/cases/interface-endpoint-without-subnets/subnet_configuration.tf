# A subnet with an address of its own is a subnet.
resource "aws_vpc_endpoint" "kms" {
  vpc_id            = "vpc-0a1b2c3d4e5f60718"
  service_name      = "com.amazonaws.eu-west-1.kms"
  vpc_endpoint_type = "Interface"

  subnet_configuration {
    subnet_id = "subnet-0a1b2c3d4e5f60718"
    ipv4      = "10.0.1.10"
  }
}
