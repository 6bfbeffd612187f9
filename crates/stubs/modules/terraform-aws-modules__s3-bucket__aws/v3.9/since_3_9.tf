output "s3_bucket_lifecycle_configuration_rules" { value = data.unmodelled.this.s3_bucket_lifecycle_configuration_rules }
output "s3_bucket_policy" { value = try(aws_s3_bucket_policy.this[0].policy, "") }

variable "attach_access_log_delivery_policy" {
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

variable "allowed_kms_key_arn" { default = null }
variable "access_log_delivery_policy_source_buckets" { default = null }
variable "access_log_delivery_policy_source_accounts" { default = null }
