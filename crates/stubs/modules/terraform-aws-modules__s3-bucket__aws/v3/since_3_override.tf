locals {
  # The module's own statements are left out.
  own_statements = anytrue([
    var.attach_require_latest_tls_policy,
    var.attach_elb_log_delivery_policy,
    var.attach_lb_log_delivery_policy,
    var.attach_deny_insecure_transport_policy,
    var.attach_inventory_destination_policy,
  ])
}

data "aws_iam_policy_document" "combined" {
  source_policy_documents = compact([
    local.own_statements || var.attach_analytics_destination_policy ? data.unmodelled.this.statements : "",
    var.attach_policy ? var.policy : "",
  ])
}

resource "aws_s3_bucket_public_access_block" "this" { bucket = aws_s3_bucket.this[0].id }
