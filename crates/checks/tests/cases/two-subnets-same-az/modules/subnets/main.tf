resource "aws_subnet" "this" {
  for_each = { app = "10.0.1.0/24", data = "10.0.2.0/24" }

  vpc_id            = "vpc-0a1b2c3d4e5f60718"
  cidr_block        = each.value
  availability_zone = "eu-west-1a"
}

output "ids" {
  value = [for subnet in aws_subnet.this : subnet.id]
}
