# T8: names of another partition.
resource "aws_vpc_endpoint" "s3" {
  vpc_id       = "vpc-0a1b2c3d4e5f60718"
  service_name = "com.amazonaws.cn-north-1.s3"
}

resource "aws_vpc_endpoint" "ecr" { # expect: gateway-type-for-interface-service
  vpc_id       = "vpc-0a1b2c3d4e5f60718"
  service_name = "cn.com.amazonaws.cn-north-1.ecr.api"
}
