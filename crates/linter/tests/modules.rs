//! Modules that the user does not edit: descriptions of them, and what `terraform init` brought.

#![expect(clippy::unwrap_used, reason = "a test stops where its data is not as it must be")]

mod support;

use camino::Utf8Path;
use privatelint_diagnostics::{Report, Severity, Span};
use privatelint_linter::{Config, Level, Options, lint};
use privatelint_parser::{FileSystem, MemoryFileSystem, Workspace};
use support::{lint_texts, lint_texts_with};

const PROVIDER: &str = "provider \"aws\" {\n  region = \"eu-west-1\"\n}\n";

/// A module that makes an endpoint of the service that it is given.
const ENDPOINT: &str = "variable \"service\" {}\nvariable \"tables\" {\n  default = []\n}\nresource \"aws_vpc_endpoint\" \"this\" {\n  vpc_id          = \"vpc-0a1b2c3d4e5f60718\"\n  service_name    = var.service\n  route_table_ids = var.tables\n}\noutput \"id\" {\n  value = aws_vpc_endpoint.this.id\n}\n";

const CALL: &str = "module \"e\" {\n  source  = \"acme/endpoint/aws\"\n  version = \"~> 2.1\"\n  service = \"com.amazonaws.eu-north-1.s3\"\n  tables  = [\"rtb-0a1b2c3d4e5f60718\"]\n}\n";

const STUB: &str = "stubs/acme__endpoint__aws/v2/main.tf";

fn describe(options: &mut Options) {
    options.config.stubs = vec!["/project/stubs".into()];
}

/// Each finding as `rule confidence path:line`, then its evidence and its way, as `path:line message`.
#[track_caller]
fn check(report: &Report, expected: &[&str]) {
    let mut found = Vec::new();
    for finding in &report.findings {
        let place = |span: Span| {
            let file = report.files.get(span.file);
            format!("{}:{}", file.path(), file.position(span.start).line)
        };
        let primary = place(finding.primary.span);
        found.push(format!("{} {} {primary}", finding.rule, finding.confidence.as_str()));
        let notes = finding.evidence.iter().chain(&finding.trace);
        found.extend(notes.map(|note| format!("  {} {}", place(note.span), note.message)));
    }
    assert_eq!(found, expected, "{:#?}", report.problems);
    let problems: Vec<_> = report.problems.iter().map(|problem| &problem.message).collect();
    assert!(problems.is_empty(), "{problems:?}");
}

#[test]
fn what_a_description_makes_is_said_at_the_call_and_never_certain() {
    let code = format!("{PROVIDER}{CALL}");
    let report = lint_texts_with(&[("main.tf", &code), (STUB, ENDPOINT)], describe);
    check(
        &report,
        &[
            "service-region-mismatch likely main.tf:4",
            "  main.tf:2 the endpoint is in eu-west-1",
            "  main.tf:5 from the description of acme/endpoint/aws in stubs/acme__endpoint__aws/v2",
            "  main.tf:7 passed to `module.e`",
        ],
    );
    assert_eq!((report.summary.files, report.summary.roots, report.summary.endpoints), (1, 1, 1));
    // With the code itself it is as certain as if it were written here.
    let report = lint_texts(&[
        (
            "main.tf",
            &code.replace("acme/endpoint/aws", "./m").replace("  version = \"~> 2.1\"\n", ""),
        ),
        ("m/main.tf", ENDPOINT),
    ]);
    let sure: Vec<_> = report.findings.iter().map(|found| found.confidence.as_str()).collect();
    assert_eq!(sure, ["certain"]);
}

/// The call of a call is not what the user edits.
#[test]
fn the_nearest_call_that_the_user_can_edit_is_named() {
    let code = format!("{PROVIDER}module \"inner\" {{\n  source = \"./m\"\n}}\n");
    let outer = "module \"x\" {\n  source = \"acme/net/aws\"\n}\n";
    let net = "module \"e\" {\n  source  = \"./modules/endpoint\"\n  service = \"com.amazonaws.eu-north-1.s3\"\n}\n";
    let report = lint_texts_with(
        &[
            ("main.tf", &code),
            ("m/main.tf", outer),
            ("stubs/acme/net/aws/main.tf", net),
            ("stubs/acme/net/aws/modules/endpoint/main.tf", ENDPOINT),
        ],
        describe,
    );
    let rules: Vec<_> = report
        .findings
        .iter()
        .map(|finding| {
            let file = report.files.get(finding.primary.span.file);
            format!("{} {}", file.path(), finding.rule)
        })
        .collect();
    assert_eq!(
        rules,
        ["m/main.tf gateway-endpoint-without-route-tables", "m/main.tf service-region-mismatch"]
            .into_iter()
            .filter(|rule| rules.contains(&(*rule).to_owned()))
            .collect::<Vec<_>>()
    );
    assert!(!rules.is_empty());
    assert!(report.problems.is_empty(), "{:#?}", report.problems);
}

/// What is written here and holds only with what the description says is not certain either.
#[test]
fn what_rests_on_an_output_of_a_description_is_at_most_likely() {
    let with = |service: &str| {
        format!(
            "{PROVIDER}module \"names\" {{\n  source = \"acme/names/aws\"\n}}\nresource \"aws_vpc_endpoint\" \"this\" {{\n  vpc_id          = \"vpc-0a1b2c3d4e5f60718\"\n  service_name    = {service}\n  route_table_ids = [\"rtb-0a1b2c3d4e5f60718\"]\n}}\n"
        )
    };
    let stub = (
        "stubs/acme__names__aws/main.tf",
        "output \"s3\" {\n  value = \"com.amazonaws.eu-north-1.s3\"\n}\n",
    );
    let code = with("module.names.s3");
    check(
        &lint_texts_with(&[("main.tf", &code), stub], describe),
        &[
            "service-region-mismatch likely main.tf:9",
            "  main.tf:2 the endpoint is in eu-west-1",
            "  main.tf:5 from the description of acme/names/aws in stubs/acme__names__aws",
            "  main.tf:9 used as `service_name`",
        ],
    );
    let code = with("\"com.amazonaws.eu-north-1.s3\"");
    check(
        &lint_texts_with(&[("main.tf", &code), stub], describe),
        &["service-region-mismatch certain main.tf:9", "  main.tf:2 the endpoint is in eu-west-1"],
    );
    // What it does not say is not known, and no error.
    let code = with("module.names.other");
    check(&lint_texts_with(&[("main.tf", &code), stub], describe), &[]);
}

#[test]
fn a_suppression_on_the_call_covers_what_a_description_makes() {
    let code = format!("{PROVIDER}# privatelint: ignore[service-region-mismatch] a test\n{CALL}");
    let report = lint_texts_with(&[("main.tf", &code), (STUB, ENDPOINT)], describe);
    check(&report, &[]);
    assert_eq!(report.summary.suppressed, 1);
}

const MANIFEST: &str = "{\"Modules\":[{\"Key\":\"\",\"Source\":\"\",\"Dir\":\".\"},{\"Key\":\"e\",\"Source\":\"registry.terraform.io/acme/endpoint/aws\",\"Version\":\"VERSION\",\"Dir\":\".terraform/modules/e\"}]}";

#[test]
fn what_is_installed_is_read_and_beats_a_description() {
    let code = format!("{PROVIDER}{CALL}");
    let lint = |version: &str, there: &str| {
        let manifest = MANIFEST.replace("VERSION", version);
        lint_texts_with(
            &[
                ("main.tf", &code),
                (".terraform/modules/modules.json", &manifest),
                (".terraform/modules/e/main.tf", there),
                (
                    ".terraform/modules/e/broken.tf",
                    "# privatelint: ignore[nothing] x\nresource {\n",
                ),
                (STUB, "variable \"service\" {}\n"),
            ],
            describe,
        )
    };
    let installed = [
        "service-region-mismatch certain main.tf:4",
        "  main.tf:2 the endpoint is in eu-west-1",
        "  main.tf:7 passed to `module.e`",
    ];
    check(&lint("2.3.0", ENDPOINT), &installed);
    assert_eq!(lint("2.3.0", ENDPOINT).summary.files, 1);
    // What was installed for another constraint is not what the call means.
    check(&lint("1.9.0", ENDPOINT), &[]);
}

#[test]
fn a_broken_manifest_is_none() {
    let code = format!("{PROVIDER}{CALL}");
    for text in
        ["", "[]", "{\"Modules\": 1}", "{\"Modules\":[{\"Key\":\"e\",\"Dir\":\"../../../etc\"}]}"]
    {
        let files = [("main.tf", code.as_str()), (".terraform/modules/modules.json", text)];
        check(&lint_texts(&files), &[]);
    }
}

#[test]
fn a_module_that_is_not_here_is_said_once() {
    let code = format!("{PROVIDER}{CALL}{}", CALL.replace("\"e\"", "\"f\""));
    let report = lint_texts(&[("main.tf", &code)]);
    let said: Vec<_> = report
        .undecided
        .iter()
        .map(|undecided| format!("{} {}", undecided.count, undecided.question))
        .collect();
    assert_eq!(said, ["2 what does the module `acme/endpoint/aws` make?"]);
    check(&report, &[]);
}

/// Every description that is built in is Terraform without a problem, and stands for a module.
#[test]
fn built_in_descriptions_can_be_read() {
    for stub in privatelint_stubs::all() {
        let files: Vec<_> = stub.files.iter().map(|(name, text)| (*name, *text)).collect();
        let workspace = Workspace::from_texts(&files);
        let ignored = |message: &str| message.starts_with("no Terraform module was found");
        let problems: Vec<_> = workspace
            .problems
            .iter()
            .map(|problem| problem.message.as_str())
            .filter(|message| !ignored(message))
            .collect();
        assert!(problems.is_empty(), "{} {}: {problems:?}", stub.module, stub.since);
        let [namespace, name, provider] = stub.module.splitn(4, "__").collect::<Vec<_>>()[..3]
        else {
            panic!("{} names no module", stub.module);
        };
        let submodule = stub.module.splitn(4, "__").nth(3);
        let submodule = submodule.map(|name| format!("//modules/{}", name.replace("__", "/")));
        let code = format!(
            "module \"it\" {{\n  source  = \"{namespace}/{name}/{provider}{}\"\n  version = \"{}\"\n}}\n",
            submodule.unwrap_or_default(),
            stub.since.trim_start_matches('v'),
        );
        let report = lint_texts(&[("main.tf", &code)]);
        let missing = format!("what does the module `{namespace}/{name}/{provider}");
        assert!(
            !report.undecided.iter().any(|undecided| undecided.question.starts_with(&missing)),
            "{} {} is not found",
            stub.module,
            stub.since
        );
        assert!(
            report.problems.is_empty(),
            "{} {}: {:#?}",
            stub.module,
            stub.since,
            report.problems
        );
    }
}

/// Lints `/project` as the command line does, with what is configured there.
fn configured(files: &[(&str, &str)], path: &str) -> Report {
    let root = Utf8Path::new("/project");
    let fs = MemoryFileSystem::new(files.iter().map(|(path, text)| (root.join(path), *text)));
    let mut options = support::options(root);
    options.paths = vec![path.into()];
    options.config = Config::find(&fs as &dyn FileSystem, root, &options.paths);
    lint(&fs, &options).unwrap()
}

#[test]
fn the_configuration_is_found_above_the_path() {
    let code = format!("{PROVIDER}{CALL}");
    let files = |config: &'static str| {
        [
            (".git/HEAD", ""),
            (".privatelint.hcl", config),
            ("live/main.tf", code.as_str()),
            (STUB, ENDPOINT),
        ]
    };
    let severities = |report: &Report| -> Vec<Severity> {
        report.findings.iter().map(|finding| finding.severity).collect()
    };
    let report = configured(&files("stubs = [\"stubs\"]\n"), "live");
    assert_eq!(severities(&report), [Severity::Error]);
    let report = configured(
        &files(
            "stubs = [\"stubs\"]\nrule \"service-region-mismatch\" {\n  severity = \"info\"\n}\n",
        ),
        ".",
    );
    assert_eq!(severities(&report), [Severity::Info]);
    assert_eq!(report.rule("service-region-mismatch").unwrap().severity, Severity::Info);
    assert!(report.problems.is_empty(), "{:#?}", report.problems);
    let off = "stubs = [\"stubs\"]\nrule \"service-region-mismatch\" {\n  severity = \"off\"\n}\n";
    let report = configured(&files(off), "live/main.tf");
    assert_eq!(severities(&report), []);
    assert!(report.rule("service-region-mismatch").is_none());
}

#[test]
fn a_problem_with_the_configuration_points_into_it() {
    let files = [(".privatelint.hcl", "\nstub = []\n"), ("a/main.tf", "")];
    let report = configured(&files, "a");
    let [problem] = report.problems.as_slice() else { panic!("{:#?}", report.problems) };
    assert_eq!(problem.message, "there is no setting `stub`");
    assert!(problem.kind.is_fatal());
    let span = problem.span.unwrap();
    assert_eq!(report.files.get(span.file).path(), ".privatelint.hcl");
    assert_eq!(report.files.snippet(span), "stub");
    let stubs = [
        (".privatelint.hcl", "stubs = [\"none\", \"../out\", \"./main.tf\", \"/etc\"]\n"),
        ("main.tf", ""),
        ("/etc/x.tf", ""),
        ("../out/x.tf", ""),
    ];
    let report = configured(&stubs, ".");
    let said = report.problems.iter().map(|problem| {
        format!("{}: {}", report.files.snippet(problem.span.unwrap()), problem.message)
    });
    assert_eq!(
        said.collect::<Vec<_>>(),
        [
            "\"none\": there is no such directory",
            "\"../out\": this leads out of the repository and is not read",
            "\"./main.tf\": this is no directory: stubs are directories of modules",
            "\"/etc\": this leads out of the repository and is not read",
        ]
    );
}

#[test]
fn who_names_a_rule_wants_it_to_run() {
    let code = format!("{PROVIDER}{CALL}");
    let report = lint_texts_with(&[("main.tf", &code), (STUB, ENDPOINT)], |options| {
        describe(options);
        options.config.rules.insert("service-region-mismatch".to_owned(), Level::Off);
        options.select = vec!["service-region-mismatch".to_owned()];
    });
    assert_eq!(report.findings.len(), 1);
}

/// What a finding rests on is said in the code of its own root, whatever else is looked at.
#[test]
fn the_description_is_named_at_the_call_of_the_same_root() {
    let call = "module \"vpc\" {\n  source             = \"terraform-aws-modules/vpc/aws\"\n  version            = \"~> 5.0\"\n  cidr               = \"10.0.0.0/16\"\n  azs                = [\"eu-west-1a\"]\n  private_subnets    = [\"10.0.0.0/24\"]\n  public_subnets     = [\"10.0.1.0/24\"]\n  enable_nat_gateway = true\n}\n";
    let report = lint_texts(&[("a/main.tf", call), ("b/main.tf", call)]);
    let found = report.findings.iter().filter(|it| it.rule == "nat-without-free-gateway-endpoint");
    let places = found.map(|finding| {
        let place = |span: Span| report.files.get(span.file).path().to_string();
        let evidence = finding.evidence.iter().map(|it| place(it.span)).collect::<Vec<_>>();
        (place(finding.primary.span), evidence)
    });
    let expected = ["a/main.tf", "b/main.tf"].map(|path| (path.to_owned(), vec![path.to_owned()]));
    assert_eq!(places.collect::<Vec<_>>(), expected);
}
