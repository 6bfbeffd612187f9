use privatelint_diagnostics::{FileId, LineIndex};

use super::{FileKind, NativeFile, parse_file};
use crate::show::{self, source};
use crate::syntax::{Body, Expr};

fn parse(text: &str) -> NativeFile {
    let file = parse_file(FileId(0), text, FileKind::Configuration);
    check_spans(text, &file.body);
    file
}

/// Every span lies in the text, on character boundaries, and holds its children.
#[track_caller]
fn check_spans(text: &str, body: &Body) {
    for attribute in &body.attributes {
        assert_eq!(source(text, attribute.name.span), attribute.name.text);
        check_expr_spans(text, &attribute.value);
    }
    for block in &body.blocks {
        assert!(source(text, block.span).starts_with(block.kind.text.as_str()));
        assert!(source(text, block.span).ends_with('}'), "{}", source(text, block.span));
        assert!(block.span.contains(block.header));
        check_spans(text, &block.body);
    }
}

fn check_expr_spans(text: &str, expr: &Expr) {
    let code = source(text, expr.span);
    assert_eq!(code, code.trim(), "{expr:?}");
    assert!(!code.is_empty(), "{expr:?}");
    expr.each_child(&mut |child| {
        assert!(expr.span.contains(child.span), "{child:?} in {expr:?}");
        check_expr_spans(text, child);
    });
}

/// The file is accepted and means that.
#[track_caller]
fn check(text: &str, expected: &str) {
    let file = parse(text);
    assert_eq!(file.problems, [], "in {text}");
    assert_eq!(show::body(&file.body), expected);
}

/// The value is accepted and means that.
#[track_caller]
fn value(text: &str, expected: &str) {
    check(&format!("a = {text}\n"), &format!("a = {expected}"));
}

/// The file is refused with these problems, each `line: message`, and this is what remains of it.
#[track_caller]
fn refused(text: &str, problems: &[&str], remains: &str) {
    let file = parse(text);
    let lines = LineIndex::new(text);
    let found: Vec<String> = file
        .problems
        .iter()
        .map(|problem| format!("{}: {}", lines.line(problem.span.unwrap().start), problem.message))
        .collect();
    assert_eq!(found, problems, "in {text}");
    assert_eq!(show::body(&file.body), remains);
}

/// Terraform refuses the file at that line, and so do we.
#[track_caller]
fn refused_at(line: u32, text: &str) {
    let file = parse(text);
    let lines = LineIndex::new(text);
    let found = file.problems.iter().map(|problem| lines.line(problem.span.unwrap().start)).min();
    assert_eq!(found, Some(line), "in {text:?}: {:?}", file.problems);
}

mod trees {
    use super::*;

    #[test]
    fn bodies() {
        check("", "");
        check("a = 1\nb {}\nc \"d\" e {\n  f = 2\n}\n", "a = 1; b {  }; c d e { f = 2 }");
        check("a { b = 1 }\n", "a { b = 1 }");
        check("# a\na = 1 // b\n/* c */ b = 2 /* d\n */\n", "a = 1; b = 2");
    }

    #[test]
    fn operators() {
        value("1 + 2 * 3 - 4", "((1 + (2 * 3)) - 4)");
        value("a || b && c == d < e", "(a || (b && (c == (d < e))))");
        value("!a.b == -c", "((!a.b) == (-c))");
        value("- 1.50", "(-1.50)");
        value("a ? b : c ? d : e", "(a ? b : (c ? d : e))");
        value("(a + b) % 2 >= 1e3", "((((a + b)) % 2) >= 1e3)");
    }

    #[test]
    fn traversals() {
        value("a.b[0].c[\"d\"].1", "a.b[0].c[\"d\"][1]");
        value("a[*].b.c[0].d", "a[*]<.b.c[0].d>");
        value("a.*.b.0.c[0].d", "a.*<.b[0].c>[0].d");
        value("a[*].b[*].c[0]", "a[*]<.b*<.c[0]>>");
        value("a[*].b.*.c[0]", "a[*]<.b*<.c>[0]>");
        value("f(x)[0].y", "f(x)[0].y");
        value("a . b [ 0 ] . c", "a.b[0].c");
    }

    #[test]
    fn collections_and_calls() {
        value("[1, \"a\", []]", "[1, \"a\", []]");
        value(
            "{ a = 1, \"b\" = 2, (c) = 3, d.e : 4, null = 5 }",
            "{\"a\" = 1, \"b\" = 2, (c) = 3, d.e = 4, null = 5}",
        );
        value("f()", "f()");
        value("f(a, b...)", "f(a, b...)");
        value("provider::aws::arn_parse(a)", "provider::aws::arn_parse(a)");
    }

    #[test]
    fn for_expressions() {
        value("[for x in y : x.z if x]", "for(x in y: x.z if x)");
        value("{for k, v in y : k => v...}", "for(k, v in y: k => v...)");
        value("{\n  for k, v in y :\n  k\n  => v\n  if v\n}", "for(k, v in y: k => v if v)");
        value("{ for_each = 1 }", "{\"for_each\" = 1}");
    }

    #[test]
    fn strings() {
        value(r#""a\n\t\"\\\u00e9""#, "\"a\\n\\t\\\"\\\\é\"");
        value("\"$${a} %%{b}\"", "\"${a} %{b}\"");
        value("\"a${b}c\"", "t(\"a\" ${b} \"c\")");
        value("\"${a}\"", "t(${a})");
        value("\"${\"${a}\"}\"", "t(${t(${a})})");
        value("\" ${~ a ~} b\"", "t(\"\" ${a} \"b\")");
        value("\"%{ if a }x%{ else }y%{ endif }\"", "t(if a (\"x\") else (\"y\"))");
        value("\"%{ for k, v in a }${v}%{ endfor }\"", "t(for k, v in a (${v}))");
    }

    #[test]
    fn heredocs() {
        value("<<E\nE", "\"\"");
        value("<<E\n  a\n b\nE", "\"  a\\n b\\n\"");
        value("<<-E\n    a\n      b\n    E", "\"a\\n  b\\n\"");
        value("<<-E\n    a\n\n  \n   b\n  E", "\" a\\n\\n  \\nb\\n\"");
        value("<<-E\n    ${a}\n      b\n  E", "t(\"\" ${a} \"\\n  b\\n\")");
        value("<<-E\n${a}\n  b\nE", "t(${a} \"\\n  b\\n\")");
        value("<<E\n\"$${a}\" \\n\nE", "\"\\\"${a}\\\" \\\\n\\n\"");
        value(
            "<<E\n%{ for x in y ~}\n  ${x}\n%{ endfor ~}\nE",
            "t(for x in y (\"  \" ${x} \"\\n\") \"\")",
        );
        value("<<E\na\r\nE", "\"a\\r\\n\"");
    }
}

/// What hcl-edit refuses and Terraform accepts.
mod workarounds {
    use super::*;

    #[test]
    fn byte_order_mark() {
        check("\u{feff}a = 1\n", "a = 1");
        check("\u{feff}", "");
    }

    #[test]
    fn repeated_keys() {
        value("{ a = 1, b = 2, a = 3 }", "{\"a\" = 1, \"b\" = 2, \"a\" = 3}");
        value("{\n  \"a\" = 1\n  \"a\" = 2\n}", "{\"a\" = 1, \"a\" = 2}");
        value("{ \"${a}b\" = 1, \"${a}b\" = 2 }", "{t(${a} \"b\") = 1, t(${a} \"b\") = 2}");
        value("{ (a) = 1, (a) = 2, (a) = { a = 1 } }", "{(a) = 1, (a) = 2, (a) = {\"a\" = 1}}");
        let many: Vec<String> = (0..60).map(|number| format!("a = {number}")).collect();
        let expected: Vec<String> = (0..60).map(|number| format!("\"a\" = {number}")).collect();
        let wide: Vec<String> = (0..40).map(|number| format!("k{}", number % 20)).collect();
        value(
            &format!("{{{}}}", many[..40].join(", ")),
            &format!("{{{}}}", expected[..40].join(", ")),
        );
        let items = |quote: &str| {
            wide.iter().map(|key| format!("{quote}{key}{quote} = 1")).collect::<Vec<_>>().join(", ")
        };
        value(&format!("{{{}}}", items("")), &format!("{{{}}}", items("\"")));
    }

    #[test]
    fn line_breaks_that_mean_nothing() {
        value("(\n  a\n  ? b\n  :\n  c # d\n)", "((a ? b : c))");
        value("(a\n  && b # c\n  || !\n  d)", "(((a && b) || (!d)))");
        value("f(\n  a # b\n  ,\n  c\n)", "f(a, c)");
        value("[\n  # a\n  1, // b\n  2 /* c\n */\n]", "[1, 2]");
        value("\"${\n  a\n  .b\n}\"", "t(${a.b})");
        value("a[\n  0\n]", "a[0]");
        value("{\n  a = f(\n    1\n  )\n}", "{\"a\" = f(1)}");
    }

    #[test]
    fn heredocs_with_their_marker_in_them() {
        value("<<EOF\nx\nEOF\"\nEOF )\nEOF", "\"x\\nEOF\\\"\\nEOF )\\n\"");
        value("<<EOF\nEOFX\n${a} EOF\nEOF", "t(\"EOFX\\n\" ${a} \" EOF\\n\")");
        value("<<-EOF\n  EOF)\n  EOF", "\"EOF)\\n\"");
        value("f(<<E\nx\nE\n, 1)", "f(\"x\\n\", 1)");
    }

    #[test]
    fn heredocs_without_text() {
        check("a {\n  b = <<E\nE\n  c = <<E\nx\nE\n}\n", "a { b = \"\"; c = \"x\\n\" }");
    }

    #[test]
    fn carriage_returns() {
        check("a = 1\r\nb {\r\n  c = [\r\n    1\r\n  ]\r\n}\r\n", "a = 1; b { c = [1] }");
        check("# a\rb\na = 1\n", "a = 1");
    }
}

/// What hcl-edit accepts and Terraform refuses, or where hcl-edit points elsewhere.
mod refusals {
    use super::*;

    #[test]
    fn lines_are_terraforms() {
        refused_at(2, "a {\n  b = \"c\n}\n");
        refused_at(1, "a = b.\n");
        refused_at(1, "a = b.0.1\n");
        refused_at(1, "a = 10.0.0.0/16\n");
        refused_at(1, "a = b.*.c.*.d\n");
        refused_at(1, "a = 1 & 2\n");
        refused_at(1, "a = 'b'\n");
        refused_at(1, "a = /* b\n");
        refused_at(2, "b {\n  a = 1 b = 2\n}\n");
        refused_at(3, "b {\n  a = 1\n  a = 2\n}\n");
        refused_at(2, "a = 1\na = 2\n");
        refused_at(1, "b {\n  c {\n  }\n");
        refused_at(3, "a = <<E\nx\nE");
        refused_at(2, "a = {\n  b\n  = 1\n}\n");
        refused_at(1, "\"a\" = 1\n");
        refused_at(1, "a = \"\\d\"\n");
        refused_at(1, "a \"${b}\" {}\n");
        refused_at(1, "a { b = 1, c = 2 }\n");
        refused_at(1, "a = \u{a0}1\n");
        refused_at(2, "a = {\n  b = < 2\n}\n");
        refused_at(2, "a = {\n  b!c = 2\n}\n");
        refused_at(1, "a = <<E x\nE\n");
        refused_at(1, "a = \"%{ format }\"\n");
        refused_at(1, "a = [for x iny : x]\n");
        refused_at(1, "a = [for x in y : x ifz]\n");
        refused_at(2, "a {\n  b = c d\n  e = 'f'\n}\n");
    }

    #[test]
    fn one_broken_item_hides_no_other() {
        let invalid = "2: `'` means nothing here";
        refused("a = 1\nb = 'x'\nc = 2\n", &[invalid], "a = 1; c = 2");
        refused(
            "resource \"a\" \"b\" {\n  c = \"d\n}\nresource \"e\" \"f\" {\n  g = 1\n}\n",
            &["2: a string in quotes must end in its line"],
            "resource e f { g = 1 }",
        );
        refused(
            "resource \"a\" \"b\" {\n  c {\n}\n\nlocals {\n  d = 1\n}\noutput \"x\" {\n}\n",
            &["1: this block has no closing brace"],
            "locals { d = 1 }; output x {  }",
        );
        refused(
            "locals {\n  a = <<E\n}\nresource \"b\" \"c\" {\n}\n",
            &["6: the heredoc of line 2 never ends: no line says `E` alone"],
            "resource b c {  }",
        );
        refused(
            "locals {\n  a = 1\n}\n}\n  b = 2\nlocals {\n}\n",
            &["4: unexpected token"],
            "locals { a = 1 }; locals {  }",
        );
    }

    #[test]
    fn a_file_of_open_blocks_is_given_up() {
        let text = "locals {\n  a = {\n".repeat(1000);
        let problems = parse(&text).problems;
        assert!(problems.len() < 30, "{}", problems.len());
        assert!(problems.last().unwrap().message.contains("the rest was not looked at"));
    }
}

/// Input that stops anywhere.
#[test]
fn every_beginning_of_a_file_is_read() {
    const TEXT: &str = "\u{feff}# ä\nresource \"a\" b {\r\n  c = <<-E\n  ${d[\"é\"].*.f} %{ if x ~}y%{ endif }\n  E\n\
        \x20 g = { h = -1.5e3, h : [for i, j in k : j... if !l], \"m${n}\" = o ? \"\\u00e9$${\" : p::q(r...) }\n  /* ö */\n}\n";
    for end in (0..=TEXT.len()).filter(|end| TEXT.is_char_boundary(*end)) {
        let text = TEXT.get(..end).unwrap();
        for problem in parse(text).problems {
            assert!(text.get(problem.span.unwrap().range()).is_some(), "{problem:?} in {text}");
        }
        // The other half, too.
        parse(TEXT.get(end..).unwrap());
    }
}

/// Input that would use up the stack of a recursive parser or of a tree's destructor.
mod depth {
    use super::*;

    #[track_caller]
    fn too_deep(value: &str) {
        let text = format!("b = 1\na = {value}\nc = 2\n");
        let file = parse(&text);
        assert_eq!(file.problems.len(), 1, "{}", text.get(..80).unwrap_or_default());
        let left: Vec<&str> =
            file.body.attributes.iter().map(|attribute| attribute.name.text.as_str()).collect();
        assert!(left == ["b", "c"] || left == ["b", "a", "c"], "{left:?}");
    }

    #[test]
    fn nesting() {
        for (open, close) in
            [("(", ")"), ("[", "]"), ("{a=", "}"), ("\"${", "}\""), ("f(", ")"), ("x[", "]")]
        {
            too_deep(&format!("{}1{}", open.repeat(10_000), close.repeat(10_000)));
            assert!(!parse(&format!("a = {}\n", open.repeat(10_000))).problems.is_empty());
        }
        too_deep(&format!("\"{}{}\"", "%{ if a }".repeat(10_000), "%{ endif }".repeat(10_000)));
        too_deep(&format!("{}[]{}", "[for x in ".repeat(10_000), ": x]".repeat(10_000)));
    }

    #[test]
    fn blocks() {
        let text = format!("{}{}", "a {\n".repeat(10_000), "}\n".repeat(10_000));
        assert_eq!(parse(&text).problems.len(), 1);
    }

    #[test]
    fn chains() {
        too_deep(&format!("{}a", "!".repeat(10_000)));
        too_deep(&format!("{}a", "-".repeat(10_000)));
        too_deep(&format!("{}c", "a ? b : ".repeat(10_000)));
        too_deep(&format!("{}a", "a + ".repeat(100_000)));
        too_deep(&format!("a{}", ".b".repeat(100_000)));
        too_deep(&format!("a{}", "[*].b".repeat(100_000)));
        too_deep(&format!("a{}", "[0]".repeat(100_000)));
    }

    #[test]
    fn wide_input_is_read_or_given_up() {
        let keys: String = (0..30_000).map(|key| format!("k{key} = 1\n")).collect();
        too_deep(&format!("{{\n{keys}}}"));
        let problems = parse(&"a = '\n# b\n".repeat(100_000)).problems;
        assert_eq!(problems.len(), 101);
        let attributes: String = (0..30_000).map(|name| format!("a{name} = 1\n")).collect();
        assert_eq!(parse(&attributes).body.attributes.len(), 30_000);
    }

    #[test]
    fn what_people_write_is_not_too_deep() {
        value_is_accepted(&format!("{}1{}", "[".repeat(40), "]".repeat(40)));
        value_is_accepted(&format!("{}c", "a == 1 ? b : ".repeat(40)));
        value_is_accepted(&format!("{}a", "a + ".repeat(100)));
        value_is_accepted(&format!("a{}", ".b".repeat(100)));
    }

    fn value_is_accepted(value: &str) {
        assert_eq!(parse(&format!("a = {value}\n")).problems, []);
    }
}
