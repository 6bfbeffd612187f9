# privatelint's own stand-in for terraform-aws-modules/security-group/aws, 3.x: the group and its rules under the
# addresses that the module gives them. Descriptions of rules are left out, their timeouts too.

locals {
  create   = var.create
  group_id = try(aws_security_group.this[0].id, aws_security_group.this_name_prefix[0].id, "")
}

resource "aws_security_group" "this" {
  count                  = local.create && !var.use_name_prefix ? 1 : 0
  vpc_id                 = var.vpc_id
  name                   = var.name
  description            = var.description
  revoke_rules_on_delete = var.revoke_rules_on_delete
  tags                   = merge({ Name = var.name }, var.tags)
}

resource "aws_security_group" "this_name_prefix" {
  count                  = local.create && var.use_name_prefix ? 1 : 0
  vpc_id                 = var.vpc_id
  name_prefix            = "${var.name}-"
  description            = var.description
  revoke_rules_on_delete = var.revoke_rules_on_delete
  tags                   = merge({ Name = var.name }, var.tags)
}
