variable "create" {
  type    = bool
  default = true
}

variable "create_service" {
  type    = bool
  default = true
}

variable "tags" {
  type    = map(string)
  default = {}
}

variable "ignore_task_definition_changes" {
  type    = bool
  default = false
}

variable "cluster_arn" {
  type    = string
  default = ""
}

variable "deployment_controller" {
  type    = any
  default = {}
}

variable "name" {
  type    = string
  default = null
}

variable "assign_public_ip" {
  type    = bool
  default = false
}

variable "security_group_ids" {
  type    = list(string)
  default = []
}

variable "subnet_ids" {
  type    = list(string)
  default = []
}

variable "create_task_definition" {
  type    = bool
  default = true
}

variable "network_mode" {
  type    = string
  default = "awsvpc"
}

variable "create_security_group" {
  type    = bool
  default = true
}

variable "security_group_name" {
  type    = string
  default = null
}

variable "security_group_use_name_prefix" {
  type    = bool
  default = true
}

variable "security_group_rules" {
  type    = any
  default = {}
}

variable "security_group_tags" {
  type    = map(string)
  default = {}
}

# What follows has no part in the network.

variable "alarms" { default = null }
variable "capacity_provider_strategy" { default = null }
variable "deployment_circuit_breaker" { default = null }
variable "deployment_maximum_percent" { default = null }
variable "deployment_minimum_healthy_percent" { default = null }
variable "desired_count" { default = null }
variable "enable_ecs_managed_tags" { default = null }
variable "enable_execute_command" { default = null }
variable "force_new_deployment" { default = null }
variable "health_check_grace_period_seconds" { default = null }
variable "launch_type" { default = null }
variable "load_balancer" { default = null }
variable "ordered_placement_strategy" { default = null }
variable "placement_constraints" { default = null }
variable "platform_version" { default = null }
variable "propagate_tags" { default = null }
variable "scheduling_strategy" { default = null }
variable "service_connect_configuration" { default = null }
variable "service_registries" { default = null }
variable "timeouts" { default = null }
variable "triggers" { default = null }
variable "wait_for_steady_state" { default = null }
variable "service_tags" { default = null }
variable "create_iam_role" { default = null }
variable "iam_role_arn" { default = null }
variable "iam_role_name" { default = null }
variable "iam_role_use_name_prefix" { default = null }
variable "iam_role_path" { default = null }
variable "iam_role_description" { default = null }
variable "iam_role_permissions_boundary" { default = null }
variable "iam_role_tags" { default = null }
variable "iam_role_statements" { default = null }
variable "task_definition_arn" { default = null }
variable "container_definitions" { default = null }
variable "container_definition_defaults" { default = null }
variable "cpu" { default = null }
variable "ephemeral_storage" { default = null }
variable "family" { default = null }
variable "inference_accelerator" { default = null }
variable "ipc_mode" { default = null }
variable "memory" { default = null }
variable "pid_mode" { default = null }
variable "task_definition_placement_constraints" { default = null }
variable "proxy_configuration" { default = null }
variable "requires_compatibilities" { default = null }
variable "runtime_platform" { default = null }
variable "skip_destroy" { default = null }
variable "volume" { default = null }
variable "task_tags" { default = null }
variable "create_task_exec_iam_role" { default = null }
variable "task_exec_iam_role_arn" { default = null }
variable "task_exec_iam_role_name" { default = null }
variable "task_exec_iam_role_use_name_prefix" { default = null }
variable "task_exec_iam_role_path" { default = null }
variable "task_exec_iam_role_description" { default = null }
variable "task_exec_iam_role_permissions_boundary" { default = null }
variable "task_exec_iam_role_tags" { default = null }
variable "task_exec_iam_role_policies" { default = null }
variable "task_exec_iam_role_max_session_duration" { default = null }
variable "create_task_exec_policy" { default = null }
variable "task_exec_ssm_param_arns" { default = null }
variable "task_exec_secret_arns" { default = null }
variable "task_exec_iam_statements" { default = null }
variable "task_exec_iam_policy_path" { default = null }
variable "create_tasks_iam_role" { default = null }
variable "tasks_iam_role_arn" { default = null }
variable "tasks_iam_role_name" { default = null }
variable "tasks_iam_role_use_name_prefix" { default = null }
variable "tasks_iam_role_path" { default = null }
variable "tasks_iam_role_description" { default = null }
variable "tasks_iam_role_permissions_boundary" { default = null }
variable "tasks_iam_role_tags" { default = null }
variable "tasks_iam_role_policies" { default = null }
variable "tasks_iam_role_statements" { default = null }
variable "external_id" { default = null }
variable "scale" { default = null }
variable "force_delete" { default = null }
variable "wait_until_stable" { default = null }
variable "wait_until_stable_timeout" { default = null }
variable "enable_autoscaling" { default = null }
variable "autoscaling_min_capacity" { default = null }
variable "autoscaling_max_capacity" { default = null }
variable "autoscaling_policies" { default = null }
variable "autoscaling_scheduled_actions" { default = null }
variable "security_group_description" { default = null }
