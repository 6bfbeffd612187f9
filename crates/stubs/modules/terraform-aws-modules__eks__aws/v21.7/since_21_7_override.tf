locals {
  node_rules = merge(
    { for name, port in { "443" = 443, kubelet = 10250 } : "ingress_cluster_${name}" => { protocol = "tcp", from_port = port, to_port = port, type = "ingress", source_cluster_security_group = true } },
    { for protocol in ["tcp", "udp"] : "ingress_self_coredns_${protocol}" => { protocol = protocol, from_port = 53, to_port = 53, type = "ingress", self = true } },
    { for port in [4443, 10251, 6443, 8443, 9443] : "ingress_cluster_${port}_webhook" => { protocol = "tcp", from_port = port, to_port = port, type = "ingress", source_cluster_security_group = true } if var.node_security_group_enable_recommended_rules },
    { for name, rule in {
      ingress_nodes_ephemeral = { protocol = "tcp", from_port = 1025, to_port = 65535, type = "ingress", self = true }
      egress_all = {
        protocol         = "-1"
        from_port        = 0
        to_port          = 0
        type             = "egress"
        cidr_blocks      = ["0.0.0.0/0"]
        ipv6_cidr_blocks = var.ip_family == "ipv6" ? ["::/0"] : null
      }
    } : name => rule if var.node_security_group_enable_recommended_rules },
    var.node_security_group_additional_rules,
  )
}
