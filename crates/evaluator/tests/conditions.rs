//! Conditions that the authors of modules wrote: which are false, which are not decided, and what to edit.

#[expect(dead_code, reason = "other tests show values")]
mod support;

use privatelint_evaluator::{Condition, ConditionKind, Multiplicity};

/// What became of the conditions of a project, a line for each that does not hold.
#[track_caller]
fn check(files: &[(&str, &str)], expected: &[&str]) {
    let lines: Vec<String> = support::with(files, |evaluation| {
        let conditions = evaluation.conditions();
        let failed = conditions.failed.iter().map(|condition| line(condition, files));
        let undecided = conditions.undecided.iter();
        failed
            .chain(undecided.map(|(condition, _)| format!("undecided: {}", line(condition, files))))
            .collect()
    });
    assert_eq!(lines, expected);
}

/// `kind of subject @ file: the text to edit: the author's message`.
fn line(condition: &Condition, files: &[(&str, &str)]) -> String {
    let kind = match condition.kind {
        ConditionKind::Validation => "validation",
        ConditionKind::Precondition => "precondition",
        ConditionKind::Postcondition => "postcondition",
        ConditionKind::Check => "assert",
    };
    let perhaps = match condition.multiplicity {
        Multiplicity::One => "",
        Multiplicity::Unknown => "perhaps ",
    };
    let default = if condition.is_default { " (default)" } else { "" };
    let text = text_at(condition.place, files);
    let message = condition.message.as_deref().map(|m| format!(": {m}")).unwrap_or_default();
    format!("{perhaps}{kind} of {} @ {text}{default}{message}", condition.subject)
}

/// The text at a place; files are numbered in the order of their paths.
fn text_at(span: privatelint_diagnostics::Span, files: &[(&str, &str)]) -> String {
    let mut sorted = files.to_vec();
    sorted.sort_unstable();
    sorted
        .get(span.file.0 as usize)
        .and_then(|(_, text)| text.get(span.range()))
        .unwrap_or("?")
        .to_owned()
}

const SIZE: &str = r#"
variable "size" {
  type = number
  validation {
    condition     = var.size >= 2
    error_message = "Too small: ${var.size}."
  }
}
"#;

#[test]
fn a_validation_points_at_the_value() {
    let root = |default: &str| {
        format!(
            "variable \"a\" {{\n  default = {default}\n  validation {{\n    condition = var.a != \"\"\n    error_message = \"Set it.\"\n  }}\n}}\n"
        )
    };
    check(&[("main.tf", &root("\"x\""))], &[]);
    check(&[("main.tf", &root("\"\""))], &["validation of `var.a` @ \"\" (default): Set it"]);
    check(
        &[
            ("main.tf", "module \"m\" {\n  source = \"./m\"\n  size = \"1\"\n}"),
            ("m/main.tf", SIZE),
        ],
        &["validation of `size` of `module.m` @ size = \"1\": Too small: 1"],
    );
    check(
        &[("main.tf", "module \"m\" {\n  source = \"./m\"\n  size = 2\n}"), ("m/main.tf", SIZE)],
        &[],
    );
    check(&[("main.tf", SIZE)], &["undecided: validation of `var.size` @ \"size\""]);
}

#[test]
fn a_validation_may_refer_to_other_things() {
    check(
        &[(
            "main.tf",
            r#"
variable "least" { default = 3 }
locals { most = 5 }
variable "size" {
  default = 9
  validation {
    condition     = var.size >= var.least
    error_message = "too small"
  }
  validation {
    condition     = var.size <= local.most
    error_message = "at most ${local.most}"
  }
}
"#,
        )],
        &["validation of `var.size` @ 9 (default): at most 5"],
    );
}

#[test]
fn a_default_that_a_call_leaves_is_the_matter_of_the_call() {
    check(
        &[
            ("main.tf", "module \"m\" {\n  source = \"./m\"\n}"),
            (
                "m/main.tf",
                "variable \"a\" {\n default = 1\n validation {\n condition = var.a > 1\n error_message = \"no\"\n}\n}",
            ),
        ],
        &["validation of `a` of `module.m` @ module \"m\": no"],
    );
}

#[test]
fn resources_data_and_outputs_have_conditions() {
    check(
        &[(
            "main.tf",
            r#"
variable "none" {}
resource "r" "a" {
  for_each = toset(["x", "yy"])
  size     = length(each.key)
  lifecycle {
    precondition {
      condition     = length(each.key) < 2
      error_message = "too long: ${each.key}"
    }
    postcondition {
      condition     = self.size == 1
      error_message = "size"
    }
    postcondition {
      condition     = self.id != ""
      error_message = "id"
    }
  }
}
data "d" "b" {
  count = var.none == 1 ? 1 : 0
  lifecycle {
    precondition {
      condition     = false
      error_message = var.none
    }
  }
}
output "o" {
  value = 1
  precondition {
    condition     = length(r.a) == 3
    error_message = "three"
  }
}
"#,
        )],
        &[
            "precondition of `r.a` @ length(each.key) < 2: too long: yy",
            "postcondition of `r.a` @ self.size == 1: size",
            "perhaps precondition of `data.d.b` @ false",
            "precondition of the output `o` @ length(r.a) == 3: three",
            "undecided: postcondition of `r.a` @ self.id != \"\"",
            "undecided: postcondition of `r.a` @ self.id != \"\"",
        ],
    );
}

#[test]
fn checks_have_data_sources_of_their_own() {
    check(
        &[(
            "main.tf",
            r#"
check "c" {
  data "http" "it" {
    url = "https://example.com"
  }
  assert {
    condition     = data.http.it.status_code == 200
    error_message = "down"
  }
  assert {
    condition     = 1 > 2
    error_message = "never"
  }
}
"#,
        )],
        &[
            "assert of the check `c` @ 1 > 2: never",
            "undecided: assert of the check `c` @ data.http.it.status_code == 200",
        ],
    );
}

/// A provider converts what the code writes; which way, its schema says.
#[test]
fn a_comparison_that_types_decide_is_passed_over() {
    let with = |condition: &str| {
        format!(
            "resource \"r\" \"a\" {{\n  port = \"443\"\n  list = [\"a\"]\n}}\nresource \"r\" \"b\" {{\n  lifecycle {{\n    precondition {{\n      condition = {condition}\n      error_message = \"e\"\n    }}\n  }}\n}}\n"
        )
    };
    check(&[("main.tf", &with("r.a.port == 443"))], &[]);
    check(&[("main.tf", &with("r.a.list == toset([\"a\"])"))], &[]);
    check(&[("main.tf", &with("!(r.a.list == [\"a\"])"))], &[]);
    check(&[("main.tf", &with("r.a.port == 80"))], &["precondition of `r.b` @ r.a.port == 80: e"]);
}

#[test]
fn an_error_in_a_condition_is_passed_over() {
    let with = |condition: &str| {
        format!(
            "locals {{\n  c = {condition}\n}}\noutput \"o\" {{\n  value = 1\n  precondition {{\n    condition = {condition}\n    error_message = \"e\"\n  }}\n}}\n"
        )
    };
    check(&[("main.tf", &with("1 / 0 == 1"))], &[]);
    check(&[("main.tf", &with("null"))], &[]);
    check(&[("main.tf", &with("\"x\""))], &[]);
    check(&[("main.tf", &with("\"false\""))], &["precondition of the output `o` @ \"false\": e"]);
}

#[test]
fn a_message_is_one_line_without_secrets() {
    let with = |message: &str| {
        format!(
            "variable \"secret\" {{\n  default   = \"s3cret\"\n  sensitive = true\n}}\nvariable \"open\" {{\n  default = \"o\"\n}}\noutput \"o\" {{\n  value = 1\n  precondition {{\n    condition = false\n    error_message = {message}\n  }}\n}}\n"
        )
    };
    let subject = "precondition of the output `o` @ false";
    let says = |message: &str, shown: &str| {
        check(&[("main.tf", &with(message))], &[&format!("{subject}{shown}")])
    };
    says("\"a ${var.open}.\"", ": a o");
    says("\"a ${var.secret}.\"", ": a …");
    says("var.secret", "");
    says("upper(local.x)", "");
    says("<<-EOT\n      one\n        two\n      EOT\n", ": one two");
}
