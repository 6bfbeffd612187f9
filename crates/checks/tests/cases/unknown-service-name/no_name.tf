# An endpoint for a resource has no service name, and the empty text is none.
resource "aws_vpc_endpoint" "db" {
  vpc_id                     = "vpc-0a1b2c3d4e5f60718"
  resource_configuration_arn = "arn:aws:vpc-lattice:eu-west-1:123456789012:resourceconfiguration/rcfg-0a1b2c3d4e5f60718"
  vpc_endpoint_type          = "Resource"
}

resource "aws_vpc_endpoint" "empty" {
  vpc_id            = "vpc-0a1b2c3d4e5f60718"
  service_name      = ""
  vpc_endpoint_type = "Interface"
}
