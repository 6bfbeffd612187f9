# Stands for what is left out here: nothing is known of it.
data "unmodelled" "this" {}

output "id" { value = try(aws_ecs_service.this[0].id, aws_ecs_service.ignore_task_definition[0].id, null) }
output "name" { value = try(aws_ecs_service.this[0].name, aws_ecs_service.ignore_task_definition[0].name, null) }
output "iam_role_name" { value = data.unmodelled.this.iam_role_name }
output "iam_role_arn" { value = data.unmodelled.this.iam_role_arn }
output "iam_role_unique_id" { value = data.unmodelled.this.iam_role_unique_id }
output "container_definitions" { value = data.unmodelled.this.container_definitions }
output "task_definition_arn" { value = data.unmodelled.this.task_definition_arn }
output "task_definition_revision" { value = data.unmodelled.this.task_definition_revision }
output "task_definition_family" { value = data.unmodelled.this.task_definition_family }
output "task_exec_iam_role_name" { value = data.unmodelled.this.task_exec_iam_role_name }
output "task_exec_iam_role_arn" { value = data.unmodelled.this.task_exec_iam_role_arn }
output "task_exec_iam_role_unique_id" { value = data.unmodelled.this.task_exec_iam_role_unique_id }
output "tasks_iam_role_name" { value = data.unmodelled.this.tasks_iam_role_name }
output "tasks_iam_role_arn" { value = data.unmodelled.this.tasks_iam_role_arn }
output "tasks_iam_role_unique_id" { value = data.unmodelled.this.tasks_iam_role_unique_id }
output "task_set_id" { value = try(aws_ecs_task_set.this[0].task_set_id, aws_ecs_task_set.ignore_task_definition[0].task_set_id, null) }
output "task_set_arn" { value = try(aws_ecs_task_set.this[0].arn, aws_ecs_task_set.ignore_task_definition[0].arn, null) }
output "task_set_stability_status" { value = try(aws_ecs_task_set.this[0].stability_status, aws_ecs_task_set.ignore_task_definition[0].stability_status, null) }
output "task_set_status" { value = try(aws_ecs_task_set.this[0].status, aws_ecs_task_set.ignore_task_definition[0].status, null) }
output "autoscaling_policies" { value = data.unmodelled.this.autoscaling_policies }
output "autoscaling_scheduled_actions" { value = data.unmodelled.this.autoscaling_scheduled_actions }
output "security_group_arn" { value = try(aws_security_group.this[0].arn, null) }
output "security_group_id" { value = try(aws_security_group.this[0].id, null) }
output "infrastructure_iam_role_arn" { value = data.unmodelled.this.infrastructure_iam_role_arn }
output "infrastructure_iam_role_name" { value = data.unmodelled.this.infrastructure_iam_role_name }
