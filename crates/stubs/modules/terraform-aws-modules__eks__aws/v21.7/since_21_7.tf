output "cluster_control_plane_scaling_tier" { value = data.unmodelled.this.cluster_control_plane_scaling_tier }
variable "control_plane_scaling_config" { default = null }
