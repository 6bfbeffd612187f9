//! What the file says.

use camino::Utf8Path;
use privatelint_diagnostics::{FileId, Problem, ProblemKind, Severity, Span};
use privatelint_parser::parse_file;
use privatelint_parser::syntax::{Attribute, Block, Expr, ExprKind};

use super::{Config, Level};
use crate::selection::nearest_rule;

const ATTRIBUTES: [&str; 2] = ["fail_on", "stubs"];
const BLOCKS: [&str; 2] = ["expect", "rule"];
const RULE_ATTRIBUTES: [&str; 1] = ["severity"];
const SEVERITIES: [&str; 3] = ["info", "warning", "error"];
const LEVELS: [&str; 4] = ["off", "info", "warning", "error"];

impl Config {
    /// Paths in the text are relative to `dir`.
    pub(super) fn parse(dir: &Utf8Path, text: &str) -> Self {
        let parsed = parse_file(FileId(0), "config.tf".into(), text);
        let mut config = Self { problems: parsed.problems, ..Self::default() };
        for attribute in &parsed.body.attributes {
            match attribute.name.text.as_str() {
                "fail_on" => {
                    let word = config.word(&attribute.value, &SEVERITIES);
                    config.fail_on = word.and_then(severity);
                }
                "stubs" => config.stubs(dir, &attribute.value),
                _ => config.unknown_key(attribute, &ATTRIBUTES),
            }
        }
        for block in &parsed.body.blocks {
            match block.kind.text.as_str() {
                "expect" => config.expect(block),
                "rule" => config.rule(block),
                name => {
                    let message = format!("there is no setting `{name}`");
                    config.wrong(block.header, message, nearest(name, &BLOCKS));
                }
            }
        }
        config
    }

    fn stubs(&mut self, dir: &Utf8Path, value: &Expr) {
        let ExprKind::Tuple(elements) = &value.kind else {
            self.wrong(value.span, "`stubs` is a list of directories", None);
            return;
        };
        for element in elements {
            match &element.kind {
                ExprKind::String(path) if !path.is_empty() => {
                    self.stubs.push(dir.join(path.as_str()));
                    self.stub_places.push(element.span);
                }
                _ => self.wrong(element.span, "a directory is a string", None),
            }
        }
    }

    fn rule(&mut self, block: &Block) {
        let [label] = block.labels.as_slice() else {
            self.wrong(block.header, "a `rule` block has one label: the rule's name", None);
            return;
        };
        let name = label.text.as_str();
        if !privatelint_checks::rules().iter().any(|rule| rule.name == name) {
            self.wrong(label.span, format!("there is no rule `{name}`"), nearest_rule(name));
            return;
        }
        for attribute in &block.body.attributes {
            if attribute.name.text != "severity" {
                self.unknown_key(attribute, &RULE_ATTRIBUTES);
            } else if let Some(word) = self.word(&attribute.value, &LEVELS) {
                let level = severity(word).map_or(Level::Off, Level::Severity);
                if self.rules.insert(name.to_owned(), level).is_some() {
                    let message = format!("the severity of `{name}` is set twice");
                    self.wrong(attribute.span(), message, None);
                }
            }
        }
        for inner in &block.body.blocks {
            let message = format!("a `rule` block has no `{}` in it", inner.kind.text);
            self.wrong(inner.header, message, None);
        }
    }

    /// One of the words that a setting takes.
    fn word(&mut self, value: &Expr, words: &[&'static str]) -> Option<&'static str> {
        let written = match &value.kind {
            ExprKind::String(text) => text.as_str(),
            _ => "",
        };
        let word = words.iter().find(|word| **word == written).copied();
        if word.is_none() {
            let message = format!("this is one of {}", words.join(", "));
            self.wrong(value.span, message, nearest(written, words));
        }
        word
    }

    pub(super) fn unknown_key(&mut self, attribute: &Attribute, known: &[&'static str]) {
        let name = attribute.name.text.as_str();
        let message = format!("there is no setting `{name}`");
        self.wrong(attribute.name.span, message, nearest(name, known));
    }

    pub(super) fn wrong(&mut self, span: Span, message: impl Into<String>, near: Option<String>) {
        // What is wrong is not applied, so that the run must not pass for one with these settings.
        let problem = Problem::at(ProblemKind::Syntax, span, message);
        self.problems.push(match near {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None => problem,
        });
    }
}

fn severity(word: &str) -> Option<Severity> {
    let all = [Severity::Info, Severity::Warning, Severity::Error];
    all.into_iter().find(|severity| severity.as_str() == word)
}

pub(super) fn nearest(word: &str, known: &[&str]) -> Option<String> {
    let close =
        known.iter().map(|known| (strsim::damerau_levenshtein(word, known), *known)).min()?;
    (close.0 <= close.1.len() / 2).then(|| close.1.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) -> Config {
        let config = Config::parse("/repo".into(), text);
        let problems = config.problems.iter().map(|problem| {
            let place = problem.span.and_then(|span| text.get(span.range())).unwrap_or_default();
            let help = problem.help.as_deref().map(|help| format!(" ({help})")).unwrap_or_default();
            format!("{place}: {}{help}", problem.message)
        });
        assert_eq!(problems.collect::<Vec<_>>(), expected);
        config
    }

    #[test]
    fn settings_are_read() {
        let config = check(
            "# Ours.\nstubs   = [\"./stubs\", \"../shared\"]\nfail_on = \"error\"\n\nrule \"two-subnets-same-az\" {\n  severity = \"off\"\n}\nrule \"unknown-service-name\" { severity = \"info\" }\n",
            &[],
        );
        assert_eq!(config.stubs, ["/repo/./stubs", "/repo/../shared"]);
        assert_eq!(config.fail_on, Some(Severity::Error));
        assert_eq!(config.rules["two-subnets-same-az"], Level::Off);
        assert_eq!(config.rules["unknown-service-name"], Level::Severity(Severity::Info));
        check("", &[]);
    }

    #[test]
    fn expectations_are_read() {
        let text = "expect \"private\" {\n  from = [\"aws_subnet.app*\"]\n  to   = [\"s3\", \"kms\"]\n  path = [\"gateway\", \"interface\"]\n}\n";
        let config = check(text, &[]);
        assert_eq!(config.expected.len(), 1);
        check(
            &text.replace("\"kms\"", "\"kmss\""),
            &["\"kmss\": there is no service `kmss` with endpoints (did you mean `kms`?)"],
        );
        check(
            &text.replace("\"gateway\"", "\"gatewy\""),
            &[
                "\"gatewy\": this is one of gateway, interface, hub, nat, internet, inspection, none (did you mean `gateway`?)",
            ],
        );
        check(
            &text.replace("path = [\"gateway\", \"interface\"]", ""),
            &["expect \"private\": `path` is missing: a list of strings"],
        );
        check(&text.replace("[\"aws_subnet.app*\"]", "[]"), &["[]: `from` lists nothing"]);
        check(
            &text.replace("[\"aws_subnet.app*\"]", "[var.x]"),
            &["var.x: `from` is a list of strings"],
        );
        check(&text.repeat(2), &["\"private\": there is another expectation `private`"]);
        check("expect {}\n", &["expect: an `expect` block has one label: a name"]);
    }

    #[test]
    fn what_is_not_known_is_a_problem_with_its_place() {
        check(
            "fail_om = \"error\"\n",
            &["fail_om: there is no setting `fail_om` (did you mean `fail_on`?)"],
        );
        check("fail_on = \"off\"\n", &["\"off\": this is one of info, warning, error"]);
        check(
            "fail_on = \"warn\"\n",
            &["\"warn\": this is one of info, warning, error (did you mean `warning`?)"],
        );
        check("stubs = \"x\"\n", &["\"x\": `stubs` is a list of directories"]);
        check(
            "stubs = [1, var.x]\n",
            &["1: a directory is a string", "var.x: a directory is a string"],
        );
        check(
            "rules \"x\" {}\n",
            &["rules \"x\": there is no setting `rules` (did you mean `rule`?)"],
        );
        check("rule {}\n", &["rule: a `rule` block has one label: the rule's name"]);
        check(
            "rule \"two-subnets-same-zone\" {}\n",
            &[
                "\"two-subnets-same-zone\": there is no rule `two-subnets-same-zone` (did you mean `two-subnets-same-az`?)",
            ],
        );
        check(
            "rule \"unknown-service-name\" {\n  severty = \"off\"\n  options {}\n}\n",
            &[
                "severty: there is no setting `severty` (did you mean `severity`?)",
                "options: a `rule` block has no `options` in it",
            ],
        );
        let twice = "rule \"unknown-service-name\" { severity = \"off\" }\n";
        check(
            &twice.repeat(2),
            &["severity = \"off\": the severity of `unknown-service-name` is set twice"],
        );
        check("fail_on = \n", &[": a value is expected here"]);
    }
}
