module "cluster" {
  source = "./modules/cluster"

  create       = var.create
  cluster_name = var.cluster_name
  tags         = merge(var.tags, var.cluster_tags)
}

module "service" {
  source = "./modules/service"

  for_each = { for name, service in var.services : name => service if var.create }

  name        = try(each.value.name, each.key)
  cluster_arn = module.cluster.arn
  tags        = merge(var.tags, try(each.value.tags, {}))

  create                         = try(each.value.create, true)
  create_service                 = try(each.value.create_service, true)
  create_task_definition         = try(each.value.create_task_definition, true)
  ignore_task_definition_changes = try(each.value.ignore_task_definition_changes, false)
  deployment_controller          = try(each.value.deployment_controller, {})
  network_mode                   = try(each.value.network_mode, "awsvpc")
  assign_public_ip               = try(each.value.assign_public_ip, false)
  security_group_ids             = try(each.value.security_group_ids, [])
  subnet_ids                     = try(each.value.subnet_ids, [])
  create_security_group          = try(each.value.create_security_group, true)
  security_group_name            = try(each.value.security_group_name, null)
  security_group_use_name_prefix = try(each.value.security_group_use_name_prefix, true)
  security_group_tags            = try(each.value.security_group_tags, {})
  security_group_rules           = try(each.value.security_group_rules, {})
}
