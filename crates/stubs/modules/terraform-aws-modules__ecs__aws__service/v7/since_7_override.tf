locals {
  security_group_name = coalesce(var.security_group_name, "${var.name}${var.disable_v7_default_name_description ? "" : "-service"}")
}

resource "aws_vpc_security_group_ingress_rule" "this" { referenced_security_group_id = each.value.referenced_security_group_id == "self" ? aws_security_group.this[0].id : each.value.referenced_security_group_id }
resource "aws_vpc_security_group_egress_rule" "this" { referenced_security_group_id = each.value.referenced_security_group_id == "self" ? aws_security_group.this[0].id : each.value.referenced_security_group_id }
variable "name" { default = "" }
