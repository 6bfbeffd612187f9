# So is a resource endpoint.
resource "aws_vpc_endpoint" "database" { # expect: interface-endpoint-without-subnets
  vpc_id                     = "vpc-0a1b2c3d4e5f60718"
  resource_configuration_arn = "arn:aws:vpc-lattice:eu-west-1:123456789012:resourceconfiguration/rcfg-0a1b2c3d4e5f60718"
  vpc_endpoint_type          = "Resource"
}
