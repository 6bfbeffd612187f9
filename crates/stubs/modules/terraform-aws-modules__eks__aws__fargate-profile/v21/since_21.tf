variable "region" {
  type    = string
  default = null
}

variable "partition" { default = null }
variable "account_id" { default = null }
variable "create_iam_role_policy" { default = null }
variable "iam_role_policy_statements" { default = null }
