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

variable "disable_v7_default_name_description" {
  type    = bool
  default = false
}

variable "name" {
  type    = string
  default = ""
}

variable "capacity_providers" {
  type    = any
  default = null
}

variable "create_security_group" {
  type     = bool
  default  = true
  nullable = false
}

variable "vpc_id" {
  type    = string
  default = null
}

variable "security_group_name" {
  type    = string
  default = null
}

variable "security_group_use_name_prefix" {
  type     = bool
  default  = true
  nullable = false
}

variable "security_group_ingress_rules" {
  type = map(object({
    name                         = optional(string)
    cidr_ipv4                    = optional(string)
    cidr_ipv6                    = optional(string)
    from_port                    = optional(string)
    to_port                      = optional(string)
    ip_protocol                  = optional(string, "tcp")
    prefix_list_id               = optional(string)
    referenced_security_group_id = optional(string)
    tags                         = optional(map(string), {})
  }))
  default = {}
}

variable "security_group_egress_rules" {
  type = map(object({
    name                         = optional(string)
    cidr_ipv4                    = optional(string)
    cidr_ipv6                    = optional(string)
    from_port                    = optional(string)
    to_port                      = optional(string)
    ip_protocol                  = optional(string, "tcp")
    prefix_list_id               = optional(string)
    referenced_security_group_id = optional(string)
    tags                         = optional(map(string), {})
  }))
  default = {
    all_ipv4 = {
      cidr_ipv4   = "0.0.0.0/0"
      ip_protocol = "-1"
    }
    all_ipv6 = {
      cidr_ipv6   = "::/0"
      ip_protocol = "-1"
    }
  }
}

variable "security_group_tags" {
  type     = map(string)
  default  = {}
  nullable = false
}

# What follows has no part in the network.

variable "configuration" { default = null }
variable "service_connect_defaults" { default = null }
variable "setting" { default = null }
variable "create_cloudwatch_log_group" { default = null }
variable "cloudwatch_log_group_name" { default = null }
variable "cloudwatch_log_group_retention_in_days" { default = null }
variable "cloudwatch_log_group_kms_key_id" { default = null }
variable "cloudwatch_log_group_class" { default = null }
variable "cloudwatch_log_group_tags" { default = null }
variable "cluster_capacity_providers_wait_duration" { default = null }
variable "cluster_capacity_providers" { default = null }
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
variable "create_infrastructure_iam_role" { default = null }
variable "infrastructure_iam_role_name" { default = null }
variable "infrastructure_iam_role_use_name_prefix" { default = null }
variable "infrastructure_iam_role_path" { default = null }
variable "infrastructure_iam_role_description" { default = null }
variable "infrastructure_iam_role_permissions_boundary" { default = null }
variable "infrastructure_iam_role_tags" { default = null }
variable "infrastructure_iam_role_source_policy_documents" { default = null }
variable "infrastructure_iam_role_override_policy_documents" { default = null }
variable "infrastructure_iam_role_statements" { default = null }
variable "create_node_iam_instance_profile" { default = null }
variable "node_iam_role_name" { default = null }
variable "node_iam_role_use_name_prefix" { default = null }
variable "node_iam_role_path" { default = null }
variable "node_iam_role_description" { default = null }
variable "node_iam_role_permissions_boundary" { default = null }
variable "node_iam_role_additional_policies" { default = null }
variable "node_iam_role_tags" { default = null }
variable "node_iam_role_source_policy_documents" { default = null }
variable "node_iam_role_override_policy_documents" { default = null }
variable "node_iam_role_statements" { default = null }
variable "security_group_description" { default = null }
