variable "name" {
  type    = string
  default = ""
}

variable "tags" {
  type    = map(string)
  default = {}
}

variable "create_tgw" {
  type    = bool
  default = true
}

variable "amazon_side_asn" {
  type    = string
  default = null
}

variable "enable_default_route_table_association" {
  type    = bool
  default = true
}

variable "enable_default_route_table_propagation" {
  type    = bool
  default = true
}

variable "enable_auto_accept_shared_attachments" {
  type    = bool
  default = false
}

variable "enable_vpn_ecmp_support" {
  type    = bool
  default = true
}

variable "enable_multicast_support" {
  type    = bool
  default = false
}

variable "enable_dns_support" {
  type    = bool
  default = true
}

variable "transit_gateway_cidr_blocks" {
  type    = list(string)
  default = []
}

variable "tgw_tags" {
  type    = map(string)
  default = {}
}

variable "enable_sg_referencing_support" {
  type    = bool
  default = true
}

variable "vpc_attachments" {
  type    = any
  default = {}
}

variable "tgw_vpc_attachment_tags" {
  type    = map(string)
  default = {}
}

variable "create_tgw_routes" {
  type    = bool
  default = true
}

variable "transit_gateway_route_table_id" {
  type    = string
  default = null
}

variable "tgw_route_table_tags" {
  type    = map(string)
  default = {}
}

variable "share_tgw" {
  type    = bool
  default = true
}

variable "ram_name" {
  type    = string
  default = ""
}

variable "ram_allow_external_principals" {
  type    = bool
  default = false
}

variable "ram_principals" {
  type    = list(string)
  default = []
}

variable "ram_resource_share_arn" {
  type    = string
  default = ""
}

variable "ram_tags" {
  type    = map(string)
  default = {}
}

# What follows has no part in the network.

variable "description" { default = null }
variable "timeouts" { default = null }
variable "tgw_default_route_table_tags" { default = null }
