# Services of the table, in all forms of names.
resource "aws_vpc_endpoint" "ecr" {
  vpc_id            = "vpc-0a1b2c3d4e5f60718"
  service_name      = "com.amazonaws.eu-west-1.ecr.api"
  vpc_endpoint_type = "Interface"
}

resource "aws_vpc_endpoint" "iam" {
  vpc_id            = "vpc-0a1b2c3d4e5f60718"
  service_name      = "com.amazonaws.iam"
  vpc_endpoint_type = "Interface"
}

resource "aws_vpc_endpoint" "notebook" {
  vpc_id            = "vpc-0a1b2c3d4e5f60718"
  service_name      = "aws.sagemaker.eu-west-1.notebook"
  vpc_endpoint_type = "Interface"
}

resource "aws_vpc_endpoint" "points" {
  vpc_id            = "vpc-0a1b2c3d4e5f60718"
  service_name      = "com.amazonaws.s3-global.accesspoint"
  vpc_endpoint_type = "Interface"
}
