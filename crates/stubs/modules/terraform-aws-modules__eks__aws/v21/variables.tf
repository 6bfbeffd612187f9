variable "create" {
  type    = bool
  default = true
}

variable "prefix_separator" {
  type    = string
  default = "-"
}

variable "region" {
  type    = string
  default = null
}

variable "tags" {
  type    = map(string)
  default = {}
}

variable "name" {
  type    = string
  default = ""
}

variable "kubernetes_version" {
  type    = string
  default = null
}

variable "additional_security_group_ids" {
  type    = list(string)
  default = []
}

variable "control_plane_subnet_ids" {
  type    = list(string)
  default = []
}

variable "subnet_ids" {
  type    = list(string)
  default = []
}

variable "endpoint_private_access" {
  type    = bool
  default = true
}

variable "endpoint_public_access" {
  type    = bool
  default = false
}

variable "endpoint_public_access_cidrs" {
  type    = list(string)
  default = ["0.0.0.0/0"]
}

variable "ip_family" {
  type    = string
  default = "ipv4"
}

variable "service_ipv4_cidr" {
  type    = string
  default = null
}

variable "service_ipv6_cidr" {
  type    = string
  default = null
}

variable "outpost_config" {
  type    = any
  default = null
}

variable "create_cloudwatch_log_group" {
  type    = bool
  default = true
}

variable "create_security_group" {
  type    = bool
  default = true
}

variable "security_group_id" {
  type    = string
  default = ""
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
  type    = bool
  default = true
}

variable "security_group_description" {
  type    = string
  default = "EKS cluster security group"
}

variable "security_group_additional_rules" {
  type = map(object({
    protocol                   = optional(string, "tcp")
    from_port                  = number
    to_port                    = number
    type                       = optional(string, "ingress")
    cidr_blocks                = optional(list(string))
    ipv6_cidr_blocks           = optional(list(string))
    prefix_list_ids            = optional(list(string))
    self                       = optional(bool)
    source_node_security_group = optional(bool, false)
    source_security_group_id   = optional(string)
  }))
  default = {}
}

variable "security_group_tags" {
  type    = map(string)
  default = {}
}

variable "create_node_security_group" {
  type    = bool
  default = true
}

variable "node_security_group_id" {
  type    = string
  default = ""
}

variable "node_security_group_name" {
  type    = string
  default = null
}

variable "node_security_group_use_name_prefix" {
  type    = bool
  default = true
}

variable "node_security_group_description" {
  type    = string
  default = "EKS node shared security group"
}

variable "node_security_group_additional_rules" {
  type = map(object({
    protocol                      = optional(string, "tcp")
    from_port                     = number
    to_port                       = number
    type                          = optional(string, "ingress")
    cidr_blocks                   = optional(list(string))
    ipv6_cidr_blocks              = optional(list(string))
    prefix_list_ids               = optional(list(string))
    self                          = optional(bool)
    source_cluster_security_group = optional(bool, false)
    source_security_group_id      = optional(string)
  }))
  default = {}
}

variable "node_security_group_enable_recommended_rules" {
  type    = bool
  default = true
}

variable "node_security_group_tags" {
  type    = map(string)
  default = {}
}

variable "enable_irsa" {
  type    = bool
  default = true
}

variable "create_iam_role" {
  type    = bool
  default = true
}

variable "fargate_profiles" {
  type = map(object({
    create     = optional(bool, true)
    name       = optional(string)
    subnet_ids = optional(list(string))
    tags       = optional(map(string))
  }))
  default = null
}

variable "self_managed_node_groups" {
  type = map(object({
    create                                = optional(bool, true)
    name                                  = optional(string)
    subnet_ids                            = optional(list(string))
    tags                                  = optional(map(string))
    vpc_security_group_ids                = optional(list(string), [])
    attach_cluster_primary_security_group = optional(bool, false)
    create_launch_template                = optional(bool)
    network_interfaces = optional(list(object({
      security_groups = optional(list(string), [])
      subnet_id       = optional(string)
    })))
    enable_efa_support             = optional(bool, false)
    create_security_group          = optional(bool)
    security_group_name            = optional(string)
    security_group_use_name_prefix = optional(bool)
    security_group_description     = optional(string)
    security_group_tags            = optional(map(string))
    security_group_ingress_rules = optional(map(object({
      name                         = optional(string)
      cidr_ipv4                    = optional(string)
      cidr_ipv6                    = optional(string)
      description                  = optional(string)
      from_port                    = optional(string)
      to_port                      = optional(string)
      ip_protocol                  = optional(string)
      prefix_list_id               = optional(string)
      referenced_security_group_id = optional(string)
      self                         = optional(bool, false)
      tags                         = optional(map(string), {})
    })))
    security_group_egress_rules = optional(map(object({
      name                         = optional(string)
      cidr_ipv4                    = optional(string)
      cidr_ipv6                    = optional(string)
      description                  = optional(string)
      from_port                    = optional(string)
      to_port                      = optional(string)
      ip_protocol                  = optional(string)
      prefix_list_id               = optional(string)
      referenced_security_group_id = optional(string)
      self                         = optional(bool, false)
      tags                         = optional(map(string), {})
    })))
    create_autoscaling_group = optional(bool)
    instance_type            = optional(string)
  }))
  default = null
}

variable "eks_managed_node_groups" {
  type = map(object({
    create                                = optional(bool, true)
    name                                  = optional(string)
    subnet_ids                            = optional(list(string))
    tags                                  = optional(map(string))
    vpc_security_group_ids                = optional(list(string), [])
    attach_cluster_primary_security_group = optional(bool, false)
    create_launch_template                = optional(bool)
    network_interfaces = optional(list(object({
      security_groups = optional(list(string), [])
      subnet_id       = optional(string)
    })))
    enable_efa_support             = optional(bool, false)
    create_security_group          = optional(bool)
    security_group_name            = optional(string)
    security_group_use_name_prefix = optional(bool)
    security_group_description     = optional(string)
    security_group_tags            = optional(map(string))
    security_group_ingress_rules = optional(map(object({
      name                         = optional(string)
      cidr_ipv4                    = optional(string)
      cidr_ipv6                    = optional(string)
      description                  = optional(string)
      from_port                    = optional(string)
      to_port                      = optional(string)
      ip_protocol                  = optional(string)
      prefix_list_id               = optional(string)
      referenced_security_group_id = optional(string)
      self                         = optional(bool, false)
      tags                         = optional(map(string), {})
    })))
    security_group_egress_rules = optional(map(object({
      name                         = optional(string)
      cidr_ipv4                    = optional(string)
      cidr_ipv6                    = optional(string)
      description                  = optional(string)
      from_port                    = optional(string)
      to_port                      = optional(string)
      ip_protocol                  = optional(string)
      prefix_list_id               = optional(string)
      referenced_security_group_id = optional(string)
      self                         = optional(bool, false)
      tags                         = optional(map(string), {})
    })))
    use_custom_launch_template = optional(bool)
    remote_access = optional(object({
      ec2_ssh_key               = optional(string)
      source_security_group_ids = optional(list(string))
    }))
    instance_types = optional(list(string))
  }))
  default = null
}

variable "putin_khuylo" {
  type    = bool
  default = true
}

# What follows has no part in the network.

variable "enabled_log_types" { default = null }
variable "deletion_protection" { default = null }
variable "force_update_version" { default = null }
variable "authentication_mode" { default = null }
variable "compute_config" { default = null }
variable "upgrade_policy" { default = null }
variable "remote_network_config" { default = null }
variable "zonal_shift_config" { default = null }
variable "encryption_config" { default = null }
variable "attach_encryption_policy" { default = null }
variable "cluster_tags" { default = null }
variable "create_primary_security_group_tags" { default = null }
variable "timeouts" { default = null }
variable "access_entries" { default = null }
variable "enable_cluster_creator_admin_permissions" { default = null }
variable "create_kms_key" { default = null }
variable "kms_key_description" { default = null }
variable "kms_key_deletion_window_in_days" { default = null }
variable "enable_kms_key_rotation" { default = null }
variable "kms_key_rotation_period_in_days" { default = null }
variable "kms_key_enable_default_policy" { default = null }
variable "kms_key_owners" { default = null }
variable "kms_key_administrators" { default = null }
variable "kms_key_users" { default = null }
variable "kms_key_service_users" { default = null }
variable "kms_key_source_policy_documents" { default = null }
variable "kms_key_override_policy_documents" { default = null }
variable "kms_key_aliases" { default = null }
variable "cloudwatch_log_group_retention_in_days" { default = null }
variable "cloudwatch_log_group_kms_key_id" { default = null }
variable "cloudwatch_log_group_class" { default = null }
variable "cloudwatch_log_group_tags" { default = null }
variable "create_cni_ipv6_iam_policy" { default = null }
variable "openid_connect_audiences" { default = null }
variable "include_oidc_root_ca_thumbprint" { default = null }
variable "custom_oidc_thumbprints" { default = null }
variable "iam_role_arn" { default = null }
variable "iam_role_name" { default = null }
variable "iam_role_use_name_prefix" { default = null }
variable "iam_role_path" { default = null }
variable "iam_role_description" { default = null }
variable "iam_role_permissions_boundary" { default = null }
variable "iam_role_additional_policies" { default = null }
variable "iam_role_tags" { default = null }
variable "encryption_policy_use_name_prefix" { default = null }
variable "encryption_policy_name" { default = null }
variable "encryption_policy_description" { default = null }
variable "encryption_policy_path" { default = null }
variable "encryption_policy_tags" { default = null }
variable "dataplane_wait_duration" { default = null }
variable "enable_auto_mode_custom_tags" { default = null }
variable "create_auto_mode_iam_resources" { default = null }
variable "addons" { default = null }
variable "addons_timeouts" { default = null }
variable "identity_providers" { default = null }
variable "create_node_iam_role" { default = null }
variable "node_iam_role_name" { default = null }
variable "node_iam_role_use_name_prefix" { default = null }
variable "node_iam_role_path" { default = null }
variable "node_iam_role_description" { default = null }
variable "node_iam_role_permissions_boundary" { default = null }
variable "node_iam_role_additional_policies" { default = null }
variable "node_iam_role_tags" { default = null }
