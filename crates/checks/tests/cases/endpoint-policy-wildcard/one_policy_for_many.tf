# One policy for many endpoints is one finding.
resource "aws_vpc_endpoint" "this" {
  for_each = toset(["kms", "logs", "sts"])

  vpc_id            = "vpc-0a1b2c3d4e5f60718"
  service_name      = "com.amazonaws.eu-west-1.${each.key}"
  vpc_endpoint_type = "Interface"
  subnet_ids        = ["subnet-0a1b2c3d4e5f60718"]

  policy = jsonencode({ # expect: endpoint-policy-wildcard
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "${each.key}:*"
      Resource  = "*"
    }]
  })
}
