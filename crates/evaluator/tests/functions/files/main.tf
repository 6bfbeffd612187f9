# The project in which the tables' expressions are evaluated.

variable "hidden" {
  default = null
}

locals {
  template = "Hello, $${name}!"
  loop     = "%%{ for at, item in items }$${at}=$${item};%%{ endfor }"
  object   = { inner = "<$${a}>" }
  number   = 5
  null     = null
  broken   = "$${"
  nested   = "$${templatestring(a, {})}"
  open     = "$${hidden}"
}
