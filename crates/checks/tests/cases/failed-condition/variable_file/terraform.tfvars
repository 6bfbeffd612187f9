zones = ["eu-west-1a", "us-east-1a"] # expect: failed-condition
name  = "given"
