# T10: other resources that are called endpoints.
resource "aws_opensearch_vpc_endpoint" "search" {
  domain_arn = "arn:aws:es:eu-west-1:123456789012:domain/search"

  vpc_options {
    subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
  }
}
