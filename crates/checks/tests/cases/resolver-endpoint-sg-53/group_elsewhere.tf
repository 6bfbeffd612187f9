# T7: the group is not declared here.
resource "aws_route53_resolver_endpoint" "it" {
  direction          = "INBOUND"
  security_group_ids = ["sg-0a1b2c3d4e5f60718"]

  ip_address {
    subnet_id = "subnet-0a1b2c3d4e5f60718"
  }

  ip_address {
    subnet_id = "subnet-1a1b2c3d4e5f60718"
  }
}
