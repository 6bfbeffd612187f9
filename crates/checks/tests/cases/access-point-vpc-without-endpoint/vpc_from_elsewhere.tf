# A VPC from elsewhere.
data "aws_vpc" "main" {
  tags = { Name = "main" }
}

resource "aws_s3_access_point" "reports" {
  bucket = "reports"
  name   = "reports"

  vpc_configuration {
    vpc_id = data.aws_vpc.main.id
  }
}
