# Stands for what is left out here: nothing is known of it.
data "unmodelled" "this" {}

output "cluster_arn" { value = try(aws_eks_cluster.this[0].arn, "") }
output "cluster_certificate_authority_data" { value = try(aws_eks_cluster.this[0].certificate_authority[0].data, "") }
output "cluster_endpoint" { value = try(aws_eks_cluster.this[0].endpoint, "") }
output "cluster_name" { value = try(aws_eks_cluster.this[0].name, "") }
output "cluster_id" { value = try(aws_eks_cluster.this[0].id, "") }
output "cluster_oidc_issuer_url" { value = try(aws_eks_cluster.this[0].identity[0].oidc[0].issuer, "") }
output "cluster_version" { value = try(aws_eks_cluster.this[0].version, "") }
output "cluster_platform_version" { value = try(aws_eks_cluster.this[0].platform_version, "") }
output "cluster_status" { value = try(aws_eks_cluster.this[0].status, "") }
output "cluster_primary_security_group_id" { value = try(aws_eks_cluster.this[0].vpc_config[0].cluster_security_group_id, "") }
output "kms_key_arn" { value = data.unmodelled.this.kms_key_arn }
output "kms_key_id" { value = data.unmodelled.this.kms_key_id }
output "kms_key_policy" { value = data.unmodelled.this.kms_key_policy }
output "cluster_security_group_arn" { value = try(aws_security_group.cluster[0].arn, "") }
output "cluster_security_group_id" { value = try(aws_security_group.cluster[0].id, "") }
output "node_security_group_arn" { value = try(aws_security_group.node[0].arn, "") }
output "node_security_group_id" { value = try(aws_security_group.node[0].id, "") }
output "oidc_provider" { value = try(replace(aws_eks_cluster.this[0].identity[0].oidc[0].issuer, "https://", ""), "") }
output "oidc_provider_arn" { value = try(aws_iam_openid_connect_provider.oidc_provider[0].arn, "") }
output "cluster_tls_certificate_sha1_fingerprint" { value = data.unmodelled.this.cluster_tls_certificate_sha1_fingerprint }
output "cluster_iam_role_name" { value = try(aws_iam_role.this[0].name, "") }
output "cluster_iam_role_arn" { value = try(aws_iam_role.this[0].arn, "") }
output "cluster_iam_role_unique_id" { value = try(aws_iam_role.this[0].unique_id, "") }
output "cluster_addons" { value = data.unmodelled.this.cluster_addons }
output "cluster_identity_providers" { value = data.unmodelled.this.cluster_identity_providers }
output "cloudwatch_log_group_name" { value = try(aws_cloudwatch_log_group.this[0].name, "") }
output "cloudwatch_log_group_arn" { value = try(aws_cloudwatch_log_group.this[0].arn, "") }
output "fargate_profiles" { value = module.fargate_profile }
output "eks_managed_node_groups" { value = module.eks_managed_node_group }
output "eks_managed_node_groups_autoscaling_group_names" { value = compact(flatten([for group in module.eks_managed_node_group : group.node_group_autoscaling_group_names])) }
output "self_managed_node_groups" { value = module.self_managed_node_group }
output "self_managed_node_groups_autoscaling_group_names" { value = compact([for group in module.self_managed_node_group : group.autoscaling_group_name]) }
output "aws_auth_configmap_yaml" { value = data.unmodelled.this.aws_auth_configmap_yaml }
