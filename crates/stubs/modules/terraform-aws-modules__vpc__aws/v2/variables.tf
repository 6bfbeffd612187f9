# The VPC, its gateways and DHCP options.

variable "create_vpc" {
  type    = bool
  default = true
}

variable "name" {
  type    = string
  default = ""
}

variable "cidr" {
  type    = string
  default = "0.0.0.0/0"
}

variable "enable_ipv6" {
  type    = bool
  default = false
}

variable "assign_ipv6_address_on_creation" {
  type    = bool
  default = false
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
  default = false
}

variable "enable_dns_support" {
  type    = bool
  default = true
}

variable "enable_classiclink" {
  type    = bool
  default = null
}

variable "enable_classiclink_dns_support" {
  type    = bool
  default = null
}

variable "enable_nat_gateway" {
  type    = bool
  default = false
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

variable "customer_gateways" {
  type    = map(map(any))
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

variable "tags" {
  type    = map(string)
  default = {}
}

variable "vpc_tags" {
  type    = map(string)
  default = {}
}

variable "igw_tags" {
  type    = map(string)
  default = {}
}

variable "dhcp_options_tags" {
  type    = map(string)
  default = {}
}

variable "nat_gateway_tags" {
  type    = map(string)
  default = {}
}

variable "nat_eip_tags" {
  type    = map(string)
  default = {}
}

variable "customer_gateway_tags" {
  type    = map(string)
  default = {}
}

variable "vpn_gateway_tags" {
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

variable "create_igw" {
  type    = bool
  default = true
}

variable "create_egress_only_igw" {
  type    = bool
  default = true
}

variable "putin_khuylo" {
  type    = bool
  default = true
}

# Default resources.

variable "manage_default_route_table" {
  type    = bool
  default = false
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

variable "manage_default_vpc" {
  type    = bool
  default = false
}

variable "default_vpc_name" {
  type    = string
  default = ""
}

variable "default_vpc_enable_dns_support" {
  type    = bool
  default = true
}

variable "default_vpc_enable_dns_hostnames" {
  type    = bool
  default = false
}

variable "default_vpc_enable_classiclink" {
  type    = bool
  default = false
}

variable "default_vpc_tags" {
  type    = map(string)
  default = {}
}

variable "manage_default_network_acl" {
  type    = bool
  default = false
}

variable "default_network_acl_name" {
  type    = string
  default = ""
}

variable "default_network_acl_tags" {
  type    = map(string)
  default = {}
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

variable "manage_default_security_group" {
  type    = bool
  default = false
}

variable "default_security_group_name" {
  type    = string
  default = "default"
}

variable "default_security_group_ingress" {
  type    = list(map(string))
  default = null
}

variable "default_security_group_egress" {
  type    = list(map(string))
  default = null
}

variable "default_security_group_tags" {
  type    = map(string)
  default = {}
}

# Flow log.

variable "vpc_flow_log_tags" { default = {} }

variable "vpc_flow_log_permissions_boundary" { default = null }

variable "enable_flow_log" { default = false }

variable "create_flow_log_cloudwatch_log_group" { default = false }

variable "create_flow_log_cloudwatch_iam_role" { default = false }

variable "flow_log_traffic_type" { default = "ALL" }

variable "flow_log_destination_type" { default = "cloud-watch-logs" }

variable "flow_log_log_format" { default = null }

variable "flow_log_destination_arn" { default = "" }

variable "flow_log_cloudwatch_iam_role_arn" { default = "" }

variable "flow_log_cloudwatch_log_group_name_prefix" { default = "/aws/vpc-flow-log/" }

variable "flow_log_cloudwatch_log_group_retention_in_days" { default = null }

variable "flow_log_cloudwatch_log_group_kms_key_id" { default = null }

variable "flow_log_max_aggregation_interval" { default = 600 }
