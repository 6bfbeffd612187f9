use camino::Utf8Path;
use privatelint_diagnostics::FileId;

use crate::parse_file;
use crate::show::source;

/// Compares a file's suppressions, one a line: rules, `@`, what is covered with line breaks as `⏎`, and the rest.
#[track_caller]
fn check_file(name: &str, text: &str, expected: &[&str]) {
    let parsed = parse_file(FileId(0), Utf8Path::new(name), text);
    let mut found = Vec::new();
    for suppression in &parsed.suppressions {
        let rules: Vec<&str> = suppression.rules.iter().map(|(rule, _)| rule.as_str()).collect();
        for (rule, span) in &suppression.rules {
            assert_eq!(source(text, *span), rule);
        }
        let mut line = format!(
            "{} @ {}",
            rules.join(","),
            source(text, suppression.covers).replace('\n', "⏎")
        );
        for part in [&suppression.until, &suppression.module_call].into_iter().flatten() {
            line.push_str(&format!(" | {part}"));
        }
        if !suppression.reason.is_empty() {
            line.push_str(&format!(" | {}", suppression.reason));
        }
        found.push(line);
    }
    found.extend(
        parsed
            .problems
            .iter()
            .map(|problem| format!("{}: {}", source(text, problem.span.unwrap()), problem.message)),
    );
    assert_eq!(found, expected);
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    check_file("main.tf", text, expected);
}

#[test]
fn at_the_end_of_a_line_that_line_is_covered() {
    check("a = 1 # privatelint: ignore[x]\nb = 2\n", &["x @ a = 1 # privatelint: ignore[x]"]);
    check("a = 1 // privatelint: ignore[x]\n", &["x @ a = 1 // privatelint: ignore[x]"]);
    check("/* privatelint: ignore[x] */ a = 1\n", &["x @ /* privatelint: ignore[x] */ a = 1"]);
    check("a = [\n  1, # privatelint: ignore[x]\n]\n", &["x @   1, # privatelint: ignore[x]"]);
    check("a = 1 # privatelint: ignore[x]\r\n", &["x @ a = 1 # privatelint: ignore[x]\r"]);
}

#[test]
fn on_its_own_line_what_is_below_is_covered() {
    check("# privatelint: ignore[x]\na = 1\nb = 2\n", &["x @ a = 1"]);
    check("# privatelint: ignore[x]\n# more\n\na {\n  b = 1\n}\n", &["x @ a {⏎  b = 1⏎}"]);
    check("a {\n  # privatelint: ignore[x]\n  b = 1\n  c = 2\n}\n", &["x @ b = 1"]);
    check("a {\n  b {}\n  # privatelint: ignore[x]\n  c {}\n  d = 1\n}\n", &["x @ c {}"]);
    check(
        "a = {\n  # privatelint: ignore[x]\n  b = {\n    c = 1\n  }\n}\n",
        &["x @ b = {⏎    c = 1⏎  }"],
    );
    check("a = f([\n  1,\n  # privatelint: ignore[x]\n  2,\n])\n", &["x @ 2"]);
    check(
        "# privatelint: ignore[x]\n# privatelint: ignore[y]\na = 1\n",
        &["x @ a = 1", "y @ a = 1"],
    );
    check("a {\n  # privatelint: ignore[x]\n}\nb = 1\n", &["x @   # privatelint: ignore[x]"]);
}

#[test]
fn on_a_module_block_the_module_is_covered_too() {
    let call = "module \"net\" {\n}\n";
    check(&format!("# privatelint: ignore[x]\n{call}"), &["x @ module \"net\" {⏎} | net"]);
    check(
        "module \"net\" { # privatelint: ignore[x]\n}\n",
        &["x @ module \"net\" { # privatelint: ignore[x]⏎} | net"],
    );
    check("module \"net\" {\n  # privatelint: ignore[x]\n  a = 1\n}\n", &["x @ a = 1"]);
}

#[test]
fn a_whole_file_is_covered_from_anywhere() {
    check("a = 1\n# privatelint: ignore-file[x]\n", &["x @ a = 1⏎# privatelint: ignore-file[x]⏎"]);
}

#[test]
fn rules_date_and_reason_are_read() {
    check(
        "a = 1 # privatelint: ignore[x, y-2] until=2027-01-31 why  it is fine\n",
        &[
            "x,y-2 @ a = 1 # privatelint: ignore[x, y-2] until=2027-01-31 why  it is fine | 2027-01-31 | why it is fine",
        ],
    );
    check(
        "a = 1 #privatelint:ignore[x] until then\n",
        &["x @ a = 1 #privatelint:ignore[x] until then | until then"],
    );
}

#[test]
fn a_malformed_one_is_a_problem() {
    let name = "a suppression must name the rules that it is for";
    check("# privatelint: ignore\n", &[&format!("privatelint: ignore: {name}")]);
    check("# privatelint: ignore why\n", &[&format!("privatelint: ignore: {name}")]);
    check("# privatelint: ignore[]\n", &[&format!("[]: {name}")]);
    check("# privatelint: ignore[ , ]\n", &[&format!("[ , ]: {name}")]);
    check("# privatelint: ignore[x\n", &["[x: the list of rules has no `]`"]);
    check("# privatelint: ignore[a b]\n", &["a b: `a b` is not the name of a rule"]);
    check(
        "# privatelint: ignore[x] until=2027-02-29\n",
        &["until=2027-02-29: `2027-02-29` is no date"],
    );
    check("# privatelint: ignore[x] until=soon\n", &["until=soon: `soon` is no date"]);
    check(
        "# privatelint: ignroe[x]\n",
        &["privatelint: ignroe: `privatelint: ignroe` is no suppression comment"],
    );
    check("# privatelint:ignore:x\n", &[&format!("privatelint:ignore: {name}")]);
    check("# privatelint-ignore x\n", &["privatelint-ignore x: this is no suppression comment"]);
    check(
        "# Privatelint: ignore[x]\n",
        &["Privatelint: ignore: `Privatelint: ignore` is no suppression comment"],
    );
}

#[test]
fn what_is_no_comment_or_not_about_suppressing_is_left_alone() {
    check("# privatelint is run in CI\n# private\n# p\n#\n", &[]);
    check("a = \"# privatelint: ignore[x]\"\n", &[]);
    check("a = <<E\n# privatelint: ignore[x]\nE\n", &[]);
}

#[test]
fn a_comment_in_or_above_a_broken_block_covers_nothing_else() {
    let text = "# privatelint: ignore[x]\na {\n  # privatelint: ignore[y]\n  b = \n}\nc = 1\n";
    let parsed = parse_file(FileId(0), Utf8Path::new("main.tf"), text);
    assert!(parsed.suppressions.is_empty());
    assert_eq!(parsed.problems.len(), 1);
}

#[test]
fn in_json_the_object_that_holds_it_is_covered() {
    let comment = r#""//": "privatelint: ignore[x] why""#;
    let body = format!(r#"{{"resource": {{"aws_vpc": {{"a": {{{comment}}}, "b": {{}}}}}}}}"#);
    check_file("main.tf.json", &body, &[&format!(r#"x @ "a": {{{comment}}} | why"#)]);
    let call = format!(r#"{{"module": {{"net": {{{comment}}}}}}}"#);
    check_file("main.tf.json", &call, &[&format!(r#"x @ "net": {{{comment}}} | net | why"#)]);
    let file = format!("{{{comment}}}");
    check_file("main.tf.json", &file, &[&format!("x @ {{{comment}}} | why")]);
    check_file(
        "main.tf.json",
        r#"{"//": ["text", "privatelint: ignore"]}"#,
        &["privatelint: ignore: a suppression must name the rules that it is for"],
    );
}
