resource "aws_eks_fargate_profile" "this" { region = var.region }
variable "create" { nullable = false }
variable "tags" { nullable = false }
variable "create_iam_role" { nullable = false }
variable "cluster_name" { default = "" }
variable "name" { nullable = false }
variable "subnet_ids" { nullable = false }
