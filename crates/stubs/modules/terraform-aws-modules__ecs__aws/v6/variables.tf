variable "create" {
  type    = bool
  default = true
}

variable "region" {
  type    = string
  default = null
}

variable "tags" {
  type    = map(string)
  default = {}
}

variable "cluster_name" {
  type    = string
  default = ""
}

variable "cluster_tags" {
  type    = map(string)
  default = {}
}

variable "services" {
  type = map(object({
    create                         = optional(bool)
    create_service                 = optional(bool)
    create_task_definition         = optional(bool)
    ignore_task_definition_changes = optional(bool)
    deployment_controller          = optional(object({ type = optional(string) }))
    name                           = optional(string)
    tags                           = optional(map(string), {})
    network_mode                   = optional(string)
    assign_public_ip               = optional(bool)
    security_group_ids             = optional(list(string))
    subnet_ids                     = optional(list(string))
    create_security_group          = optional(bool)
    vpc_id                         = optional(string)
    security_group_name            = optional(string)
    security_group_use_name_prefix = optional(bool)
    security_group_ingress_rules = optional(map(object({
      name                         = optional(string)
      cidr_ipv4                    = optional(string)
      cidr_ipv6                    = optional(string)
      from_port                    = optional(string)
      to_port                      = optional(string)
      ip_protocol                  = optional(string, "tcp")
      prefix_list_id               = optional(string)
      referenced_security_group_id = optional(string)
      tags                         = optional(map(string), {})
    })))
    security_group_egress_rules = optional(map(object({
      name                         = optional(string)
      cidr_ipv4                    = optional(string)
      cidr_ipv6                    = optional(string)
      from_port                    = optional(string)
      to_port                      = optional(string)
      ip_protocol                  = optional(string, "tcp")
      prefix_list_id               = optional(string)
      referenced_security_group_id = optional(string)
      tags                         = optional(map(string), {})
    })))
    security_group_tags = optional(map(string))
  }))
  default = null
}

# What follows has no part in the network.

variable "cluster_configuration" { default = null }
variable "cluster_service_connect_defaults" { default = null }
variable "cluster_setting" { default = null }
variable "create_cloudwatch_log_group" { default = null }
variable "cloudwatch_log_group_name" { default = null }
variable "cloudwatch_log_group_retention_in_days" { default = null }
variable "cloudwatch_log_group_kms_key_id" { default = null }
variable "cloudwatch_log_group_class" { default = null }
variable "cloudwatch_log_group_tags" { default = null }
variable "autoscaling_capacity_providers" { default = null }
variable "default_capacity_provider_strategy" { default = null }
variable "create_task_exec_iam_role" { default = null }
variable "task_exec_iam_role_name" { default = null }
variable "task_exec_iam_role_use_name_prefix" { default = null }
variable "task_exec_iam_role_path" { default = null }
variable "task_exec_iam_role_description" { default = null }
variable "task_exec_iam_role_permissions_boundary" { default = null }
variable "task_exec_iam_role_tags" { default = null }
variable "task_exec_iam_role_policies" { default = null }
variable "create_task_exec_policy" { default = null }
variable "task_exec_ssm_param_arns" { default = null }
variable "task_exec_secret_arns" { default = null }
variable "task_exec_iam_statements" { default = null }
