# Stands for what is left out here: nothing is known of it.
data "unmodelled" "this" {}

output "id" { value = local.input.enabled ? local.id : "" }
output "id_full" { value = local.input.enabled ? local.id_full : "" }
output "enabled" { value = local.input.enabled }
output "namespace" { value = local.input.enabled ? local.labels.namespace : "" }
output "tenant" { value = local.input.enabled ? local.labels.tenant : "" }
output "environment" { value = local.input.enabled ? local.labels.environment : "" }
output "name" { value = local.input.enabled ? local.labels.name : "" }
output "stage" { value = local.input.enabled ? local.labels.stage : "" }
output "delimiter" { value = local.input.enabled ? local.delimiter : "" }
output "attributes" { value = local.input.enabled ? local.attributes : [] }
output "tags" { value = local.input.enabled ? local.tags : {} }
output "additional_tag_map" { value = local.input.additional_tag_map }
output "label_order" { value = local.label_order }
output "regex_replace_chars" { value = local.regex_replace_chars }
output "id_length_limit" { value = local.id_length_limit }
output "tags_as_list_of_maps" { value = [for key, value in local.tags : merge({ key = key, value = value }, local.input.additional_tag_map)] }
output "descriptors" { value = data.unmodelled.this.descriptors }
output "normalized_context" { value = local.normalized_context }
output "context" { value = local.input }
