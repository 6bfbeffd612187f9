provider "aws" {
  region = "eu-west-1"
}

module "s3" {
  source  = "acme/endpoint/aws"
  version = "~> 2.1"

  service = "com.amazonaws.eu-north-1.s3"
  tables  = ["rtb-0a1b2c3d4e5f60718"]
}
