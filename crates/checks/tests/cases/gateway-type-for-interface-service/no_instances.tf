# There is none.
resource "aws_vpc_endpoint" "sqs" {
  count = 0

  vpc_id       = "vpc-0a1b2c3d4e5f60718"
  service_name = "com.amazonaws.eu-west-1.sqs"
}
