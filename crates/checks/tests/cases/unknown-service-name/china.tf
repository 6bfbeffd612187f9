# T8: in China many names have another prefix, and some have not.
resource "aws_vpc_endpoint" "wrong" {
  vpc_id            = "vpc-0a1b2c3d4e5f60718"
  service_name      = "com.amazonaws.cn-north-1.ecr.api" # expect: unknown-service-name
  vpc_endpoint_type = "Interface"
}

resource "aws_vpc_endpoint" "right" {
  vpc_id            = "vpc-0a1b2c3d4e5f60718"
  service_name      = "cn.com.amazonaws.cn-north-1.ecr.api"
  vpc_endpoint_type = "Interface"
}

resource "aws_vpc_endpoint" "s3" {
  vpc_id       = "vpc-0a1b2c3d4e5f60718"
  service_name = "com.amazonaws.cn-north-1.s3"
}
