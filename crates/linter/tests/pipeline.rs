//! What the pipeline adds to the rules: roots, suppressions, merging.

mod support;

use privatelint_diagnostics::Report;
use privatelint_linter::Variable;
use support::{lint_texts, lint_texts_with};

const PROVIDER: &str = "provider \"aws\" {\n  region = \"eu-west-1\"\n}\n";

const ENDPOINT: &str = "variable \"tables\" {\n  type    = list(string)\n  default = []\n}\n\nresource \"aws_vpc_endpoint\" \"s3\" {\n  vpc_id          = \"vpc-0a1b2c3d4e5f60718\"\n  service_name    = \"com.amazonaws.eu-west-1.s3\"\n  route_table_ids = var.tables\n}\n";

/// Each finding as `rule confidence path:line`, and the number that was suppressed.
#[track_caller]
fn check(report: &Report, expected: &[&str], suppressed: usize) {
    let show = |finding: &privatelint_diagnostics::Diagnostic| {
        let file = report.files.get(finding.primary.span.file);
        let line = file.position(finding.primary.span.start).line;
        format!("{} {} {}:{line}", finding.rule, finding.confidence.as_str(), file.path())
    };
    let found: Vec<_> = report.findings.iter().map(show).collect();
    assert_eq!(found, expected, "{:#?}", report.problems);
    assert_eq!(report.summary.suppressed, suppressed);
}

/// Whoever calls the module fills the list.
#[test]
fn an_empty_default_of_a_module_for_others_is_not_known() {
    check(&lint_texts(&[("main.tf", ENDPOINT)]), &[], 0);
    // A root that is applied as it is has none, unless it is given one.
    let applied = format!("{PROVIDER}{ENDPOINT}");
    check(
        &lint_texts(&[("main.tf", &applied)]),
        &["gateway-endpoint-without-route-tables possible main.tf:12"],
        0,
    );
}

#[test]
fn what_two_roots_find_at_one_place_is_one_finding() {
    let root =
        format!("{PROVIDER}module \"endpoint\" {{\n  source = \"../modules/endpoint\"\n}}\n");
    let report = lint_texts(&[
        ("a/main.tf", &root),
        ("b/main.tf", &root),
        ("modules/endpoint/main.tf", ENDPOINT),
    ]);
    check(&report, &["gateway-endpoint-without-route-tables likely modules/endpoint/main.tf:9"], 0);
    let calls = report.findings.iter().flat_map(|finding| &finding.evidence);
    let paths: Vec<_> =
        calls.map(|call| report.files.get(call.span.file).path().as_str()).collect();
    assert_eq!(paths, ["b/main.tf"]);
}

/// On a call it covers what that call makes, and not what another one does.
#[test]
fn a_suppression_on_a_call_covers_that_call() {
    let call = |comment: &str| {
        format!(
            "{PROVIDER}{comment}module \"endpoint\" {{\n  source = \"../modules/endpoint\"\n}}\n"
        )
    };
    let quiet = call("# privatelint: ignore[gateway-endpoint-without-route-tables] elsewhere\n");
    let one = lint_texts(&[("a/main.tf", &quiet), ("modules/endpoint/main.tf", ENDPOINT)]);
    check(&one, &[], 1);
    let both = lint_texts(&[
        ("a/main.tf", &quiet),
        ("b/main.tf", &call("")),
        ("modules/endpoint/main.tf", ENDPOINT),
    ]);
    check(&both, &["gateway-endpoint-without-route-tables likely modules/endpoint/main.tf:9"], 1);
}

/// Whether a suppression is needed is not known where the rule could not decide, or did not look.
#[test]
fn a_suppression_is_useless_only_if_the_rule_looked() {
    let with = |list: &str| {
        format!(
            "{PROVIDER}variable \"tables\" {{}}\n# privatelint: ignore[gateway-endpoint-without-route-tables] elsewhere\nresource \"aws_vpc_endpoint\" \"s3\" {{\n  vpc_id          = \"vpc-0a1b2c3d4e5f60718\"\n  service_name    = \"com.amazonaws.eu-west-1.s3\"\n  route_table_ids = {list}\n}}\n"
        )
    };
    check(&lint_texts(&[("main.tf", &with("var.tables"))]), &[], 0);
    check(
        &lint_texts(&[("main.tf", &with("[\"rtb-0a1b2c3d4e5f60718\"]"))]),
        &["useless-suppression certain main.tf:5"],
        0,
    );
    check(&lint_texts(&[("main.tf", &with("[]"))]), &[], 1);
    let ignored =
        lint_texts_with(&[("main.tf", &with("[\"rtb-0a1b2c3d4e5f60718\"]"))], |options| {
            options.ignore = vec!["gateway-endpoint-without-route-tables".to_owned()];
        });
    check(&ignored, &[], 0);
}

/// Whoever applies the root may give another value than the default; what is written stands.
#[test]
fn what_rests_on_a_default_of_the_root_is_at_most_likely() {
    let with = |region: &str| {
        format!(
            "{PROVIDER}variable \"region\" {{\n  default = \"eu-north-1\"\n}}\nresource \"aws_vpc_endpoint\" \"s3\" {{\n  vpc_id          = \"vpc-0a1b2c3d4e5f60718\"\n  service_name    = \"com.amazonaws.{region}.s3\"\n  route_table_ids = [\"rtb-0a1b2c3d4e5f60718\"]\n}}\n"
        )
    };
    check(
        &lint_texts(&[("main.tf", &with("${var.region}"))]),
        &["service-region-mismatch likely main.tf:9"],
        0,
    );
    check(
        &lint_texts(&[("main.tf", &with("eu-north-1"))]),
        &["service-region-mismatch certain main.tf:9"],
        0,
    );
    // A variable file that cannot be read may give any value.
    let broken =
        [("main.tf", with("${var.region}")), ("terraform.tfvars", "region = = 1\n".to_owned())];
    let broken: Vec<_> = broken.iter().map(|(path, text)| (*path, text.as_str())).collect();
    check(&lint_texts(&broken), &[], 0);
}

/// Another root may attach to what an output hands on.
#[test]
fn what_is_handed_on_may_be_completed_elsewhere() {
    let endpoint = format!(
        "{PROVIDER}resource \"aws_vpc_endpoint\" \"s3\" {{\n  vpc_id       = \"vpc-0a1b2c3d4e5f60718\"\n  service_name = \"com.amazonaws.eu-west-1.s3\"\n}}\n"
    );
    check(
        &lint_texts(&[("main.tf", &endpoint)]),
        &["gateway-endpoint-without-route-tables likely main.tf:4"],
        0,
    );
    let handed_on =
        format!("{endpoint}output \"endpoint\" {{\n  value = aws_vpc_endpoint.s3.id\n}}\n");
    check(
        &lint_texts(&[("main.tf", &handed_on)]),
        &["gateway-endpoint-without-route-tables possible main.tf:4"],
        0,
    );
}

#[test]
fn a_suppression_expires() {
    let with = |until: &str| {
        format!(
            "{PROVIDER}resource \"aws_vpc_endpoint\" \"s3\" {{ # privatelint: ignore[gateway-endpoint-without-route-tables] until={until} soon\n  vpc_id          = \"vpc-0a1b2c3d4e5f60718\"\n  service_name    = \"com.amazonaws.eu-west-1.s3\"\n}}\n"
        )
    };
    check(&lint_texts(&[("main.tf", &with(support::TODAY))]), &[], 1);
    check(
        &lint_texts(&[("main.tf", &with("2026-01-14"))]),
        &[
            "gateway-endpoint-without-route-tables likely main.tf:4",
            "useless-suppression certain main.tf:4",
        ],
        0,
    );
}

/// Errors that hold only with defaults, in a root to which nothing gives values, are errors of a run that nobody makes.
#[test]
fn an_error_that_rests_on_a_default_is_told_only_where_values_are_given() {
    #[track_caller]
    fn check(files: &[(&str, &str)], expected: &[&str]) {
        let report = lint_texts(files);
        let messages: Vec<_> = report.problems.iter().map(|it| it.message.as_str()).collect();
        assert_eq!(messages, expected);
    }
    let code = "provider \"aws\" {}\nvariable \"names\" {\n  default = []\n}\nresource \"aws_vpc\" \"main\" {\n  cidr_block = var.names[0]\n}\n";
    let wrong = "there is no element 0 in a list of 0";
    check(&[("main.tf", code)], &[]);
    check(&[("main.tf", code), ("terraform.tfvars", "names = []\n")], &[wrong]);
    let literal = code.replace("var.names[0]", "[][0]");
    check(&[("main.tf", &literal)], &[wrong]);
}

/// A file that is not there may be made by a build, or be kept out of the repository.
#[test]
fn a_missing_file_is_no_error() {
    let code = "resource \"aws_vpc_endpoint\" \"s3\" {\n  vpc_id       = \"vpc-1\"\n  service_name = \"com.amazonaws.eu-west-1.s3\"\n  policy       = file(\"policy.json\")\n  tags         = { hash = try(filemd5(\"x.zip\"), \"none\"), text = templatefile(\"x.tftpl\", {}) }\n}\n";
    let report = lint_texts(&[("main.tf", code)]);
    assert!(report.problems.is_empty(), "{:#?}", report.problems);
}

/// As Terraform does, a text for a variable of type `any` is read as an expression, and for one without a type as it is.
#[test]
fn a_variable_of_any_type_takes_an_expression() {
    let problems = |kind: &str, value: &str| {
        let code = format!(
            "variable \"e\" {{{kind}}}\nresource \"aws_vpc\" \"main\" {{\n  cidr_block = var.e[0]\n}}\n"
        );
        let value = Variable::Value("e".to_owned(), value.to_owned());
        let report = lint_texts_with(&[("main.tf", &code)], |it| it.variables.push(value));
        report.problems.len()
    };
    assert_eq!(problems("\n  type = any\n", "[\"10.0.0.0/16\"]"), 0);
    assert_eq!(problems("", "[\"10.0.0.0/16\"]"), 1);
    assert_eq!(problems("\n  type = any\n", "[1"), 1);
}

/// A variable file that is asked for and cannot be read is a problem, wherever it lies.
#[test]
fn a_variable_file_that_is_not_there_is_told() {
    let code = "variable \"v\" {}\nresource \"aws_vpc\" \"main\" {\n  cidr_block = var.v\n}\n";
    for (path, text) in [("nowhere.tfvars", None), ("../other/broken.tfvars", Some("v = [\n"))] {
        let files: Vec<_> =
            [("main.tf", code)].into_iter().chain(text.map(|text| (path, text))).collect();
        let report = lint_texts_with(&files, |it| it.variables.push(Variable::File(path.into())));
        assert!(
            report.problems.iter().any(|it| it.kind.is_fatal()),
            "{path}: {:?}",
            report.problems
        );
    }
}

/// What a resource's argument is for others, the provider decides: a bool is one though it is written as a string, and a set has nothing twice.
#[test]
fn arguments_are_read_back_as_what_the_provider_makes_of_them() {
    let code = r#"
        resource "aws_vpc" "v" {
          cidr_block         = "10.0.0.0/16"
          enable_dns_support = "true"
          tags               = { n = 1 }
        }
        resource "aws_vpc_endpoint" "e" {
          count              = aws_vpc.v.enable_dns_support == true ? 1 : 0
          vpc_id             = aws_vpc.v.id
          service_name       = "com.amazonaws.eu-west-1.sqs"
          vpc_endpoint_type  = "Interface"
          private_dns_enabled = false
          security_group_ids = ["sg-2", "sg-1", "sg-2"]
          lifecycle {
            precondition {
              condition     = aws_vpc.v.tags.n == "1"
              error_message = "no"
            }
          }
        }
        resource "aws_vpc_endpoint_policy" "p" {
          vpc_endpoint_id = "vpce-1"
          policy          = "{}"
          lifecycle {
            precondition {
              condition     = length(aws_vpc_endpoint.e[0].security_group_ids) == 2
              error_message = "no"
            }
          }
        }
    "#;
    let report = lint_texts(&[("main.tf", code)]);
    let found: Vec<_> = report.findings.iter().map(|it| it.rule).collect();
    assert_eq!(found, ["interface-endpoint-without-subnets"], "{:?}", report.problems);
}
