# T3: how many endpoints there are is not known; each of them is without a table.
variable "vpc_ids" {
  type = list(string)
}

resource "aws_vpc_endpoint" "s3" { # expect: gateway-endpoint-without-route-tables
  count = length(var.vpc_ids)

  vpc_id       = var.vpc_ids[count.index]
  service_name = "com.amazonaws.eu-west-1.s3"
}
