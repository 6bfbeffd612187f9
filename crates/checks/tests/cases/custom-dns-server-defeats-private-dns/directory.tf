# The addresses of a directory are not in the code.
resource "aws_vpc" "main" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_directory_service_directory" "it" {
  name     = "corp.example.com"
  password = "not-a-password"
  type     = "MicrosoftAD"
}

resource "aws_vpc_dhcp_options" "it" {
  domain_name_servers = aws_directory_service_directory.it.dns_ip_addresses
}

resource "aws_vpc_dhcp_options_association" "it" {
  vpc_id          = aws_vpc.main.id
  dhcp_options_id = aws_vpc_dhcp_options.it.id
}

resource "aws_vpc_endpoint" "it" {
  vpc_id              = aws_vpc.main.id
  service_name        = "com.amazonaws.eu-west-1.kms"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
}
