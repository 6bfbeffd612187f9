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
  default = null
}

variable "create_launch_template" {
  type    = bool
  default = true
}

variable "use_custom_launch_template" {
  type    = bool
  default = true
}

variable "vpc_security_group_ids" {
  type    = list(string)
  default = []
}

variable "cluster_primary_security_group_id" {
  type    = string
  default = null
}

variable "enable_efa_support" {
  type    = bool
  default = false
}

variable "network_interfaces" {
  type    = list(any)
  default = []
}

variable "create_placement_group" {
  type    = bool
  default = false
}

variable "subnet_ids" {
  type    = list(string)
  default = null
}

variable "name" {
  type    = string
  default = ""
}

variable "instance_types" {
  type    = list(string)
  default = null
}

variable "remote_access" {
  type    = any
  default = {}
}

variable "create_iam_role" {
  type    = bool
  default = true
}

variable "iam_role_arn" {
  type    = string
  default = null
}

# What follows has no part in the network.

variable "platform" { default = null }
variable "enable_bootstrap_user_data" { default = null }
variable "cluster_endpoint" { default = null }
variable "cluster_auth_base64" { default = null }
variable "cluster_service_cidr" { default = null }
variable "cluster_service_ipv4_cidr" { default = null }
variable "pre_bootstrap_user_data" { default = null }
variable "post_bootstrap_user_data" { default = null }
variable "bootstrap_extra_args" { default = null }
variable "user_data_template_path" { default = null }
variable "cloudinit_pre_nodeadm" { default = null }
variable "cloudinit_post_nodeadm" { default = null }
variable "launch_template_id" { default = null }
variable "launch_template_name" { default = null }
variable "launch_template_use_name_prefix" { default = null }
variable "launch_template_description" { default = null }
variable "ebs_optimized" { default = null }
variable "ami_id" { default = null }
variable "key_name" { default = null }
variable "launch_template_default_version" { default = null }
variable "update_launch_template_default_version" { default = null }
variable "disable_api_termination" { default = null }
variable "kernel_id" { default = null }
variable "ram_disk_id" { default = null }
variable "block_device_mappings" { default = null }
variable "capacity_reservation_specification" { default = null }
variable "cpu_options" { default = null }
variable "credit_specification" { default = null }
variable "elastic_gpu_specifications" { default = null }
variable "elastic_inference_accelerator" { default = null }
variable "enclave_options" { default = null }
variable "instance_market_options" { default = null }
variable "maintenance_options" { default = null }
variable "license_specifications" { default = null }
variable "metadata_options" { default = null }
variable "enable_monitoring" { default = null }
variable "enable_efa_only" { default = null }
variable "efa_indices" { default = null }
variable "placement" { default = null }
variable "placement_group_strategy" { default = null }
variable "private_dns_name_options" { default = null }
variable "launch_template_tags" { default = null }
variable "tag_specifications" { default = null }
variable "placement_group_az" { default = null }
variable "min_size" { default = null }
variable "max_size" { default = null }
variable "desired_size" { default = null }
variable "use_name_prefix" { default = null }
variable "ami_type" { default = null }
variable "ami_release_version" { default = null }
variable "use_latest_ami_release_version" { default = null }
variable "capacity_type" { default = null }
variable "disk_size" { default = null }
variable "force_update_version" { default = null }
variable "labels" { default = null }
variable "cluster_version" { default = null }
variable "launch_template_version" { default = null }
variable "taints" { default = null }
variable "update_config" { default = null }
variable "node_repair_config" { default = null }
variable "timeouts" { default = null }
variable "cluster_ip_family" { default = null }
variable "iam_role_name" { default = null }
variable "iam_role_use_name_prefix" { default = null }
variable "iam_role_path" { default = null }
variable "iam_role_description" { default = null }
variable "iam_role_permissions_boundary" { default = null }
variable "iam_role_attach_cni_policy" { default = null }
variable "iam_role_additional_policies" { default = null }
variable "iam_role_tags" { default = null }
variable "create_iam_role_policy" { default = null }
variable "iam_role_policy_statements" { default = null }
variable "create_schedule" { default = null }
variable "schedules" { default = null }
