# One group for many endpoints is one finding.
resource "aws_security_group" "endpoints" { # expect: endpoint-sg-missing-ingress-443
  vpc_id = "vpc-0a1b2c3d4e5f60718"
}

resource "aws_vpc_endpoint" "this" {
  for_each = toset(["ecr.api", "ecr.dkr", "kms", "logs", "sts"])

  vpc_id             = "vpc-0a1b2c3d4e5f60718"
  service_name       = "com.amazonaws.eu-west-1.${each.key}"
  vpc_endpoint_type  = "Interface"
  subnet_ids         = ["subnet-0a1b2c3d4e5f60718"]
  security_group_ids = [aws_security_group.endpoints.id]
}
