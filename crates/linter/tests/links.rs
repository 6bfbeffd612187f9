//! Data sources that match something in the tree by its tags.

mod support;

use privatelint_diagnostics::Confidence;

const PROVIDER: &str = "provider \"aws\" {\n  region = \"eu-west-1\"\n}\n";

/// A VPC in which private DNS does not work.
const VPC: &str = r#"
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"

  tags = {
    Name = "main"
    Team = "network"
  }
}
"#;

/// An endpoint that needs private DNS, in a VPC that a data source finds.
const ENDPOINT: &str = r#"
resource "aws_vpc_endpoint" "sqs" {
  vpc_id              = data.aws_vpc.main.id
  service_name        = "com.amazonaws.eu-west-1.sqs"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
}
"#;

const DATA: &str = r#"
data "aws_vpc" "main" {
  tags = {
    Name = "main"
  }
}
"#;

const DNS: &str = "private-dns-needs-vpc-dns-attributes";

/// Checks how sure a rule is of the only thing that it finds, and the evidence that names links.
#[track_caller]
fn check(rule: &str, files: &[(&str, &str)], expected: &[(Confidence, &[&str])]) {
    let report = support::lint_texts_with(files, |options| options.select = vec![rule.into()]);
    let found: Vec<_> = report
        .findings
        .iter()
        .map(|finding| {
            let evidence = finding.evidence.iter().map(|it| it.message.as_str());
            let links: Vec<_> = evidence.filter(|text| text.starts_with("matches ")).collect();
            (finding.confidence, links)
        })
        .collect();
    let expected: Vec<_> =
        expected.iter().map(|(confidence, links)| (*confidence, links.to_vec())).collect();
    assert_eq!(found, expected, "{:#?}", report.problems);
}

#[track_caller]
fn check_dns(code: &str, expected: &[(Confidence, &[&str])]) {
    check(DNS, &[("main.tf", &format!("{PROVIDER}{ENDPOINT}{code}"))], expected);
}

const LIKELY: (Confidence, &[&str]) = (Confidence::Likely, &["matches `aws_vpc.main` by its tags"]);

#[test]
fn what_is_found_through_a_link_is_likely_and_says_so() {
    check_dns(&format!("{VPC}{DATA}"), &[LIKELY]);
    let filter = r#"
data "aws_vpc" "main" {
  filter {
    name   = "tag:Name"
    values = ["ma*"]
  }

  filter {
    name   = "tag:Team"
    values = ["platform", "network"]
  }
}
"#;
    check_dns(&format!("{VPC}{filter}"), &[LIKELY]);
    let by_range =
        "data \"aws_vpc\" \"main\" {\n  cidr_block = \"10.0.0.0/16\"\n  default    = false\n}\n";
    let expected = (Confidence::Likely, ["matches `aws_vpc.main` by its arguments"].as_slice());
    check_dns(&format!("{VPC}{by_range}"), &[expected]);
}

#[test]
fn the_tags_of_the_provider_are_tags() {
    let provider = "provider \"aws\" {\n  region = \"eu-west-1\"\n  default_tags {\n    tags = { Stage = \"prod\" }\n  }\n}\n";
    let data = DATA.replace("Name = \"main\"", "Stage = \"prod\"");
    check(DNS, &[("main.tf", &format!("{provider}{ENDPOINT}{VPC}{data}"))], &[LIKELY]);
}

#[test]
fn there_is_no_link_where_it_is_open_what_is_meant() {
    for data in [
        DATA.replace("\"main\"\n", "\"other\"\n"),
        DATA.replace("\"main\"\n", "var.name\n") + "variable \"name\" {}\n",
        DATA.replace("Name = \"main\"\n", "Name = \"main\"\n    Other = \"x\"\n"),
        DATA.replace("tags", "provider = aws.other\n  tags")
            + "provider \"aws\" {\n  alias = \"other\"\n}\n",
        DATA.replace("tags", "region = \"eu-west-2\"\n  tags"),
        DATA.replace("tags", "owner = \"x\"\n  tags"),
        DATA.replace("tags", "count = var.there\n  tags") + "variable \"there\" {}\n",
    ] {
        check_dns(&format!("{VPC}{data}"), &[]);
    }
    let again = VPC.replace("\"aws_vpc\" \"main\"", "\"aws_vpc\" \"again\"");
    check_dns(&format!("{VPC}{again}{DATA}"), &[]);
    let perhaps = again.replace("\"main\"\n", "var.name\n") + "variable \"name\" {}\n";
    check_dns(&format!("{VPC}{perhaps}{DATA}"), &[]);
    let no_tags = "data \"aws_vpc\" \"main\" {}\n";
    check_dns(&format!("{VPC}{no_tags}"), &[]);
    let counted = VPC.replace("{\n  cidr", "{\n  count = var.there\n  cidr");
    check_dns(&format!("{counted}variable \"there\" {{}}\n{DATA}"), &[]);
}

/// Two subnets in one zone, found by their tags and by the VPC that another data source finds.
const SUBNETS: &str = r#"
resource "aws_subnet" "private" {
  count             = 2
  vpc_id            = aws_vpc.main.id
  availability_zone = "eu-west-1a"
  cidr_block        = "10.0.${count.index}.0/24"

  tags = {
    Tier = "private"
  }
}

resource "aws_subnet" "public" {
  vpc_id            = aws_vpc.main.id
  availability_zone = "eu-west-1b"
  cidr_block        = "10.0.9.0/24"
}

data "aws_subnets" "private" {
  filter {
    name   = "vpc-id"
    values = [data.aws_vpc.main.id]
  }

  tags = {
    Tier = "private"
  }
}

resource "aws_vpc_endpoint" "sqs" {
  vpc_id            = data.aws_vpc.main.id
  service_name      = "com.amazonaws.eu-west-1.sqs"
  vpc_endpoint_type = "Interface"
  subnet_ids        = data.aws_subnets.private.ids
}
"#;

#[test]
fn a_list_of_what_is_found_is_all_that_matches() {
    let links = [
        "matches `aws_vpc.main` by its tags",
        "matches `aws_subnet.private[0]`, `aws_subnet.private[1]` by its tags",
    ];
    let code = format!("{PROVIDER}{VPC}{DATA}{SUBNETS}");
    check("two-subnets-same-az", &[("main.tf", &code)], &[(Confidence::Likely, &links[1..])]);
    // A module that is not there may make more of them.
    let missing =
        "module \"more\" {\n  source = \"example/more/aws\"\n  vpc_id = aws_vpc.main.id\n}\n";
    let code = format!("{code}{missing}");
    check("two-subnets-same-az", &[("main.tf", &code)], &[]);
}

#[test]
fn what_several_roots_make_is_not_found() {
    let app = format!("{PROVIDER}{VPC}{DATA}{ENDPOINT}");
    let other = format!("{PROVIDER}{VPC}");
    check(DNS, &[("app/main.tf", &app), ("other/main.tf", &other)], &[]);
    let elsewhere = other.replace("eu-west-1", "eu-west-2");
    check(DNS, &[("app/main.tf", &app), ("other/main.tf", &elsewhere)], &[LIKELY]);
}

/// Checks the reasons for which it is not known whether private DNS works in the VPC of `app`.
#[track_caller]
fn check_reason(network: &str, because: &str) {
    let app = format!("{PROVIDER}{DATA}{ENDPOINT}");
    let files = [("app/main.tf", app.as_str()), ("live/network/main.tf", network)];
    let report = support::lint_texts_with(&files, |options| options.select = vec![DNS.into()]);
    let reasons: Vec<_> = report.undecided.iter().map(|it| it.because.as_str()).collect();
    assert_eq!(reasons, [because]);
    assert!(report.findings.is_empty());
}

#[test]
fn a_reason_says_which_root_declares_it() {
    let network = format!("{PROVIDER}{VPC}");
    check_reason(
        &network,
        "`data.aws_vpc.main.id` is read from AWS; it is declared in `live/network` as `aws_vpc.main`, matched by its tags",
    );
    for other in [
        network.replace("eu-west-1", "eu-west-2"),
        network.replace("\"main\"\n", "\"another\"\n"),
        network.replace("  region", "  profile = \"network\"\n  region"),
        network.replace("  region", "  assume_role {\n    role_arn = \"x\"\n  }\n  region"),
    ] {
        check_reason(&other, "`data.aws_vpc.main.id` is read from AWS");
    }
}

/// A VPC with a NAT gateway, whose gateway endpoint names the VPC by a data source.
const NAT: &str = r#"
resource "aws_subnet" "public" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.0.0/24"
}

resource "aws_nat_gateway" "this" {
  subnet_id = aws_subnet.public.id
}

resource "aws_route_table" "private" {
  vpc_id = aws_vpc.main.id

  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.this.id
  }
}

resource "aws_vpc_endpoint" "free" {
  for_each        = toset(["s3", "dynamodb"])
  vpc_id          = data.aws_vpc.main.id
  service_name    = "com.amazonaws.eu-west-1.${each.key}"
  route_table_ids = data.aws_route_tables.all.ids
}

data "aws_route_tables" "all" {
  vpc_id = data.aws_vpc.main.id
}
"#;

#[test]
fn what_does_not_hold_through_a_link_is_possible_and_says_so() {
    let rule = "nat-without-free-gateway-endpoint";
    let code = format!("{PROVIDER}{VPC}{DATA}{NAT}");
    let doubt = "matches `aws_vpc.main` by its tags: if it is that, this does not hold";
    check(rule, &[("main.tf", &code)], &[(Confidence::Possible, &[doubt])]);
    let other = code.replace("Name = \"main\"\n  }", "Name = \"other\"\n  }");
    check(rule, &[("main.tf", &other)], &[(Confidence::Likely, &[])]);
}
