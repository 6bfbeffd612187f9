stub    = ["./stubs"]
fail_on = "warn"
