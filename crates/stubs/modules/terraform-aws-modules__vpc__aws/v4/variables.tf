# The VPC, its gateways and DHCP options.

variable "create_vpc" {
  type    = bool
  default = true
}

variable "region" {
  type    = string
  default = null
}

variable "tags" {
  type    = map(string)
  default = {}
}

variable "name" {
  type    = string
  default = ""
}

variable "cidr" {
  type    = string
  default = "10.0.0.0/16"
}

variable "secondary_cidr_blocks" {
  type    = list(string)
  default = []
}

variable "instance_tenancy" {
  type    = string
  default = "default"
}

variable "azs" {
  type    = list(string)
  default = []
}

variable "enable_dns_hostnames" {
  type    = bool
  default = true
}

variable "enable_dns_support" {
  type    = bool
  default = true
}

variable "enable_network_address_usage_metrics" {
  type    = bool
  default = null
}

variable "use_ipam_pool" {
  type    = bool
  default = false
}

variable "ipv4_ipam_pool_id" {
  type    = string
  default = null
}

variable "ipv4_netmask_length" {
  type    = number
  default = null
}

variable "enable_ipv6" {
  type    = bool
  default = false
}

variable "ipv6_cidr" {
  type    = string
  default = null
}

variable "ipv6_ipam_pool_id" {
  type    = string
  default = null
}

variable "ipv6_netmask_length" {
  type    = number
  default = null
}

variable "ipv6_cidr_block_network_border_group" {
  type    = string
  default = null
}

variable "vpc_tags" {
  type    = map(string)
  default = {}
}

variable "enable_dhcp_options" {
  type    = bool
  default = false
}

variable "dhcp_options_domain_name" {
  type    = string
  default = ""
}

variable "dhcp_options_domain_name_servers" {
  type    = list(string)
  default = ["AmazonProvidedDNS"]
}

variable "dhcp_options_ntp_servers" {
  type    = list(string)
  default = []
}

variable "dhcp_options_netbios_name_servers" {
  type    = list(string)
  default = []
}

variable "dhcp_options_netbios_node_type" {
  type    = string
  default = ""
}

variable "dhcp_options_ipv6_address_preferred_lease_time" {
  type    = number
  default = null
}

variable "dhcp_options_tags" {
  type    = map(string)
  default = {}
}

variable "customer_owned_ipv4_pool" {
  type    = string
  default = null
}

variable "map_customer_owned_ip_on_launch" {
  type    = bool
  default = false
}

variable "create_igw" {
  type    = bool
  default = true
}

variable "create_egress_only_igw" {
  type    = bool
  default = true
}

variable "igw_tags" {
  type    = map(string)
  default = {}
}

variable "enable_nat_gateway" {
  type    = bool
  default = false
}

variable "nat_gateway_destination_cidr_block" {
  type    = string
  default = "0.0.0.0/0"
}

variable "single_nat_gateway" {
  type    = bool
  default = false
}

variable "one_nat_gateway_per_az" {
  type    = bool
  default = false
}

variable "reuse_nat_ips" {
  type    = bool
  default = false
}

variable "external_nat_ip_ids" {
  type    = list(string)
  default = []
}

variable "external_nat_ips" {
  type    = list(string)
  default = []
}

variable "nat_gateway_tags" {
  type    = map(string)
  default = {}
}

variable "nat_eip_tags" {
  type    = map(string)
  default = {}
}

variable "customer_gateways" {
  type    = map(map(any))
  default = {}
}

variable "customer_gateway_tags" {
  type    = map(string)
  default = {}
}

variable "enable_vpn_gateway" {
  type    = bool
  default = false
}

variable "vpn_gateway_id" {
  type    = string
  default = ""
}

variable "amazon_side_asn" {
  type    = string
  default = "64512"
}

variable "vpn_gateway_az" {
  type    = string
  default = null
}

variable "vpn_gateway_tags" {
  type    = map(string)
  default = {}
}

variable "putin_khuylo" {
  type    = bool
  default = true
}

# Default resources.

variable "manage_default_vpc" {
  type    = bool
  default = false
}

variable "default_vpc_name" {
  type    = string
  default = null
}

variable "default_vpc_enable_dns_support" {
  type    = bool
  default = true
}

variable "default_vpc_enable_dns_hostnames" {
  type    = bool
  default = true
}

variable "default_vpc_tags" {
  type    = map(string)
  default = {}
}

variable "manage_default_security_group" {
  type    = bool
  default = true
}

variable "default_security_group_name" {
  type    = string
  default = null
}

variable "default_security_group_ingress" {
  type    = list(map(string))
  default = []
}

variable "default_security_group_egress" {
  type    = list(map(string))
  default = []
}

variable "default_security_group_tags" {
  type    = map(string)
  default = {}
}

variable "manage_default_network_acl" {
  type    = bool
  default = true
}

variable "default_network_acl_name" {
  type    = string
  default = null
}

variable "default_network_acl_ingress" {
  type = list(map(string))
  default = [
    { rule_no = 100, action = "allow", from_port = 0, to_port = 0, protocol = "-1", cidr_block = "0.0.0.0/0" },
    { rule_no = 101, action = "allow", from_port = 0, to_port = 0, protocol = "-1", ipv6_cidr_block = "::/0" },
  ]
}

variable "default_network_acl_egress" {
  type = list(map(string))
  default = [
    { rule_no = 100, action = "allow", from_port = 0, to_port = 0, protocol = "-1", cidr_block = "0.0.0.0/0" },
    { rule_no = 101, action = "allow", from_port = 0, to_port = 0, protocol = "-1", ipv6_cidr_block = "::/0" },
  ]
}

variable "default_network_acl_tags" {
  type    = map(string)
  default = {}
}

variable "manage_default_route_table" {
  type    = bool
  default = true
}

variable "default_route_table_name" {
  type    = string
  default = null
}

variable "default_route_table_propagating_vgws" {
  type    = list(string)
  default = []
}

variable "default_route_table_routes" {
  type    = list(map(string))
  default = []
}

variable "default_route_table_tags" {
  type    = map(string)
  default = {}
}

# Flow log.

variable "enable_flow_log" { default = false }

variable "vpc_flow_log_iam_role_name" { default = "vpc-flow-log-role" }

variable "vpc_flow_log_iam_role_path" { default = null }

variable "vpc_flow_log_iam_role_use_name_prefix" { default = true }

variable "vpc_flow_log_permissions_boundary" { default = null }

variable "vpc_flow_log_iam_policy_name" { default = "vpc-flow-log-to-cloudwatch" }

variable "vpc_flow_log_iam_policy_use_name_prefix" { default = true }

variable "flow_log_max_aggregation_interval" { default = 600 }

variable "flow_log_traffic_type" { default = "ALL" }

variable "flow_log_destination_type" { default = "cloud-watch-logs" }

variable "flow_log_log_format" { default = null }

variable "flow_log_destination_arn" { default = "" }

variable "flow_log_deliver_cross_account_role" { default = null }

variable "flow_log_file_format" { default = null }

variable "flow_log_hive_compatible_partitions" { default = false }

variable "flow_log_per_hour_partition" { default = false }

variable "vpc_flow_log_tags" { default = {} }

variable "create_flow_log_cloudwatch_log_group" { default = false }

variable "create_flow_log_cloudwatch_iam_role" { default = false }

variable "flow_log_cloudwatch_iam_role_conditions" { default = [] }

variable "flow_log_cloudwatch_iam_role_arn" { default = "" }

variable "flow_log_cloudwatch_log_group_name_prefix" { default = "/aws/vpc-flow-log/" }

variable "flow_log_cloudwatch_log_group_name_suffix" { default = "" }

variable "flow_log_cloudwatch_log_group_retention_in_days" { default = null }

variable "flow_log_cloudwatch_log_group_kms_key_id" { default = null }

variable "flow_log_cloudwatch_log_group_skip_destroy" { default = false }

variable "flow_log_cloudwatch_log_group_class" { default = null }
