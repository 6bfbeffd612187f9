# privatelint's own stand-in for terraform-aws-modules/security-group/aws//modules/elasticsearch, 4.x and 5.x: the group, with the rules
# that its name stands for. Computed CIDR blocks are inputs that the module never reads.

variable "auto_ingress_rules" { default = ["elasticsearch-rest-tcp", "elasticsearch-java-tcp"] }
