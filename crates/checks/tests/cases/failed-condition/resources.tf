provider "aws" {
  region = "eu-west-1"
}

variable "vpc_id" {
  type = string
}

resource "aws_vpc" "small" {
  cidr_block = "10.0.0.0/30"

  lifecycle {
    postcondition {
      condition     = tonumber(split("/", self.cidr_block)[1]) <= 28 # expect: failed-condition
      error_message = "A VPC has at least 16 addresses."
    }
    postcondition {
      condition     = self.enable_dns_support
      error_message = "The provider decides this."
    }
  }
}

resource "aws_subnet" "each" {
  count      = 2
  vpc_id     = aws_vpc.small.id
  cidr_block = cidrsubnet("10.0.0.0/16", 8, count.index)

  lifecycle {
    precondition {
      condition     = count.index < 1 # expect: failed-condition
      error_message = "One subnet is enough."
    }
    precondition {
      condition     = aws_vpc.small.cidr_block == cidrsubnet("10.0.0.0/16", 14, 0)
      error_message = "The VPC is the first of its block."
    }
    precondition {
      condition     = var.vpc_id == "vpc-0a1b2c3d4e5f60718"
      error_message = "Not known here."
    }
  }
}

resource "aws_subnet" "none" {
  count  = 0
  vpc_id = aws_vpc.small.id

  lifecycle {
    precondition {
      condition     = false
      error_message = "Never looked at."
    }
  }
}

check "subnets" {
  data "aws_vpc" "read" {
    id = var.vpc_id
  }
  assert {
    condition     = length(aws_subnet.each) == 3 # expect: failed-condition
    error_message = "There are ${length(aws_subnet.each)} subnets, and not 3."
  }
  assert {
    condition     = data.aws_vpc.read.cidr_block == "10.0.0.0/16"
    error_message = "Read from AWS."
  }
}

output "vpc_id" {
  value = aws_vpc.small.id

  precondition {
    condition     = length(aws_subnet.none) > 0 # expect: failed-condition
    error_message = "No subnets."
  }
}
