//! Plans instead of evaluation: the same findings, at the same places.
//!
//! The plans below `plans/` are what `terraform show -json` printed for the code beside them.

#![expect(clippy::unwrap_used, reason = "a test stops where its data is not as it must be")]

mod support;

use camino::{Utf8Path, Utf8PathBuf};
use privatelint_diagnostics::{Confidence, Report};
use privatelint_linter::{Options, PlanSource, instances_of_plan, lint, lint_plan, to_json};
use privatelint_parser::{MemoryFileSystem, OsFileSystem};

fn project(name: &str) -> Utf8PathBuf {
    Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/plans").join(name)
}

fn plan_text(name: &str) -> String {
    let bytes = OsFileSystem.read_all(&project(name).join("plan.json"));
    String::from_utf8(bytes).unwrap()
}

trait ReadAll {
    fn read_all(&self, path: &Utf8Path) -> Vec<u8>;
}

impl ReadAll for OsFileSystem {
    fn read_all(&self, path: &Utf8Path) -> Vec<u8> {
        privatelint_parser::FileSystem::read(self, path, u64::MAX).unwrap()
    }
}

fn with_code(name: &str) -> Report {
    let options = support::options(&project(name));
    lint_plan(&OsFileSystem, &options, PlanSource::File("plan.json".into())).unwrap()
}

fn no_files() -> MemoryFileSystem {
    MemoryFileSystem::new([("/project/README.md", "")])
}

/// Lints a plan with these files beside it.
fn lint_plan_text(plan: &str, files: &[(&str, &str)]) -> Report {
    let root = Utf8Path::new("/project");
    let files = files.iter().chain(&[("README.md", "")]);
    let files = files.map(|(path, text)| (root.join(path), (*text).to_owned()));
    let fs = MemoryFileSystem::new(files);
    let plan = PlanSource::Stdin(plan.as_bytes().to_vec());
    lint_plan(&fs, &support::options(root), plan).unwrap()
}

/// Rules, with their places and how sure they are.
fn shown(report: &Report) -> Vec<String> {
    let finding = |finding: &privatelint_diagnostics::Diagnostic| {
        let file = report.files.get(finding.primary.span.file);
        let line = file.position(finding.primary.span.start).line;
        let sure = finding.confidence.as_str();
        format!("{}:{line} {} {sure}", file.path(), finding.rule)
    };
    report.findings.iter().map(finding).collect()
}

#[test]
fn a_plan_with_its_code_finds_what_the_code_does_at_the_same_places() {
    let options = support::options(&project("network"));
    let of_code = lint(&OsFileSystem, &options).unwrap();
    let of_plan = with_code("network");
    assert_eq!(shown(&of_plan), shown(&of_code));
    assert_eq!(of_plan.summary.suppressed, 1);
    assert_eq!(of_plan.summary.files, 2);
    assert_eq!(of_plan.problems, []);
}

#[test]
fn a_plan_decides_what_the_code_leaves_open() {
    // Which subnets there are depends on a data source, whose answer is in the plan.
    assert_eq!(with_code("network").undecided, []);
}

#[test]
fn without_code_the_findings_point_into_the_plan_and_are_not_certain() {
    let report = lint_plan_text(&plan_text("network"), &[]);
    let rules: Vec<_> = report.findings.iter().map(|finding| finding.rule).collect();
    assert_eq!(
        rules,
        [
            "endpoint-sg-missing-ingress-443",
            "gateway-endpoint-without-route-tables",
            "gateway-endpoint-without-route-tables",
            "private-dns-needs-vpc-dns-attributes",
        ]
    );
    for finding in &report.findings {
        let address = finding.resource.as_deref().unwrap();
        assert!(finding.confidence < Confidence::Certain, "{finding:?}");
        if finding.rule == "gateway-endpoint-without-route-tables" {
            let place = format!("\"address\": \"{address}\"");
            assert_eq!(report.files.snippet(finding.primary.span), place);
        }
    }
    assert_eq!(report.problems, []);
}

#[test]
fn ids_of_what_exists_are_links_and_computed_rules_are_not_written() {
    // In this plan everything exists, all ids are known, and the only ingress rule is about to be deleted.
    let report = with_code("existing");
    assert_eq!(
        shown(&report),
        [
            "main.tf:5 private-dns-needs-vpc-dns-attributes certain",
            "main.tf:15 endpoint-sg-missing-ingress-443 likely",
            "main.tf:29 gateway-endpoint-without-route-tables likely",
        ]
    );
}

#[test]
fn a_plan_limited_to_targets_is_not_certain_and_says_so() {
    let limited = plan_text("network").replace("\"complete\": true", "\"complete\": false");
    let code = plan_files();
    let code: Vec<(&str, &str)> = code.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let report = lint_plan_text(&limited, &code);
    assert!(report.findings.iter().all(|finding| finding.confidence < Confidence::Certain));
    let messages: Vec<_> = report.problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(
        messages,
        ["this plan is not complete: it was limited to targets, or stopped at an error"]
    );
}

fn plan_files() -> Vec<(&'static str, String)> {
    ["main.tf", "net/main.tf"]
        .into_iter()
        .map(|path| {
            let bytes = OsFileSystem.read_all(&project("network").join(path));
            (path, String::from_utf8(bytes).unwrap())
        })
        .collect()
}

#[test]
fn the_root_is_found_below_the_path() {
    let code = plan_files();
    let moved: Vec<(String, &str)> =
        code.iter().map(|(path, text)| (format!("live/{path}"), text.as_str())).collect();
    let mut files: Vec<(&str, &str)> =
        moved.iter().map(|(path, text)| (path.as_str(), *text)).collect();
    files.push(("other/main.tf", "resource \"aws_vpc\" \"other\" {}\n"));
    let report = lint_plan_text(&plan_text("network"), &files);
    let first = report.files.get(report.findings[0].primary.span.file).path().to_owned();
    assert!(first.starts_with("live"), "{first}");
}

#[test]
fn what_a_module_without_code_makes_is_placed_at_its_call() {
    let (path, main) = plan_files().swap_remove(0);
    let main = main.replace("\"./net\"", "\"registry.example/acme/net/aws\"");
    let report = lint_plan_text(&plan_text("network"), &[(path, &main)]);
    let finding = report.findings.iter().find(|it| it.rule.starts_with("private-dns")).unwrap();
    assert_eq!(report.files.snippet(finding.primary.span), "module \"net\"");
    assert_eq!(finding.resource.as_deref(), Some("module.net.aws_vpc.this"));
    assert_eq!(report.problems, []);
}

#[test]
fn a_plan_in_the_encoding_of_power_shell_is_read() {
    let mut bytes = vec![0xff, 0xfe];
    bytes.extend(plan_text("network").encode_utf16().flat_map(u16::to_le_bytes));
    let fs = no_files();
    let options = support::options(Utf8Path::new("/project"));
    let report = lint_plan(&fs, &options, PlanSource::Stdin(bytes)).unwrap();
    assert_eq!(report.summary.endpoints, 3);
}

#[test]
fn the_instances_of_a_plan_have_its_values() {
    let options: Options = support::options(&project("network"));
    let plan = PlanSource::File("plan.json".into());
    let (roots, report) = instances_of_plan(&OsFileSystem, &options, plan);
    assert_eq!(report.problems, []);
    let document = to_json(&roots);
    let resources = document.pointer("/roots/0/resources").unwrap().as_array().unwrap();
    let of = |address: &str| resources.iter().find(|resource| resource["address"] == address);
    let subnet = of("module.net.aws_subnet.private[1]").unwrap();
    assert_eq!(subnet["values"]["availability_zone"], "eu-west-1b");
    assert_eq!(subnet["values"]["cidr_block"], "10.0.1.0/24");
    assert_eq!(subnet["unknown"]["vpc_id"], true);
    let group = of("aws_security_group.clients").unwrap();
    assert_eq!(group["values"]["ingress"][0]["from_port"], 80);
    assert!(group["values"].get("egress").is_none(), "computed, and not written");
}

/// What is passed instead of a plan, and what is said about it.
#[track_caller]
fn check_refused(bytes: &[u8], message: &str) {
    let fs = no_files();
    let options = support::options(Utf8Path::new("/project"));
    let report = lint_plan(&fs, &options, PlanSource::Stdin(bytes.to_vec())).unwrap();
    let messages: Vec<_> = report.problems.iter().map(|it| it.message.as_str()).collect();
    assert_eq!(messages, [message]);
    let problem = report.problems.first().unwrap();
    assert!(problem.kind.is_fatal());
    assert!(problem.help.is_some(), "a way out");
}

#[test]
fn what_is_no_plan_is_refused_with_a_way_out() {
    check_refused(
        b"PK\x03\x04rest",
        "this is the plan as Terraform keeps it for itself: a binary file, not JSON",
    );
    check_refused(b"", "this is empty: there is no plan in it");
    check_refused(&[0xff, 0xff], "this is not JSON: it is not text");
    check_refused(b"Terraform will perform", "this is not JSON: expected value at line 1 column 1");
    check_refused(
        br#"{"@level":"info"}
{"@level":"info"}"#,
        "this is what `terraform plan -json` says while it works, not the plan",
    );
    check_refused(
        br#"{"version": 4, "serial": 1, "lineage": "x"}"#,
        "this is a state file, not a plan",
    );
    check_refused(br#"{"format_version": "1.0", "values": {}}"#, "this is a state, not a plan");
    check_refused(br#"{"format_version": "1.2"}"#, "there is no plan in it");
    check_refused(b"{}", "this is JSON, but not a plan: it has no `format_version`");
    check_refused(
        br#"{"format_version": "2.0", "planned_values": {}}"#,
        "this plan has the format version 2.0; those up to 1 are known",
    );
    check_refused(
        br#"{"format_version": 1}"#,
        "this is JSON, but not a plan: invalid type: integer `1`, expected a string at line 1 column 20",
    );
    let deep = format!("{{\"format_version\": {}", "[".repeat(100_000));
    let fs = no_files();
    let options = support::options(Utf8Path::new("/project"));
    let report = lint_plan(&fs, &options, PlanSource::Stdin(deep.into_bytes())).unwrap();
    assert_eq!(report.problems.len(), 1);
}

#[test]
fn a_missing_plan_is_a_problem() {
    let fs = no_files();
    let options = support::options(Utf8Path::new("/project"));
    let report = lint_plan(&fs, &options, PlanSource::File("plan.json".into())).unwrap();
    assert_eq!(report.problems.len(), 1);
    assert!(report.problems[0].message.starts_with("cannot read the plan"));
}

#[test]
fn foreign_values_in_a_plan_lose_nothing_else() {
    let odd = r#"{"format_version": "1.2", "planned_values": {"root_module": {"resources": [
        {"address": "aws_vpc_endpoint.s3", "mode": "managed", "type": "aws_vpc_endpoint", "name": "s3",
         "index": {"x": 1}, "values": {"service_name": 7, "route_table_ids": {"a": [1]}, "vpc_id": [[]]}},
        {"address": "x", "mode": "ephemeral", "type": "x", "name": "x"}],
        "child_modules": [{"address": "not a module", "resources": [
        {"address": "y", "mode": "managed", "type": "y", "name": "y"}]}]}},
        "resource_changes": null, "configuration": {"root_module": {"module_calls": {"a": {}}}}}"#;
    let report = lint_plan_text(odd, &[]);
    assert_eq!(report.summary.endpoints, 1);
    assert_eq!(report.problems, []);
}

/// What a plan does not make, another one of the same code may.
#[test]
fn a_plan_that_destroys_says_nothing_of_suppressions() {
    let code = "# privatelint: ignore[gateway-endpoint-without-route-tables] later\nresource \"aws_vpc_endpoint\" \"s3\" {\n  vpc_id       = \"vpc-0a1b2c3d4e5f60718\"\n  service_name = \"com.amazonaws.eu-west-1.s3\"\n}\n";
    let plan = r#"{"format_version":"1.2","terraform_version":"1.11.4","complete":true,"planned_values":{"root_module":{}},
        "configuration":{"root_module":{"resources":[{"address":"aws_vpc_endpoint.s3","mode":"managed","type":"aws_vpc_endpoint","name":"s3","expressions":{}}]}}}"#;
    assert_eq!(shown(&lint_plan_text(plan, &[("main.tf", code)])), [""; 0]);
    let misspelt = code.replace("without-route-tables", "without-tables");
    let found = shown(&lint_plan_text(plan, &[("main.tf", &misspelt)]));
    assert_eq!(found, ["main.tf:1 useless-suppression certain"]);
}

/// Without the configuration, nobody can say that what is not known was not written.
#[test]
fn without_a_configuration_what_is_not_known_may_be_written() {
    let values = r#"{"vpc_endpoint_type":"Interface","service_name":"com.amazonaws.eu-west-1.sqs","vpc_id":"vpc-0a1b2c3d4e5f60718","private_dns_enabled":true}"#;
    let plan = |unknown: &str| {
        format!(
            r#"{{"format_version":"1.2","terraform_version":"1.11.4","planned_values":{{"root_module":{{"resources":[{{"address":"aws_vpc_endpoint.e","mode":"managed","type":"aws_vpc_endpoint","name":"e","values":{values}}}]}}}},
            "resource_changes":[{{"address":"aws_vpc_endpoint.e","mode":"managed","type":"aws_vpc_endpoint","name":"e","change":{{"actions":["create"],"before":null,"after":{values},"after_unknown":{unknown}}}}}]}}"#
        )
    };
    let found = |unknown: &str| shown(&lint_plan_text(&plan(unknown), &[])).len();
    assert_eq!(found(r#"{"id":true,"subnet_ids":true}"#), 0);
    assert_eq!(found(r#"{"id":true}"#), 1);
}

#[test]
fn the_conditions_that_a_plan_says_have_failed_are_findings_where_they_are_written() {
    let report = with_code("conditions");
    let said: Vec<_> = report
        .findings
        .iter()
        .map(|finding| {
            let place = shown_place(&report, finding);
            format!("{place} {} {}", finding.confidence.as_str(), finding.message)
        })
        .collect();
    assert_eq!(
        said,
        [
            "main.tf:8 certain the check `zones` fails: Give at least two zones",
            "net/main.tf:11 certain a precondition of `terraform_data.zone` in `module.net` fails: There is no zone 1",
            "net/main.tf:19 certain the check `zones` in `module.net` fails: Two zones, please: 1",
            "net/main.tf:28 certain a precondition of the output `first` in `module.net` fails: More zones",
        ]
    );
    // Without the code there is no place to show.
    assert_eq!(lint_plan_text(&plan_text("conditions"), &[]).findings, []);
}

fn shown_place(report: &Report, finding: &privatelint_diagnostics::Diagnostic) -> String {
    let file = report.files.get(finding.primary.span.file);
    format!("{}:{}", file.path(), file.position(finding.primary.span.start).line)
}

/// What is said of a plan beside code that was edited since.
#[track_caller]
fn check_misfit(edit: impl Fn(&str) -> String, expected: &[&str]) {
    let files = plan_files();
    let files: Vec<(&str, String)> = files.iter().map(|(path, text)| (*path, edit(text))).collect();
    let files: Vec<(&str, &str)> =
        files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let report = lint_plan_text(&plan_text("network"), &files);
    let messages: Vec<_> = report.problems.iter().map(|it| it.message.as_str()).collect();
    assert_eq!(messages, expected);
}

#[test]
fn a_plan_of_other_code_is_told_once() {
    check_misfit(str::to_owned, &[]);
    check_misfit(
        |text| {
            text.replace("\"clients\"", "\"callers\"")
                .replace("\"aws_subnet\" \"private\"", "\"aws_subnet\" \"inner\"")
        },
        &[
            "this plan was made of other code than that beside it: only the plan has `aws_security_group.clients`, `module.net.aws_subnet.private`; only the code has `aws_security_group.callers`, `module.net.aws_subnet.inner`",
        ],
    );
}
