# Stands for what is left out here: nothing is known of it.
data "unmodelled" "this" {}

output "launch_template_id" { value = try(aws_launch_template.this[0].id, null) }
output "launch_template_arn" { value = try(aws_launch_template.this[0].arn, null) }
output "launch_template_latest_version" { value = try(aws_launch_template.this[0].latest_version, null) }
output "launch_template_name" { value = try(aws_launch_template.this[0].name, null) }
output "autoscaling_group_arn" { value = try(aws_autoscaling_group.this[0].arn, null) }
output "autoscaling_group_id" { value = try(aws_autoscaling_group.this[0].id, null) }
output "autoscaling_group_name" { value = try(aws_autoscaling_group.this[0].name, null) }
output "autoscaling_group_min_size" { value = data.unmodelled.this.autoscaling_group_min_size }
output "autoscaling_group_max_size" { value = data.unmodelled.this.autoscaling_group_max_size }
output "autoscaling_group_desired_capacity" { value = data.unmodelled.this.autoscaling_group_desired_capacity }
output "autoscaling_group_default_cooldown" { value = data.unmodelled.this.autoscaling_group_default_cooldown }
output "autoscaling_group_health_check_grace_period" { value = data.unmodelled.this.autoscaling_group_health_check_grace_period }
output "autoscaling_group_health_check_type" { value = data.unmodelled.this.autoscaling_group_health_check_type }
output "autoscaling_group_availability_zones" { value = data.unmodelled.this.autoscaling_group_availability_zones }
output "autoscaling_group_vpc_zone_identifier" { value = try(aws_autoscaling_group.this[0].vpc_zone_identifier, null) }
output "iam_role_name" { value = try(aws_iam_role.this[0].name, null) }
output "iam_role_arn" { value = try(aws_iam_role.this[0].arn, null) }
output "iam_role_unique_id" { value = try(aws_iam_role.this[0].unique_id, null) }
output "iam_instance_profile_arn" { value = try(aws_iam_instance_profile.this[0].arn, var.iam_instance_profile_arn) }
output "iam_instance_profile_id" { value = try(aws_iam_instance_profile.this[0].id, null) }
output "iam_instance_profile_unique" { value = try(aws_iam_instance_profile.this[0].unique_id, null) }
output "access_entry_arn" { value = data.unmodelled.this.access_entry_arn }
output "autoscaling_group_schedule_arns" { value = data.unmodelled.this.autoscaling_group_schedule_arns }
output "platform" { value = data.unmodelled.this.platform }
output "image_id" { value = data.unmodelled.this.image_id }
output "user_data" { value = data.unmodelled.this.user_data }
