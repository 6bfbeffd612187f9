variable "zones" {
  type = list(string)
}

resource "terraform_data" "zone" {
  count = 2
  input = "x"

  lifecycle {
    precondition {
      condition     = count.index < length(var.zones)
      error_message = "There is no zone ${count.index}."
    }
  }
}

check "zones" {
  assert {
    condition     = length(var.zones) >= 2
    error_message = "Two zones, please: ${length(var.zones)}."
  }
}

output "first" {
  value = var.zones[0]

  precondition {
    condition     = length(var.zones) > 5
    error_message = "More zones."
  }
}
