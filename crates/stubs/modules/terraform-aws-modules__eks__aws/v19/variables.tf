variable "create" {
  type    = bool
  default = true
}

variable "tags" {
  type    = map(string)
  default = {}
}

variable "prefix_separator" {
  type    = string
  default = "-"
}

variable "cluster_name" {
  type    = string
  default = ""
}

variable "cluster_version" {
  type    = string
  default = null
}

variable "cluster_additional_security_group_ids" {
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

variable "cluster_endpoint_private_access" {
  type    = bool
  default = true
}

variable "cluster_endpoint_public_access" {
  type    = bool
  default = false
}

variable "cluster_endpoint_public_access_cidrs" {
  type    = list(string)
  default = ["0.0.0.0/0"]
}

variable "cluster_ip_family" {
  type    = string
  default = null
}

variable "cluster_service_ipv4_cidr" {
  type    = string
  default = null
}

variable "cluster_service_ipv6_cidr" {
  type    = string
  default = null
}

variable "outpost_config" {
  type    = any
  default = {}
}

variable "create_cloudwatch_log_group" {
  type    = bool
  default = true
}

variable "create_cluster_security_group" {
  type    = bool
  default = true
}

variable "cluster_security_group_id" {
  type    = string
  default = ""
}

variable "vpc_id" {
  type    = string
  default = null
}

variable "cluster_security_group_name" {
  type    = string
  default = null
}

variable "cluster_security_group_use_name_prefix" {
  type    = bool
  default = true
}

variable "cluster_security_group_description" {
  type    = string
  default = "EKS cluster security group"
}

variable "cluster_security_group_additional_rules" {
  type    = any
  default = {}
}

variable "cluster_security_group_tags" {
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
  type    = any
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
  type    = any
  default = {}
}

variable "fargate_profile_defaults" {
  type    = any
  default = {}
}

variable "self_managed_node_groups" {
  type    = any
  default = {}
}

variable "self_managed_node_group_defaults" {
  type    = any
  default = {}
}

variable "eks_managed_node_groups" {
  type    = any
  default = {}
}

variable "eks_managed_node_group_defaults" {
  type    = any
  default = {}
}

variable "putin_khuylo" {
  type    = bool
  default = true
}

# What follows has no part in the network.

variable "cluster_enabled_log_types" { default = null }
variable "cluster_encryption_config" { default = null }
variable "attach_cluster_encryption_policy" { default = null }
variable "cluster_tags" { default = null }
variable "create_cluster_primary_security_group_tags" { default = null }
variable "cluster_timeouts" { default = null }
variable "create_kms_key" { default = null }
variable "kms_key_description" { default = null }
variable "kms_key_deletion_window_in_days" { default = null }
variable "enable_kms_key_rotation" { default = null }
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
variable "cluster_iam_role_dns_suffix" { default = null }
variable "iam_role_tags" { default = null }
variable "cluster_encryption_policy_use_name_prefix" { default = null }
variable "cluster_encryption_policy_name" { default = null }
variable "cluster_encryption_policy_description" { default = null }
variable "cluster_encryption_policy_path" { default = null }
variable "cluster_encryption_policy_tags" { default = null }
variable "dataplane_wait_duration" { default = null }
variable "cluster_addons" { default = null }
variable "cluster_addons_timeouts" { default = null }
variable "cluster_identity_providers" { default = null }
variable "manage_aws_auth_configmap" { default = null }
variable "create_aws_auth_configmap" { default = null }
variable "aws_auth_node_iam_role_arns_non_windows" { default = null }
variable "aws_auth_node_iam_role_arns_windows" { default = null }
variable "aws_auth_fargate_profile_pod_execution_role_arns" { default = null }
variable "aws_auth_roles" { default = null }
variable "aws_auth_users" { default = null }
variable "aws_auth_accounts" { default = null }
