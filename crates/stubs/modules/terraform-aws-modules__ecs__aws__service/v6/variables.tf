variable "create" {
  type     = bool
  default  = true
  nullable = false
}

variable "create_service" {
  type     = bool
  default  = true
  nullable = false
}

variable "region" {
  type    = string
  default = null
}

variable "tags" {
  type     = map(string)
  default  = {}
  nullable = false
}

variable "ignore_task_definition_changes" {
  type     = bool
  default  = false
  nullable = false
}

variable "cluster_arn" {
  type     = string
  default  = ""
  nullable = false
}

variable "deployment_controller" {
  type    = any
  default = null
}

variable "name" {
  type    = string
  default = null
}

variable "assign_public_ip" {
  type     = bool
  default  = false
  nullable = false
}

variable "security_group_ids" {
  type     = list(string)
  default  = []
  nullable = false
}

variable "subnet_ids" {
  type     = list(string)
  default  = []
  nullable = false
}

variable "vpc_id" {
  type    = string
  default = null
}

variable "create_task_definition" {
  type     = bool
  default  = true
  nullable = false
}

variable "network_mode" {
  type     = string
  default  = "awsvpc"
  nullable = false
}

variable "create_security_group" {
  type     = bool
  default  = true
  nullable = false
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
  default  = {}
  nullable = false
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
  default  = {}
  nullable = false
}

variable "security_group_tags" {
  type     = map(string)
  default  = {}
  nullable = false
}

# What follows has no part in the network.

variable "alarms" { default = null }
variable "availability_zone_rebalancing" { default = null }
variable "capacity_provider_strategy" { default = null }
variable "deployment_circuit_breaker" { default = null }
variable "deployment_configuration" { default = null }
variable "deployment_maximum_percent" { default = null }
variable "deployment_minimum_healthy_percent" { default = null }
variable "desired_count" { default = null }
variable "enable_ecs_managed_tags" { default = null }
variable "enable_execute_command" { default = null }
variable "force_delete" { default = null }
variable "force_new_deployment" { default = null }
variable "health_check_grace_period_seconds" { default = null }
variable "launch_type" { default = null }
variable "load_balancer" { default = null }
variable "sigint_rollback" { default = null }
variable "ordered_placement_strategy" { default = null }
variable "placement_constraints" { default = null }
variable "platform_version" { default = null }
variable "propagate_tags" { default = null }
variable "scheduling_strategy" { default = null }
variable "service_connect_configuration" { default = null }
variable "service_registries" { default = null }
variable "timeouts" { default = null }
variable "triggers" { default = null }
variable "volume_configuration" { default = null }
variable "vpc_lattice_configurations" { default = null }
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
variable "cpu" { default = null }
variable "enable_fault_injection" { default = null }
variable "ephemeral_storage" { default = null }
variable "family" { default = null }
variable "ipc_mode" { default = null }
variable "memory" { default = null }
variable "pid_mode" { default = null }
variable "proxy_configuration" { default = null }
variable "requires_compatibilities" { default = null }
variable "runtime_platform" { default = null }
variable "skip_destroy" { default = null }
variable "task_definition_placement_constraints" { default = null }
variable "track_latest" { default = null }
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
variable "tasks_iam_role_max_session_duration" { default = null }
variable "external_id" { default = null }
variable "scale" { default = null }
variable "wait_until_stable" { default = null }
variable "wait_until_stable_timeout" { default = null }
variable "enable_autoscaling" { default = null }
variable "autoscaling_min_capacity" { default = null }
variable "autoscaling_max_capacity" { default = null }
variable "autoscaling_policies" { default = null }
variable "autoscaling_scheduled_actions" { default = null }
variable "autoscaling_suspended_state" { default = null }
variable "security_group_description" { default = null }
variable "create_infrastructure_iam_role" { default = null }
variable "infrastructure_iam_role_arn" { default = null }
variable "infrastructure_iam_role_name" { default = null }
variable "infrastructure_iam_role_use_name_prefix" { default = null }
variable "infrastructure_iam_role_path" { default = null }
variable "infrastructure_iam_role_description" { default = null }
variable "infrastructure_iam_role_permissions_boundary" { default = null }
variable "infrastructure_iam_role_tags" { default = null }
