locals {
  policy = replace(replace(replace(
    data.aws_iam_policy_document.combined[0].json,
    "_S3_BUCKET_ID_", local.bucket),
    "_S3_BUCKET_ARN_", local.arn),
    "_AWS_ACCOUNT_ID_", data.aws_caller_identity.current.account_id,
  )
  arn = var.is_directory_bucket ? aws_s3_directory_bucket.this[0].arn : aws_s3_bucket.this[0].arn
}

data "aws_caller_identity" "current" {}
output "s3_bucket_bucket_namespace" { value = try(aws_s3_bucket.this[0].bucket_namespace, null) }
output "aws_s3_bucket_versioning_status" { value = data.unmodelled.this.aws_s3_bucket_versioning_status }
output "s3_bucket_tags" { value = try(aws_s3_bucket.this[0].tags, {}) }

variable "region" {
  type    = string
  default = null
}

variable "bucket_namespace" {
  type    = string
  default = null
}

variable "skip_destroy_public_access_block" { default = null }
variable "create_metadata_configuration" { default = null }
variable "metadata_inventory_table_configuration_state" { default = null }
variable "metadata_encryption_configuration" { default = null }
variable "metadata_journal_table_record_expiration_days" { default = null }
variable "metadata_journal_table_record_expiration" { default = null }
