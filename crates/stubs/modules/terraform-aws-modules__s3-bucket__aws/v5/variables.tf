variable "create_bucket" {
  type    = bool
  default = true
}

variable "attach_elb_log_delivery_policy" {
  type    = bool
  default = false
}

variable "attach_lb_log_delivery_policy" {
  type    = bool
  default = false
}

variable "attach_access_log_delivery_policy" {
  type    = bool
  default = false
}

variable "attach_cloudtrail_log_delivery_policy" {
  type    = bool
  default = false
}

variable "attach_deny_insecure_transport_policy" {
  type    = bool
  default = false
}

variable "attach_require_latest_tls_policy" {
  type    = bool
  default = false
}

variable "attach_policy" {
  type    = bool
  default = false
}

variable "attach_public_policy" {
  type    = bool
  default = true
}

variable "attach_inventory_destination_policy" {
  type    = bool
  default = false
}

variable "attach_analytics_destination_policy" {
  type    = bool
  default = false
}

variable "attach_deny_incorrect_encryption_headers" {
  type    = bool
  default = false
}

variable "attach_deny_incorrect_kms_key_sse" {
  type    = bool
  default = false
}

variable "attach_deny_unencrypted_object_uploads" {
  type    = bool
  default = false
}

variable "attach_deny_ssec_encrypted_object_uploads" {
  type    = bool
  default = false
}

variable "attach_waf_log_delivery_policy" {
  type    = bool
  default = false
}

variable "region" {
  type    = string
  default = null
}

variable "bucket" {
  type    = string
  default = null
}

variable "bucket_prefix" {
  type    = string
  default = null
}

variable "bucket_namespace" {
  type    = string
  default = null
}

variable "policy" {
  type    = string
  default = null
}

variable "tags" {
  type    = map(string)
  default = {}
}

variable "block_public_acls" {
  type    = bool
  default = true
}

variable "block_public_policy" {
  type    = bool
  default = true
}

variable "ignore_public_acls" {
  type    = bool
  default = true
}

variable "restrict_public_buckets" {
  type    = bool
  default = true
}

variable "is_directory_bucket" {
  type    = bool
  default = false
}

variable "availability_zone_id" {
  type    = string
  default = null
}

variable "putin_khuylo" {
  type    = bool
  default = true
}

# What follows has no part in the network.

variable "allowed_kms_key_arn" { default = null }
variable "acl" { default = null }
variable "force_destroy" { default = null }
variable "acceleration_status" { default = null }
variable "request_payer" { default = null }
variable "website" { default = null }
variable "cors_rule" { default = null }
variable "versioning" { default = null }
variable "logging" { default = null }
variable "access_log_delivery_policy_source_buckets" { default = null }
variable "access_log_delivery_policy_source_accounts" { default = null }
variable "access_log_delivery_policy_source_organizations" { default = null }
variable "lb_log_delivery_policy_source_organizations" { default = null }
variable "grant" { default = null }
variable "owner" { default = null }
variable "expected_bucket_owner" { default = null }
variable "transition_default_minimum_object_size" { default = null }
variable "lifecycle_rule" { default = null }
variable "replication_configuration" { default = null }
variable "server_side_encryption_configuration" { default = null }
variable "intelligent_tiering" { default = null }
variable "object_lock_configuration" { default = null }
variable "metric_configuration" { default = null }
variable "inventory_configuration" { default = null }
variable "inventory_source_account_id" { default = null }
variable "inventory_source_bucket_arn" { default = null }
variable "inventory_self_source_destination" { default = null }
variable "analytics_configuration" { default = null }
variable "analytics_source_account_id" { default = null }
variable "analytics_source_bucket_arn" { default = null }
variable "analytics_self_source_destination" { default = null }
variable "object_lock_enabled" { default = null }
variable "skip_destroy_public_access_block" { default = null }
variable "control_object_ownership" { default = null }
variable "object_ownership" { default = null }
variable "data_redundancy" { default = null }
variable "type" { default = null }
variable "location_type" { default = null }
variable "create_metadata_configuration" { default = null }
variable "metadata_inventory_table_configuration_state" { default = null }
variable "metadata_encryption_configuration" { default = null }
variable "metadata_journal_table_record_expiration_days" { default = null }
variable "metadata_journal_table_record_expiration" { default = null }
