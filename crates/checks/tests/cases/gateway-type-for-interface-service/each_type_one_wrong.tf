# T3: one of the instances is wrong.
resource "aws_vpc_endpoint" "this" {
  for_each = { s3 = "Gateway", sqs = "Gateway", sns = "Interface" }

  vpc_id            = "vpc-0a1b2c3d4e5f60718"
  service_name      = "com.amazonaws.eu-west-1.${each.key}"
  vpc_endpoint_type = each.value # expect: gateway-type-for-interface-service
}
