locals {
  # The module's own statements are left out.
  own_statements = anytrue([
    var.attach_require_latest_tls_policy,
    var.attach_access_log_delivery_policy,
    var.attach_elb_log_delivery_policy,
    var.attach_lb_log_delivery_policy,
    var.attach_deny_insecure_transport_policy,
    var.attach_inventory_destination_policy,
    var.attach_deny_incorrect_encryption_headers,
    var.attach_deny_incorrect_kms_key_sse,
    var.attach_deny_unencrypted_object_uploads,
  ])
}

variable "block_public_acls" { default = true }
variable "block_public_policy" { default = true }
variable "ignore_public_acls" { default = true }
variable "restrict_public_buckets" { default = true }
