locals {
  # What the caller says, else what the context says.
  input = {
    enabled             = var.enabled == null ? var.context.enabled : var.enabled
    namespace           = var.namespace == null ? var.context.namespace : var.namespace
    tenant              = var.tenant == null ? lookup(var.context, "tenant", null) : var.tenant
    environment         = var.environment == null ? var.context.environment : var.environment
    stage               = var.stage == null ? var.context.stage : var.stage
    name                = var.name == null ? var.context.name : var.name
    delimiter           = var.delimiter == null ? var.context.delimiter : var.delimiter
    attributes          = compact(distinct(concat(coalesce(var.context.attributes, []), coalesce(var.attributes, []))))
    tags                = merge(var.context.tags, var.tags)
    additional_tag_map  = merge(var.context.additional_tag_map, var.additional_tag_map)
    label_order         = var.label_order == null ? var.context.label_order : var.label_order
    regex_replace_chars = var.regex_replace_chars == null ? var.context.regex_replace_chars : var.regex_replace_chars
    id_length_limit     = var.id_length_limit == null ? var.context.id_length_limit : var.id_length_limit
    label_key_case      = var.label_key_case == null ? lookup(var.context, "label_key_case", null) : var.label_key_case
    label_value_case    = var.label_value_case == null ? lookup(var.context, "label_value_case", null) : var.label_value_case
    descriptor_formats  = merge(lookup(var.context, "descriptor_formats", {}), var.descriptor_formats)
    labels_as_tags      = try(contains(var.context.labels_as_tags, "unset"), true) ? var.labels_as_tags : var.context.labels_as_tags
  }
  regex_replace_chars = coalesce(local.input.regex_replace_chars, "/[^-a-zA-Z0-9]/")
  delimiter           = local.input.delimiter == null ? "-" : local.input.delimiter
  default_order       = ["namespace", "environment", "stage", "name", "attributes"]
  label_order         = local.input.label_order == null ? local.default_order : coalescelist(local.input.label_order, local.default_order)
  id_length_limit     = local.input.id_length_limit == null ? 0 : local.input.id_length_limit
  label_key_case      = local.input.label_key_case == null ? "title" : local.input.label_key_case
  label_value_case    = local.input.label_value_case == null ? "lower" : local.input.label_value_case

  # Each word in the four cases that can be asked for.
  words = {
    for name in ["namespace", "tenant", "environment", "stage", "name"] : name => (
      local.input[name] == null ? "" : replace(local.input[name], local.regex_replace_chars, "")
    )
  }
  labels = {
    for name, word in local.words : name => {
      none  = word
      title = title(lower(word))
      upper = upper(word)
      lower = lower(word)
    }[local.label_value_case]
  }
  attributes = compact(distinct([
    for word in [for raw in local.input.attributes : replace(raw, local.regex_replace_chars, "")] : {
      none  = word
      title = title(lower(word))
      upper = upper(word)
      lower = lower(word)
    }[local.label_value_case]
  ]))

  parts   = merge(local.labels, { attributes = join(local.delimiter, local.attributes) })
  id_full = join(local.delimiter, [for part in local.label_order : local.parts[part] if length(local.parts[part]) > 0])
  # A name that is too long is cut and ends in a hash.
  too_long = local.id_length_limit != 0 && length(local.id_full) > local.id_length_limit
  room     = local.id_length_limit - 5 - length(local.delimiter)
  cut      = local.room <= 0 ? "" : "${trimsuffix(substr(local.id_full, 0, local.room), local.delimiter)}${local.delimiter}"
  hash     = "${md5(local.id_full)}qrstuvwxyz"
  hash_in_case = replace({
    none  = local.hash
    title = title(local.hash)
    upper = upper(local.hash)
    lower = lower(local.hash)
  }[local.label_value_case], local.regex_replace_chars, "")
  id = local.too_long ? substr("${local.cut}${local.hash_in_case}", 0, local.id_length_limit) : local.id_full

  as_tags        = merge(local.parts, { name = local.id })
  labels_as_tags = contains(local.input.labels_as_tags, "default") ? keys(local.as_tags) : local.input.labels_as_tags
  tags = merge(
    {
      for label in setintersection(keys(local.as_tags), local.labels_as_tags) : {
        title = title(label)
        upper = upper(label)
        lower = label
      }[local.label_key_case] => local.as_tags[label] if length(local.as_tags[label]) > 0
    },
    local.input.tags,
  )

  normalized_context = merge(local.input, local.labels, {
    delimiter           = local.delimiter
    attributes          = local.attributes
    tags                = local.tags
    label_order         = local.label_order
    regex_replace_chars = local.regex_replace_chars
    id_length_limit     = local.id_length_limit
    label_key_case      = local.label_key_case
    label_value_case    = local.label_value_case
    labels_as_tags      = local.labels_as_tags
  })
}
