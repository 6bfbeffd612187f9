resource "aws_ecs_cluster" "this" {
  region = var.region
  name   = var.name
}
