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

variable "create_launch_template" {
  type    = bool
  default = true
}

variable "network_interfaces" {
  type    = list(any)
  default = []
}

variable "instance_type" {
  type    = string
  default = ""
}

variable "vpc_security_group_ids" {
  type    = list(string)
  default = []
}

variable "cluster_primary_security_group_id" {
  type    = string
  default = null
}

variable "create_autoscaling_group" {
  type    = bool
  default = true
}

variable "name" {
  type    = string
  default = ""
}

variable "subnet_ids" {
  type    = list(string)
  default = null
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

variable "security_group_description" {
  type    = string
  default = "EKS self-managed node group security group"
}

variable "vpc_id" {
  type    = string
  default = null
}

variable "security_group_rules" {
  type    = any
  default = {}
}

variable "cluster_security_group_id" {
  type    = string
  default = null
}

variable "security_group_tags" {
  type    = map(string)
  default = {}
}

variable "create_iam_instance_profile" {
  type    = bool
  default = true
}

variable "iam_instance_profile_arn" {
  type    = string
  default = null
}

# What follows has no part in the network.

variable "platform" { default = null }
variable "cluster_endpoint" { default = null }
variable "cluster_auth_base64" { default = null }
variable "pre_bootstrap_user_data" { default = null }
variable "post_bootstrap_user_data" { default = null }
variable "bootstrap_extra_args" { default = null }
variable "user_data_template_path" { default = null }
variable "launch_template_name" { default = null }
variable "launch_template_use_name_prefix" { default = null }
variable "launch_template_description" { default = null }
variable "launch_template_default_version" { default = null }
variable "update_launch_template_default_version" { default = null }
variable "disable_api_termination" { default = null }
variable "instance_initiated_shutdown_behavior" { default = null }
variable "kernel_id" { default = null }
variable "ram_disk_id" { default = null }
variable "block_device_mappings" { default = null }
variable "capacity_reservation_specification" { default = null }
variable "cpu_options" { default = null }
variable "credit_specification" { default = null }
variable "elastic_gpu_specifications" { default = null }
variable "elastic_inference_accelerator" { default = null }
variable "enclave_options" { default = null }
variable "hibernation_options" { default = null }
variable "instance_market_options" { default = null }
variable "license_specifications" { default = null }
variable "placement" { default = null }
variable "ebs_optimized" { default = null }
variable "ami_id" { default = null }
variable "cluster_version" { default = null }
variable "key_name" { default = null }
variable "enable_monitoring" { default = null }
variable "metadata_options" { default = null }
variable "launch_template_tags" { default = null }
variable "use_name_prefix" { default = null }
variable "launch_template_version" { default = null }
variable "availability_zones" { default = null }
variable "min_size" { default = null }
variable "max_size" { default = null }
variable "desired_size" { default = null }
variable "capacity_rebalance" { default = null }
variable "min_elb_capacity" { default = null }
variable "wait_for_elb_capacity" { default = null }
variable "wait_for_capacity_timeout" { default = null }
variable "default_cooldown" { default = null }
variable "protect_from_scale_in" { default = null }
variable "target_group_arns" { default = null }
variable "placement_group" { default = null }
variable "health_check_type" { default = null }
variable "health_check_grace_period" { default = null }
variable "force_delete" { default = null }
variable "termination_policies" { default = null }
variable "suspended_processes" { default = null }
variable "max_instance_lifetime" { default = null }
variable "enabled_metrics" { default = null }
variable "metrics_granularity" { default = null }
variable "service_linked_role_arn" { default = null }
variable "initial_lifecycle_hooks" { default = null }
variable "instance_refresh" { default = null }
variable "use_mixed_instances_policy" { default = null }
variable "mixed_instances_policy" { default = null }
variable "warm_pool" { default = null }
variable "delete_timeout" { default = null }
variable "use_default_tags" { default = null }
variable "autoscaling_group_tags" { default = null }
variable "create_schedule" { default = null }
variable "schedules" { default = null }
variable "cluster_ip_family" { default = null }
variable "iam_role_name" { default = null }
variable "iam_role_use_name_prefix" { default = null }
variable "iam_role_path" { default = null }
variable "iam_role_description" { default = null }
variable "iam_role_permissions_boundary" { default = null }
variable "iam_role_attach_cni_policy" { default = null }
variable "iam_role_additional_policies" { default = null }
variable "iam_role_tags" { default = null }
