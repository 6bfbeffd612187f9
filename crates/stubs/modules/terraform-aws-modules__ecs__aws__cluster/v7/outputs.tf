# Stands for what is left out here: nothing is known of it.
data "unmodelled" "this" {}

output "arn" { value = try(aws_ecs_cluster.this[0].arn, null) }
output "id" { value = try(aws_ecs_cluster.this[0].id, null) }
output "name" { value = try(aws_ecs_cluster.this[0].name, null) }
output "cloudwatch_log_group_name" { value = data.unmodelled.this.cloudwatch_log_group_name }
output "cloudwatch_log_group_arn" { value = data.unmodelled.this.cloudwatch_log_group_arn }
output "cluster_capacity_providers" { value = data.unmodelled.this.cluster_capacity_providers }
output "capacity_providers" { value = data.unmodelled.this.capacity_providers }
output "task_exec_iam_role_arn" { value = data.unmodelled.this.task_exec_iam_role_arn }
output "task_exec_iam_role_name" { value = data.unmodelled.this.task_exec_iam_role_name }
output "task_exec_iam_role_unique_id" { value = data.unmodelled.this.task_exec_iam_role_unique_id }
output "infrastructure_iam_role_arn" { value = data.unmodelled.this.infrastructure_iam_role_arn }
output "infrastructure_iam_role_name" { value = data.unmodelled.this.infrastructure_iam_role_name }
output "infrastructure_iam_role_unique_id" { value = data.unmodelled.this.infrastructure_iam_role_unique_id }
output "node_iam_role_arn" { value = data.unmodelled.this.node_iam_role_arn }
output "node_iam_role_name" { value = data.unmodelled.this.node_iam_role_name }
output "node_iam_role_unique_id" { value = data.unmodelled.this.node_iam_role_unique_id }
output "node_iam_instance_profile_arn" { value = data.unmodelled.this.node_iam_instance_profile_arn }
output "node_iam_instance_profile_id" { value = data.unmodelled.this.node_iam_instance_profile_id }
output "node_iam_instance_profile_unique" { value = data.unmodelled.this.node_iam_instance_profile_unique }
