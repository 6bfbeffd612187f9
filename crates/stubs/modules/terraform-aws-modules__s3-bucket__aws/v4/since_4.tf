locals {
  bucket = var.is_directory_bucket ? aws_s3_directory_bucket.this[0].bucket : aws_s3_bucket.this[0].id
}

resource "aws_s3_directory_bucket" "this" {
  count  = local.create_bucket && var.is_directory_bucket ? 1 : 0
  bucket = "${var.bucket}--${var.availability_zone_id}--x-s3"
}

output "s3_directory_bucket_name" { value = try(aws_s3_directory_bucket.this[0].bucket, null) }
output "s3_directory_bucket_arn" { value = try(aws_s3_directory_bucket.this[0].arn, null) }

variable "attach_cloudtrail_log_delivery_policy" {
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

variable "is_directory_bucket" {
  type    = bool
  default = false
}

variable "availability_zone_id" {
  type    = string
  default = null
}

variable "access_log_delivery_policy_source_organizations" { default = null }
variable "lb_log_delivery_policy_source_organizations" { default = null }
variable "transition_default_minimum_object_size" { default = null }
variable "data_redundancy" { default = null }
variable "type" { default = null }
variable "location_type" { default = null }
