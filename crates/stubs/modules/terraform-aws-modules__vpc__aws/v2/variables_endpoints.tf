variable "enable_public_s3_endpoint" {
  type    = bool
  default = true
}

variable "enable_dynamodb_endpoint" {
  type    = bool
  default = false
}

variable "dynamodb_endpoint_type" {
  type    = string
  default = "Gateway"
}

variable "dynamodb_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "dynamodb_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "dynamodb_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "dynamodb_endpoint_policy" {
  type    = string
  default = null
}

variable "enable_s3_endpoint" {
  type    = bool
  default = false
}

variable "s3_endpoint_type" {
  type    = string
  default = "Gateway"
}

variable "s3_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "s3_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "s3_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "s3_endpoint_policy" {
  type    = string
  default = null
}

variable "enable_codeartifact_api_endpoint" {
  type    = bool
  default = false
}

variable "codeartifact_api_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "codeartifact_api_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "codeartifact_api_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_codeartifact_repositories_endpoint" {
  type    = bool
  default = false
}

variable "codeartifact_repositories_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "codeartifact_repositories_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "codeartifact_repositories_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_codebuild_endpoint" {
  type    = bool
  default = false
}

variable "codebuild_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "codebuild_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "codebuild_endpoint_policy" {
  type    = string
  default = null
}

variable "codebuild_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_codecommit_endpoint" {
  type    = bool
  default = false
}

variable "codecommit_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "codecommit_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "codecommit_endpoint_policy" {
  type    = string
  default = null
}

variable "codecommit_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_git_codecommit_endpoint" {
  type    = bool
  default = false
}

variable "git_codecommit_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "git_codecommit_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "git_codecommit_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_config_endpoint" {
  type    = bool
  default = false
}

variable "config_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "config_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "config_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_sqs_endpoint" {
  type    = bool
  default = false
}

variable "sqs_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "sqs_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "sqs_endpoint_policy" {
  type    = string
  default = null
}

variable "sqs_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_lambda_endpoint" {
  type    = bool
  default = false
}

variable "lambda_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "lambda_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "lambda_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_ssm_endpoint" {
  type    = bool
  default = false
}

variable "ssm_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "ssm_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "ssm_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_secretsmanager_endpoint" {
  type    = bool
  default = false
}

variable "secretsmanager_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "secretsmanager_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "secretsmanager_endpoint_policy" {
  type    = string
  default = null
}

variable "secretsmanager_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_apigw_endpoint" {
  type    = bool
  default = false
}

variable "apigw_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "apigw_endpoint_policy" {
  type    = string
  default = null
}

variable "apigw_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "apigw_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "enable_ssmmessages_endpoint" {
  type    = bool
  default = false
}

variable "ssmmessages_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "ssmmessages_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "ssmmessages_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_textract_endpoint" {
  type    = bool
  default = false
}

variable "textract_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "textract_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "textract_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_transferserver_endpoint" {
  type    = bool
  default = false
}

variable "transferserver_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "transferserver_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "transferserver_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_ec2_endpoint" {
  type    = bool
  default = false
}

variable "ec2_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "ec2_endpoint_policy" {
  type    = string
  default = null
}

variable "ec2_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "ec2_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "enable_ec2messages_endpoint" {
  type    = bool
  default = false
}

variable "ec2messages_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "ec2messages_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "ec2messages_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "enable_ec2_autoscaling_endpoint" {
  type    = bool
  default = false
}

variable "ec2_autoscaling_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "ec2_autoscaling_endpoint_policy" {
  type    = string
  default = null
}

variable "ec2_autoscaling_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "ec2_autoscaling_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "enable_ecr_api_endpoint" {
  type    = bool
  default = false
}

variable "ecr_api_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "ecr_api_endpoint_policy" {
  type    = string
  default = null
}

variable "ecr_api_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "ecr_api_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "enable_ecr_dkr_endpoint" {
  type    = bool
  default = false
}

variable "ecr_dkr_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "ecr_dkr_endpoint_policy" {
  type    = string
  default = null
}

variable "ecr_dkr_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "ecr_dkr_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "enable_kms_endpoint" {
  type    = bool
  default = false
}

variable "kms_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "kms_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "kms_endpoint_policy" {
  type    = string
  default = null
}

variable "kms_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_ecs_endpoint" {
  type    = bool
  default = false
}

variable "ecs_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "ecs_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "ecs_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_ecs_agent_endpoint" {
  type    = bool
  default = false
}

variable "ecs_agent_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "ecs_agent_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "ecs_agent_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_ecs_telemetry_endpoint" {
  type    = bool
  default = false
}

variable "ecs_telemetry_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "ecs_telemetry_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "ecs_telemetry_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_sns_endpoint" {
  type    = bool
  default = false
}

variable "sns_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "sns_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "sns_endpoint_policy" {
  type    = string
  default = null
}

variable "sns_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_monitoring_endpoint" {
  type    = bool
  default = false
}

variable "monitoring_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "monitoring_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "monitoring_endpoint_policy" {
  type    = string
  default = null
}

variable "monitoring_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_elasticloadbalancing_endpoint" {
  type    = bool
  default = false
}

variable "elasticloadbalancing_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "elasticloadbalancing_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "elasticloadbalancing_endpoint_policy" {
  type    = string
  default = null
}

variable "elasticloadbalancing_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_events_endpoint" {
  type    = bool
  default = false
}

variable "events_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "events_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "events_endpoint_policy" {
  type    = string
  default = null
}

variable "events_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_logs_endpoint" {
  type    = bool
  default = false
}

variable "logs_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "logs_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "logs_endpoint_policy" {
  type    = string
  default = null
}

variable "logs_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_cloudtrail_endpoint" {
  type    = bool
  default = false
}

variable "cloudtrail_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "cloudtrail_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "cloudtrail_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_kinesis_streams_endpoint" {
  type    = bool
  default = false
}

variable "kinesis_streams_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "kinesis_streams_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "kinesis_streams_endpoint_policy" {
  type    = string
  default = null
}

variable "kinesis_streams_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_kinesis_firehose_endpoint" {
  type    = bool
  default = false
}

variable "kinesis_firehose_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "kinesis_firehose_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "kinesis_firehose_endpoint_policy" {
  type    = string
  default = null
}

variable "kinesis_firehose_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_glue_endpoint" {
  type    = bool
  default = false
}

variable "glue_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "glue_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "glue_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_sagemaker_notebook_endpoint" {
  type    = bool
  default = false
}

variable "sagemaker_notebook_endpoint_region" {
  type    = string
  default = ""
}

variable "sagemaker_notebook_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "sagemaker_notebook_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "sagemaker_notebook_endpoint_policy" {
  type    = string
  default = null
}

variable "sagemaker_notebook_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_sts_endpoint" {
  type    = bool
  default = false
}

variable "sts_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "sts_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "sts_endpoint_policy" {
  type    = string
  default = null
}

variable "sts_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_cloudformation_endpoint" {
  type    = bool
  default = false
}

variable "cloudformation_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "cloudformation_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "cloudformation_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_codepipeline_endpoint" {
  type    = bool
  default = false
}

variable "codepipeline_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "codepipeline_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "codepipeline_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_appmesh_envoy_management_endpoint" {
  type    = bool
  default = false
}

variable "appmesh_envoy_management_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "appmesh_envoy_management_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "appmesh_envoy_management_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_servicecatalog_endpoint" {
  type    = bool
  default = false
}

variable "servicecatalog_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "servicecatalog_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "servicecatalog_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_storagegateway_endpoint" {
  type    = bool
  default = false
}

variable "storagegateway_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "storagegateway_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "storagegateway_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_transfer_endpoint" {
  type    = bool
  default = false
}

variable "transfer_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "transfer_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "transfer_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_sagemaker_api_endpoint" {
  type    = bool
  default = false
}

variable "sagemaker_api_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "sagemaker_api_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "sagemaker_api_endpoint_policy" {
  type    = string
  default = null
}

variable "sagemaker_api_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_sagemaker_runtime_endpoint" {
  type    = bool
  default = false
}

variable "sagemaker_runtime_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "sagemaker_runtime_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "sagemaker_runtime_endpoint_policy" {
  type    = string
  default = null
}

variable "sagemaker_runtime_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_appstream_api_endpoint" {
  type    = bool
  default = false
}

variable "appstream_api_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "appstream_api_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "appstream_api_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_appstream_streaming_endpoint" {
  type    = bool
  default = false
}

variable "appstream_streaming_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "appstream_streaming_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "appstream_streaming_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_athena_endpoint" {
  type    = bool
  default = false
}

variable "athena_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "athena_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "athena_endpoint_policy" {
  type    = string
  default = null
}

variable "athena_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_rekognition_endpoint" {
  type    = bool
  default = false
}

variable "rekognition_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "rekognition_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "rekognition_endpoint_policy" {
  type    = string
  default = null
}

variable "rekognition_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_efs_endpoint" {
  type    = bool
  default = false
}

variable "efs_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "efs_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "efs_endpoint_policy" {
  type    = string
  default = null
}

variable "efs_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_cloud_directory_endpoint" {
  type    = bool
  default = false
}

variable "cloud_directory_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "cloud_directory_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "cloud_directory_endpoint_policy" {
  type    = string
  default = null
}

variable "cloud_directory_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_ses_endpoint" {
  type    = bool
  default = false
}

variable "ses_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "ses_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "enable_auto_scaling_plans_endpoint" {
  type    = bool
  default = false
}

variable "auto_scaling_plans_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "auto_scaling_plans_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "auto_scaling_plans_endpoint_policy" {
  type    = string
  default = null
}

variable "auto_scaling_plans_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "ses_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_workspaces_endpoint" {
  type    = bool
  default = false
}

variable "workspaces_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "workspaces_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "workspaces_endpoint_policy" {
  type    = string
  default = null
}

variable "workspaces_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_access_analyzer_endpoint" {
  type    = bool
  default = false
}

variable "access_analyzer_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "access_analyzer_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "access_analyzer_endpoint_policy" {
  type    = string
  default = null
}

variable "access_analyzer_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_ebs_endpoint" {
  type    = bool
  default = false
}

variable "ebs_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "ebs_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "ebs_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_datasync_endpoint" {
  type    = bool
  default = false
}

variable "datasync_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "datasync_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "datasync_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_elastic_inference_runtime_endpoint" {
  type    = bool
  default = false
}

variable "elastic_inference_runtime_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "elastic_inference_runtime_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "elastic_inference_runtime_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_sms_endpoint" {
  type    = bool
  default = false
}

variable "sms_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "sms_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "sms_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_emr_endpoint" {
  type    = bool
  default = false
}

variable "emr_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "emr_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "emr_endpoint_policy" {
  type    = string
  default = null
}

variable "emr_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_qldb_session_endpoint" {
  type    = bool
  default = false
}

variable "qldb_session_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "qldb_session_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "qldb_session_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_elasticbeanstalk_endpoint" {
  type    = bool
  default = false
}

variable "elasticbeanstalk_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "elasticbeanstalk_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "elasticbeanstalk_endpoint_policy" {
  type    = string
  default = null
}

variable "elasticbeanstalk_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_elasticbeanstalk_health_endpoint" {
  type    = bool
  default = false
}

variable "elasticbeanstalk_health_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "elasticbeanstalk_health_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "elasticbeanstalk_health_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_states_endpoint" {
  type    = bool
  default = false
}

variable "states_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "states_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "states_endpoint_policy" {
  type    = string
  default = null
}

variable "states_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_rds_endpoint" {
  type    = bool
  default = false
}

variable "rds_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "rds_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "rds_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_codedeploy_endpoint" {
  type    = bool
  default = false
}

variable "codedeploy_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "codedeploy_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "codedeploy_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_codedeploy_commands_secure_endpoint" {
  type    = bool
  default = false
}

variable "codedeploy_commands_secure_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "codedeploy_commands_secure_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "codedeploy_commands_secure_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_acm_pca_endpoint" {
  type    = bool
  default = false
}

variable "acm_pca_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "acm_pca_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "acm_pca_endpoint_policy" {
  type    = string
  default = null
}

variable "acm_pca_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "enable_dms_endpoint" {
  type    = bool
  default = false
}

variable "dms_endpoint_security_group_ids" {
  type    = list(string)
  default = []
}

variable "dms_endpoint_subnet_ids" {
  type    = list(string)
  default = []
}

variable "dms_endpoint_private_dns_enabled" {
  type    = bool
  default = false
}

variable "vpc_endpoint_tags" {
  type    = map(string)
  default = {}
}
