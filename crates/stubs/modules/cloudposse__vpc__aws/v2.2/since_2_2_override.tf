resource "aws_internet_gateway" "default" { tags = module.igw_label.tags }
resource "aws_egress_only_internet_gateway" "default" { tags = module.eigw_label.tags }
