# T3: the type of each instance counts.
resource "aws_vpc_endpoint" "this" {
  for_each = { s3 = "Gateway", sqs = "Interface" }

  vpc_id            = "vpc-0a1b2c3d4e5f60718"
  service_name      = "com.amazonaws.eu-west-1.${each.key}"
  vpc_endpoint_type = each.value
}
