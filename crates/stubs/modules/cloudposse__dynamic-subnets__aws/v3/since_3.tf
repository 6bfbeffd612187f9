locals {
  nat_places = var.nat_gateway_public_subnet_names == null ? var.nat_gateway_public_subnet_indices : [
    for name in var.nat_gateway_public_subnet_names : try(index(local.public_names, name), -1)
  ]
  # The public subnet of each.
  nat_useful = local.enabled.private4 || local.public_nat64 || local.private_nat64
  nat_subnets = local.nat_useful ? flatten([
    for zone in range(min(length(local.zones), var.max_nats)) : [
      for place in local.nat_places : zone * local.public_per_zone + place if place >= 0 && place < local.public_per_zone
    ]
  ]) : []
  nat_per_zone = local.nat_count > 0 ? length(local.nat_places) : 0
  # Which one a route table leads to: one of its own zone, if there are that many.
  nat_of_private = local.nat && local.enabled.private4 ? [
    for i in range(local.private_table_count) :
    (floor(i / local.private_per_zone) * local.nat_per_zone + i % local.private_per_zone % local.nat_per_zone) % local.nat_count
  ] : []
  nat_of_public = local.nat_gateway && local.public_nat64 ? [
    for i in range(local.public_table_count) :
    (floor(i / local.public_per_zone) * local.nat_per_zone + i % local.public_per_zone % local.nat_per_zone) % local.nat_count
  ] : []
}

output "nat_gateway_private_ips" { value = aws_nat_gateway.default[*].private_ip }

variable "nat_gateway_public_subnet_indices" {
  type     = list(number)
  default  = [0]
  nullable = false
}

variable "nat_gateway_public_subnet_names" {
  type     = list(string)
  default  = null
  nullable = true
}

variable "public_subnets_per_az_count" {
  type    = number
  default = null
}

variable "public_subnets_per_az_names" {
  type     = list(string)
  default  = null
  nullable = true
}

variable "private_subnets_per_az_count" {
  type    = number
  default = null
}

variable "private_subnets_per_az_names" {
  type     = list(string)
  default  = null
  nullable = true
}
