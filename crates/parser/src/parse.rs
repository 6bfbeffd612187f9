//! One file: its syntax tree, its suppression comments, and what is wrong with it.

use camino::Utf8Path;
use privatelint_diagnostics::{FileId, Problem};

use crate::json;
use crate::native::{self, FileKind, NativeFile, Place};
use crate::suppression::{self, Suppression};
use crate::syntax::{Body, Expr};

/// The stack to give to threads that walk the trees.
///
/// Parsing itself keeps within the 2 MiB that a thread has by default, even without optimisation: deeper input is a
/// problem. What recurses over an expression has [`MAX_DEPTH`](crate::syntax::MAX_DEPTH) levels to go.
pub const STACK_BYTES: usize = 16 * 1024 * 1024;

/// A parsed file.
#[derive(Debug, Default)]
pub struct Parsed {
    /// What could be understood of it.
    pub body: Body,
    /// Its suppression comments, by position.
    pub suppressions: Vec<Suppression>,
    /// What is wrong with it, by position.
    pub problems: Vec<Problem>,
}

/// Parses a file in native or JSON syntax, as its name says.
#[must_use]
pub fn parse_file(file: FileId, path: &Utf8Path, text: &str) -> Parsed {
    if path.as_str().ends_with(".json") {
        return json::parse_file(file, path, text);
    }
    let is_variables = path.as_str().ends_with(".tfvars");
    let kind = if is_variables { FileKind::Variables } else { FileKind::Configuration };
    let NativeFile { body, comments, mut problems } = native::parse_file(file, text, kind);
    let suppressions = suppression::in_comments(file, text, &comments, &body, &mut problems);
    Parsed { body, suppressions, problems }
}

/// Parses a text that is one expression, such as the value of `--var`. Its spans lie in no file of a run.
#[must_use]
pub fn parse_expression(text: &str) -> (Expr, Vec<Problem>) {
    native::parse_expr(FileId(u32::MAX), text.trim(), Place::At(0))
}

/// Parses a text that is a template as a whole: a file that `templatefile` reads. Its spans lie in no file of a run.
#[must_use]
pub fn parse_template(text: &str) -> (Expr, Vec<Problem>) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    native::parse_template_file(FileId(u32::MAX), text)
}

#[cfg(test)]
mod tests {
    use super::{parse_expression, parse_template};
    use crate::show;

    #[track_caller]
    fn check(text: &str, expected: &str, problems: usize) {
        let (expr, found) = parse_expression(text);
        assert_eq!(show::expr(&expr), expected);
        assert_eq!(found.len(), problems);
    }

    #[test]
    fn values_of_the_command_line() {
        check("1", "1", 0);
        check(" [\"a\", -2]\n", "[\"a\", (-2)]", 0);
        check("{\n  a = true\n}", "{\"a\" = true}", 0);
        check("eu-west-1", "eu-west-1", 0);
        check("10.0.0.0/16 (", "INVALID", 1);
        check("", "INVALID", 1);
    }

    #[track_caller]
    fn check_template(text: &str, expected: &str, problems: usize) {
        let (expr, found) = parse_template(text);
        assert_eq!(show::expr(&expr), expected);
        assert_eq!(found.len(), problems);
    }

    #[test]
    fn templates_in_files_have_no_escapes() {
        check_template("a\\n \"b\" $${c} %%{d}\r\n", r#""a\\n \"b\" ${c} %{d}\r\n""#, 0);
        check_template("\u{feff}", r#""""#, 0);
        check_template("${a}", "t(${a})", 0);
        check_template("a${b ~}\n\n c ${~ d}", r#"t("a" ${b} "\n c" ${d})"#, 0);
        check_template("100% of $5 and $", r#""100% of $5 and $""#, 0);
        check_template("${ a", "INVALID", 1);
    }
}
