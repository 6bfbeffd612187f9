variable "create" {
  type    = bool
  default = true
}

variable "tags" {
  type    = map(string)
  default = {}
}

variable "cluster_name" {
  type    = string
  default = ""
}

# What follows has no part in the network.

variable "cluster_configuration" { default = null }
variable "cluster_settings" { default = null }
variable "cluster_service_connect_defaults" { default = null }
variable "create_cloudwatch_log_group" { default = null }
variable "cloudwatch_log_group_name" { default = null }
variable "cloudwatch_log_group_retention_in_days" { default = null }
variable "cloudwatch_log_group_kms_key_id" { default = null }
variable "cloudwatch_log_group_tags" { default = null }
variable "default_capacity_provider_use_fargate" { default = null }
variable "fargate_capacity_providers" { default = null }
variable "autoscaling_capacity_providers" { default = null }
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
