locals {
  # The module's own statements are left out.
  own_statements = anytrue([
    var.attach_require_latest_tls_policy,
    var.attach_access_log_delivery_policy,
    var.attach_elb_log_delivery_policy,
    var.attach_lb_log_delivery_policy,
    var.attach_cloudtrail_log_delivery_policy,
    var.attach_deny_insecure_transport_policy,
    var.attach_inventory_destination_policy,
    var.attach_deny_incorrect_encryption_headers,
    var.attach_deny_incorrect_kms_key_sse,
    var.attach_deny_unencrypted_object_uploads,
    var.attach_deny_ssec_encrypted_object_uploads,
    var.attach_waf_log_delivery_policy,
  ])
}

resource "aws_s3_bucket" "this" { count = local.create_bucket && !var.is_directory_bucket ? 1 : 0 }
resource "aws_s3_bucket_policy" "this" { bucket = local.bucket }
resource "aws_s3_bucket_public_access_block" "this" { count = local.create_bucket && var.attach_public_policy && !var.is_directory_bucket ? 1 : 0 }
output "s3_bucket_id" { value = try(aws_s3_bucket_policy.this[0].id, aws_s3_bucket.this[0].id, aws_s3_directory_bucket.this[0].bucket, "") }
