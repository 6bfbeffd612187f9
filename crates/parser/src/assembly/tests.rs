use camino::Utf8Path;
use privatelint_diagnostics::FileId;

use super::{ModuleFile, assemble};
use crate::module::{Mode, Module, Source};
use crate::show::source;
use crate::{parse_file, show};

/// Assembles files, each after a line `--- name`; `main.tf` if there is none.
fn module(fixture: &str) -> (Module, Vec<String>) {
    let fixture = if fixture.starts_with("--- ") {
        fixture.to_owned()
    } else {
        format!("--- main.tf\n{fixture}")
    };
    let mut files = Vec::new();
    let mut texts = Vec::new();
    for (id, file) in (0u32..).zip(fixture.split("--- ").skip(1)) {
        let (name, text) = file.split_once('\n').unwrap();
        let parsed = parse_file(FileId(id), Utf8Path::new(name), text);
        assert_eq!(parsed.problems, []);
        files.push(ModuleFile { id: FileId(id), name: name.to_owned(), body: parsed.body });
        texts.push(text.to_owned());
    }
    let (module, problems) = assemble(files);
    let problem = |problem: &privatelint_diagnostics::Problem| {
        let span = problem.span.unwrap();
        let help = problem.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
        format!("{}: {}{help}", source(&texts[span.file.0 as usize], span), problem.message)
    };
    let problems = problems.iter().map(problem).collect();
    (module, problems)
}

/// A module as text, one declaration a line.
#[track_caller]
fn check(fixture: &str, expected: &[&str]) {
    let (module, problems) = module(fixture);
    assert_eq!(problems, [""; 0]);
    let mut found = Vec::new();
    found.extend(module.variables.values().map(|variable| {
        let show = |expr: &Option<_>| expr.as_ref().map(show::expr).unwrap_or_default();
        format!(
            "var {}: {} = {}{}",
            variable.name.text,
            show(&variable.type_constraint),
            show(&variable.default),
            if variable.nullable { "" } else { " not null" }
        )
    }));
    found.extend(
        module
            .locals
            .values()
            .map(|local| format!("local {} = {}", local.name.text, show::expr(&local.value))),
    );
    found.extend(module.outputs.values().map(|output| {
        format!(
            "output {} = {}",
            output.name.text,
            output.value.as_ref().map(show::expr).unwrap_or_default()
        )
    }));
    found.extend(module.resources.iter().map(|(key, block)| {
        let mode = if key.mode == Mode::Data { "data" } else { "resource" };
        format!("{mode} {}.{} {{ {} }}", key.kind, key.name, show::body(&block.body))
    }));
    found.extend(
        module
            .calls
            .values()
            .map(|call| format!("module {} {:?} {:?}", call.name.text, call.source, call.version)),
    );
    found.extend(
        module
            .providers
            .iter()
            .map(|provider| format!("provider {} {:?}", provider.name.text, provider.alias)),
    );
    if module.settings.has_backend {
        found.push("backend".to_owned());
    }
    found.extend(module.settings.required_providers.iter().map(|(name, provider)| {
        format!(
            "requires {name} {:?} {:?} {:?}",
            provider.source, provider.version, provider.configuration_aliases
        )
    }));
    assert_eq!(found, expected);
}

#[track_caller]
fn problems(fixture: &str, expected: &[&str]) {
    assert_eq!(module(fixture).1, expected);
}

#[test]
fn declarations() {
    check(
        "variable \"a\" {\n  type = string\n  default = \"x\"\n  nullable = false\n}\n",
        &["var a: string = \"x\" not null"],
    );
    check("locals {\n  a = 1\n}\nlocals {\n  b = a\n}\n", &["local a = 1", "local b = a"]);
    check("output \"a\" {\n  value = b\n}\n", &["output a = b"]);
    check(
        "data \"x\" \"y\" {}\nresource \"x\" \"y\" {\n  a = 1\n}\n",
        &["resource x.y { a = 1 }", "data x.y {  }"],
    );
    check(
        "provider \"aws\" {}\nprovider \"aws\" {\n  alias = \"b\"\n}\n",
        &["provider aws None", "provider aws Some(\"b\")"],
    );
    check("moved {}\nimport {}\nremoved {}\ncheck \"a\" {}\n", &[]);
}

#[test]
fn module_sources() {
    let source = |text: &str| {
        module(&format!("module \"m\" {{\n  {text}\n}}\n")).0.calls["m"].source.clone()
    };
    assert_eq!(source("source = \"./a\""), Source::MissingLocal("./a".into()));
    assert_eq!(source("source = \"../a\""), Source::MissingLocal("../a".into()));
    assert_eq!(source("source = \"a/b/aws\""), Source::Remote("a/b/aws".into()));
    assert_eq!(
        source("source = \"git::https://example.com/a.git//b?ref=c\""),
        Source::Remote("git::https://example.com/a.git//b?ref=c".into())
    );
    assert_eq!(source("source = \"${var.a}\""), Source::Unknown);
    assert_eq!(source("a = 1"), Source::Unknown);
    check(
        "module \"m\" {\n  source = \"a/b/aws\"\n  version = \"~> 1\"\n}\n",
        &["module m Remote(\"a/b/aws\") Some(\"~> 1\")"],
    );
}

#[test]
fn settings() {
    check(
        "terraform {\n  backend \"s3\" {}\n  required_providers {\n    aws = {\n      source = \"hashicorp/aws\"\n      version = \"~> 5\"\n      configuration_aliases = [aws.a, aws.b]\n    }\n    old = \"1\"\n  }\n}\n",
        &[
            "backend",
            "requires aws Some(\"hashicorp/aws\") Some(\"~> 5\") [\"aws.a\", \"aws.b\"]",
            "requires old None Some(\"1\") []",
        ],
    );
    check(
        "--- main.tf.json\n{\"terraform\": {\"cloud\": {}, \"required_providers\": {\"aws\": {\"configuration_aliases\": [\"aws.a\"]}}}}",
        &["backend", "requires aws None None [\"aws.a\"]"],
    );
}

#[test]
fn overrides() {
    let with = |base: &str, over: &str| format!("--- x_override.tf\n{over}\n--- z.tf\n{base}\n");
    let resource = |body: &str| format!("resource \"x\" \"y\" {{\n{body}\n}}\n");
    check(
        &with(&resource("a = 1\nb = 2"), &resource("b = 3\nc = 4")),
        &["resource x.y { a = 1; b = 3; c = 4 }"],
    );
    check(
        &with(&resource("n {\na = 1\n}\nn {}\nm {}"), &resource("n {\nb = 2\n}")),
        &["resource x.y { n { b = 2 }; m {  } }"],
    );
    check(
        &with(&resource("n {}\nm {}"), &resource("dynamic \"n\" {\nfor_each = []\n}")),
        &["resource x.y { dynamic n { for_each = [] }; m {  } }"],
    );
    check(
        &with(&resource("lifecycle {\na = 1\nb = 2\n}"), &resource("lifecycle {\nb = 3\n}")),
        &["resource x.y { lifecycle { a = 1; b = 3 } }"],
    );
    check(
        &with("locals {\n  a = 1\n  b = 2\n}", "locals {\n  b = 3\n}"),
        &["local a = 1", "local b = 3"],
    );
    check(
        &with("variable \"a\" {\n  type = string\n}", "variable \"a\" {\n  default = 1\n}"),
        &["var a: string = 1"],
    );
    check(
        &with("output \"a\" {\n  value = 1\n}", "output \"a\" {\n  value = 2\n}"),
        &["output a = 2"],
    );
    check(
        &with("module \"m\" {\n  source = \"a/b/c\"\n}", "module \"m\" {\n  source = \"./d\"\n}"),
        &["module m MissingLocal(\"./d\") None"],
    );
    check(
        &with(
            "terraform {\n  required_providers {\n    a = \"1\"\n    b = \"1\"\n  }\n}",
            "terraform {\n  required_providers {\n    b = \"2\"\n  }\n}",
        ),
        &["requires a None Some(\"1\") []", "requires b None Some(\"2\") []"],
    );
    check(
        &with(
            "provider \"aws\" {\n  alias = \"a\"\n}",
            "provider \"aws\" {\n  alias = \"a\"\n  region = \"x\"\n}",
        ),
        &["provider aws Some(\"a\")"],
    );
    check(
        "--- override.tf.json\n{\"locals\": {\"a\": 2}}\n--- z.tf\nlocals {\n  a = 1\n}\n",
        &["local a = 2"],
    );
    problems(
        &with("", &resource("")),
        &[
            "resource \"x\" \"y\": resource \"x\" \"y\" overrides nothing: no other file of this module declares it (declare it in a file that does not end in `_override`)",
        ],
    );
    problems(
        &with("", "locals {\n  a = 1\n}"),
        &[
            "a: local.a overrides nothing: no other file of this module declares it (declare it in a file that does not end in `_override`)",
        ],
    );
}

#[test]
fn what_terraform_would_not_load() {
    let twice =
        "is declared twice in this module (rename one of the two; only the first is analysed)";
    problems(
        "resource \"x\" \"y\" {}\nresource \"x\" \"y\" {\n  a = 1\n}\n",
        &[&format!("resource \"x\" \"y\": resource \"x\" \"y\" {twice}")],
    );
    problems(
        "variable \"a\" {}\nvariable \"a\" {}\n",
        &[&format!("variable \"a\": variable \"a\" {twice}")],
    );
    problems(
        "provider \"a\" {}\nprovider \"a\" {}\n",
        &[&format!("provider \"a\": provider \"a\" {twice}")],
    );
    problems("locals {\n  a = 1\n}\nlocals {\n  a = 2\n}\n", &["a: local.a is declared twice"]);
    problems(
        "resource \"x\" {}\n",
        &["resource \"x\": a `resource` block has 2 labels: its type and its name; here are 1"],
    );
    problems("locals \"x\" {}\n", &["locals \"x\": a `locals` block has no label; here are 1"]);
    problems(
        "varable \"x\" {}\n",
        &[
            "varable \"x\": Terraform has no block of type `varable` here (did you mean `variable`?)",
        ],
    );
    problems("foo {}\n", &["foo: Terraform has no block of type `foo` here"]);
    problems(
        "a = 1\n",
        &[
            "a: `a` is set outside of a block (values belong into a block, such as `locals`, or into a `.tfvars` file)",
        ],
    );
}
