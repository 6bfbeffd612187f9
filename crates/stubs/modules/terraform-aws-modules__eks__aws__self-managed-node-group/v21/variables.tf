variable "create" {
  type     = bool
  default  = true
  nullable = false
}

variable "tags" {
  type    = map(string)
  default = {}
}

variable "region" {
  type    = string
  default = null
}

variable "cluster_name" {
  type    = string
  default = ""
}

variable "create_launch_template" {
  type     = bool
  default  = true
  nullable = false
}

variable "network_interfaces" {
  type = list(object({
    associate_carrier_ip_address = optional(bool)
    associate_public_ip_address  = optional(bool)
    connection_tracking_specification = optional(object({
      tcp_established_timeout = optional(number)
      udp_stream_timeout      = optional(number)
      udp_timeout             = optional(number)
    }))
    delete_on_termination = optional(bool)
    description           = optional(string)
    device_index          = optional(number)
    ena_srd_specification = optional(object({
      ena_srd_enabled = optional(bool)
      ena_srd_udp_specification = optional(object({
        ena_srd_udp_enabled = optional(bool)
      }))
    }))
    interface_type       = optional(string)
    ipv4_address_count   = optional(number)
    ipv4_addresses       = optional(list(string))
    ipv4_prefix_count    = optional(number)
    ipv4_prefixes        = optional(list(string))
    ipv6_address_count   = optional(number)
    ipv6_addresses       = optional(list(string))
    ipv6_prefix_count    = optional(number)
    ipv6_prefixes        = optional(list(string))
    network_card_index   = optional(number)
    network_interface_id = optional(string)
    primary_ipv6         = optional(bool)
    private_ip_address   = optional(string)
    security_groups      = optional(list(string), [])
  }))
  default  = []
  nullable = false
}

variable "create_placement_group" {
  type     = bool
  default  = false
  nullable = false
}

variable "instance_type" {
  type     = string
  default  = "m6i.large"
  nullable = false
}

variable "vpc_security_group_ids" {
  type     = list(string)
  default  = []
  nullable = false
}

variable "cluster_primary_security_group_id" {
  type    = string
  default = null
}

variable "enable_efa_support" {
  type     = bool
  default  = false
  nullable = false
}

variable "create_autoscaling_group" {
  type     = bool
  default  = true
  nullable = false
}

variable "name" {
  type    = string
  default = ""
}

variable "subnet_ids" {
  type    = list(string)
  default = null
}

variable "create_iam_instance_profile" {
  type     = bool
  default  = true
  nullable = false
}

variable "iam_instance_profile_arn" {
  type    = string
  default = null
}

variable "iam_role_arn" {
  type    = string
  default = null
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

variable "security_group_description" {
  type    = string
  default = null
}

variable "security_group_ingress_rules" {
  type = map(object({
    name = optional(string)

    cidr_ipv4                    = optional(string)
    cidr_ipv6                    = optional(string)
    description                  = optional(string)
    from_port                    = optional(string)
    ip_protocol                  = optional(string, "tcp")
    prefix_list_id               = optional(string)
    referenced_security_group_id = optional(string)
    self                         = optional(bool, false)
    tags                         = optional(map(string), {})
    to_port                      = optional(string)
  }))
  default  = {}
  nullable = false
}

variable "security_group_egress_rules" {
  type = map(object({
    name = optional(string)

    cidr_ipv4                    = optional(string)
    cidr_ipv6                    = optional(string)
    description                  = optional(string)
    from_port                    = optional(string)
    ip_protocol                  = optional(string, "tcp")
    prefix_list_id               = optional(string)
    referenced_security_group_id = optional(string)
    self                         = optional(bool, false)
    tags                         = optional(map(string), {})
    to_port                      = optional(string)
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

variable "partition" { default = null }
variable "account_id" { default = null }
variable "cluster_endpoint" { default = null }
variable "cluster_auth_base64" { default = null }
variable "cluster_service_cidr" { default = null }
variable "cluster_ip_family" { default = null }
variable "additional_cluster_dns_ips" { default = null }
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
variable "enclave_options" { default = null }
variable "instance_market_options" { default = null }
variable "maintenance_options" { default = null }
variable "license_specifications" { default = null }
variable "placement" { default = null }
variable "private_dns_name_options" { default = null }
variable "ebs_optimized" { default = null }
variable "ami_id" { default = null }
variable "ami_type" { default = null }
variable "kubernetes_version" { default = null }
variable "instance_requirements" { default = null }
variable "key_name" { default = null }
variable "enable_monitoring" { default = null }
variable "enable_efa_only" { default = null }
variable "efa_indices" { default = null }
variable "metadata_options" { default = null }
variable "launch_template_tags" { default = null }
variable "tag_specifications" { default = null }
variable "use_name_prefix" { default = null }
variable "launch_template_version" { default = null }
variable "availability_zones" { default = null }
variable "min_size" { default = null }
variable "max_size" { default = null }
variable "desired_size" { default = null }
variable "desired_size_type" { default = null }
variable "ignore_failed_scaling_activities" { default = null }
variable "context" { default = null }
variable "capacity_rebalance" { default = null }
variable "default_instance_warmup" { default = null }
variable "protect_from_scale_in" { default = null }
variable "placement_group" { default = null }
variable "health_check_type" { default = null }
variable "health_check_grace_period" { default = null }
variable "force_delete" { default = null }
variable "termination_policies" { default = null }
variable "suspended_processes" { default = null }
variable "max_instance_lifetime" { default = null }
variable "enabled_metrics" { default = null }
variable "metrics_granularity" { default = null }
variable "initial_lifecycle_hooks" { default = null }
variable "instance_maintenance_policy" { default = null }
variable "instance_refresh" { default = null }
variable "use_mixed_instances_policy" { default = null }
variable "mixed_instances_policy" { default = null }
variable "timeouts" { default = null }
variable "autoscaling_group_tags" { default = null }
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
variable "create_access_entry" { default = null }
