variable "cidr_block" {
  type    = string
  default = null
}

variable "vpc_id" {
  type    = string
  default = null
}

variable "create_vpc" {
  type    = bool
  default = true
}

variable "az_count" {
  type    = number
  default = null
}

variable "azs" {
  type    = list(string)
  default = null
}

variable "vpc_enable_dns_hostnames" {
  type    = bool
  default = true
}

variable "vpc_secondary_cidr" {
  type    = bool
  default = false
}

variable "vpc_secondary_cidr_natgw" {
  type    = any
  default = {}
}

variable "vpc_enable_dns_support" {
  type    = bool
  default = true
}

variable "vpc_instance_tenancy" {
  type    = string
  default = "default"
}

variable "vpc_ipv4_ipam_pool_id" {
  type    = string
  default = null
}

variable "vpc_ipv4_netmask_length" {
  type    = string
  default = null
}

variable "vpc_assign_generated_ipv6_cidr_block" {
  type    = bool
  default = null
}

variable "vpc_ipv6_ipam_pool_id" {
  type    = string
  default = null
}

variable "vpc_ipv6_cidr_block" {
  type    = string
  default = null
}

variable "vpc_ipv6_netmask_length" {
  type    = string
  default = null
}

variable "vpc_egress_only_internet_gateway" {
  type    = bool
  default = false
}

variable "optimize_subnet_cidr_ranges" {
  type    = bool
  default = false
}

variable "tags" {
  type    = map(string)
  default = {}
}

variable "transit_gateway_id" {
  type    = string
  default = null
}

variable "transit_gateway_routes" {
  type    = any
  default = {}
}

variable "transit_gateway_ipv6_routes" {
  type    = any
  default = {}
}

variable "core_network" {
  type = object({
    id  = string
    arn = string
  })
  default = {
    id  = null
    arn = null
  }
}

variable "core_network_routes" {
  type    = any
  default = {}
}

variable "core_network_ipv6_routes" {
  type    = any
  default = {}
}

variable "vpc_lattice" {
  type    = any
  default = {}
}

variable "name" { type = string }

variable "subnets" { type = any }

# What follows has no part in the network.

variable "vpc_flow_logs" { default = null }
