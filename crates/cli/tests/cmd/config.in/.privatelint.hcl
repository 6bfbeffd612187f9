stubs   = ["./stubs"]
fail_on = "error"

rule "service-region-mismatch" {
  severity = "warning"
}
