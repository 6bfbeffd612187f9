resource "aws_eks_fargate_profile" "this" {
  count = var.create ? 1 : 0

  region = var.region

  cluster_name         = var.cluster_name
  fargate_profile_name = var.name
  subnet_ids           = var.subnet_ids
}

resource "aws_iam_role" "this" {
  count = var.create && var.create_iam_role ? 1 : 0
}
