//! Cycles, whether or not anything asks for what is on them.

mod support;

#[track_caller]
fn check(files: &[(&str, &str)], expected: &[&str]) {
    let report = support::lint_texts(files);
    let messages: Vec<_> = report.problems.iter().map(|it| it.message.as_str()).collect();
    assert_eq!(messages, expected);
}

#[test]
fn a_cycle_is_told_once_whether_or_not_it_is_evaluated() {
    let cycle = "locals {\n  a = local.b\n  b = local.a\n}\n";
    let message = "`local.a` depends on itself: `local.a` → `local.b` → `local.a`";
    check(&[("main.tf", cycle)], &[message]);
    let used = format!("{cycle}resource \"aws_vpc\" \"a\" {{\n  cidr_block = local.b\n}}\n");
    check(&[("main.tf", &used)], &[message]);
    let called = "module \"a\" {\n  source = \"./a\"\n}\n\nmodule \"b\" {\n  source = \"./a\"\n}\n";
    check(&[("main.tf", called), ("a/main.tf", &used)], &[message]);
}
