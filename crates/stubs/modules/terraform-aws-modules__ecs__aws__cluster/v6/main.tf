resource "aws_ecs_cluster" "this" {
  count = var.create ? 1 : 0

  region = var.region

  name = var.name
  tags = var.tags
}
