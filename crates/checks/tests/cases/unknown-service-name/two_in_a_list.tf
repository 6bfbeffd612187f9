# Each name is a finding, all at one place.
resource "aws_vpc_endpoint" "this" {
  for_each = toset(["kms", "secretmanager", "cloudwatch"])

  vpc_id            = "vpc-0a1b2c3d4e5f60718"
  service_name      = "com.amazonaws.eu-west-1.${each.key}" # expect: unknown-service-name
  vpc_endpoint_type = "Interface"
}
