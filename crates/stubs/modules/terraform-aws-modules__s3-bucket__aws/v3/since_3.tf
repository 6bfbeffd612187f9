variable "attach_inventory_destination_policy" {
  type    = bool
  default = false
}

variable "attach_analytics_destination_policy" {
  type    = bool
  default = false
}

variable "owner" { default = null }
variable "expected_bucket_owner" { default = null }
variable "intelligent_tiering" { default = null }
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
