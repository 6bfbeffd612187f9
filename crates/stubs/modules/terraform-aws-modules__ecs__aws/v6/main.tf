module "cluster" {
  source = "./modules/cluster"

  create = var.create
  region = var.region
  name   = var.cluster_name
  tags   = merge(var.tags, var.cluster_tags)
}

module "service" {
  source = "./modules/service"

  for_each = { for name, service in coalesce(var.services, {}) : name => service if var.create }

  region      = var.region
  name        = coalesce(each.value.name, each.key)
  cluster_arn = module.cluster.arn
  tags        = merge(var.tags, each.value.tags)

  create                         = each.value.create
  create_service                 = each.value.create_service
  create_task_definition         = each.value.create_task_definition
  ignore_task_definition_changes = each.value.ignore_task_definition_changes
  deployment_controller          = each.value.deployment_controller
  network_mode                   = each.value.network_mode
  assign_public_ip               = each.value.assign_public_ip
  security_group_ids             = each.value.security_group_ids
  subnet_ids                     = each.value.subnet_ids
  create_security_group          = each.value.create_security_group
  security_group_name            = each.value.security_group_name
  security_group_use_name_prefix = each.value.security_group_use_name_prefix
  security_group_tags            = each.value.security_group_tags
  vpc_id                         = each.value.vpc_id
  security_group_ingress_rules   = each.value.security_group_ingress_rules
  security_group_egress_rules    = each.value.security_group_egress_rules
}
