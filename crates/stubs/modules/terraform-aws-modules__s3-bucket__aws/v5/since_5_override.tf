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
    var.attach_analytics_destination_policy,
    var.attach_deny_incorrect_encryption_headers,
    var.attach_deny_incorrect_kms_key_sse,
    var.attach_deny_unencrypted_object_uploads,
    var.attach_deny_ssec_encrypted_object_uploads,
    var.attach_waf_log_delivery_policy,
  ])
}

resource "aws_s3_bucket" "this" {
  region           = var.region
  bucket_namespace = var.bucket_namespace
}

resource "aws_s3_directory_bucket" "this" { region = var.region }

data "aws_iam_policy_document" "combined" {
  source_policy_documents = compact([
    local.own_statements ? data.unmodelled.this.statements : "",
    var.attach_policy ? var.policy : "",
  ])
}

resource "aws_s3_bucket_policy" "this" {
  region = var.region
  policy = local.policy
}

resource "aws_s3_bucket_public_access_block" "this" { region = var.region }
output "s3_bucket_id" { value = try(aws_s3_bucket.this[0].id, aws_s3_directory_bucket.this[0].bucket, "") }
output "s3_bucket_region" { value = try(aws_s3_bucket.this[0].bucket_region, "") }
