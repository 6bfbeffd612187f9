use camino::Utf8Path;
use privatelint_diagnostics::FileId;

use crate::show::source;
use crate::{parse_file, show};

#[track_caller]
fn check_file(name: &str, text: &str, expected: &str) {
    let parsed = parse_file(FileId(0), Utf8Path::new(name), text);
    assert_eq!(parsed.problems, []);
    assert_eq!(show::body(&parsed.body), expected);
}

/// The file is accepted and means the same as that in native syntax.
#[track_caller]
fn check(text: &str, expected: &str) {
    check_file("main.tf.json", text, expected);
}

/// A resource's body means that.
#[track_caller]
fn resource(body: &str, expected: &str) {
    check(
        &format!(r#"{{"resource": {{"x": {{"y": {body}}}}}}}"#),
        &format!("resource x y {{ {expected} }}"),
    );
}

#[track_caller]
fn refused(text: &str, expected: &[&str]) {
    let parsed = parse_file(FileId(0), Utf8Path::new("main.tf.json"), text);
    let found = parsed
        .problems
        .iter()
        .map(|problem| format!("{}: {}", source(text, problem.span.unwrap()), problem.message));
    assert_eq!(found.collect::<Vec<_>>(), expected);
}

#[test]
fn blocks_have_their_labels_as_keys() {
    check("{}", "");
    check("[]", "");
    check(r#"[{"locals": {"a": 1}}, {"locals": {"b": 2}}]"#, "locals { a = 1 }; locals { b = 2 }");
    check(
        r#"{"resource": {"x": {"y": {}, "z": {}}, "u": {"v": {}}}}"#,
        "resource x y {  }; resource x z {  }; resource u v {  }",
    );
    check(
        r#"{"resource": [{"x": {"y": {}}}, {"x": [{"z": {}}]}]}"#,
        "resource x y {  }; resource x z {  }",
    );
    check(
        r#"{"provider": {"aws": [{"alias": "a"}, {"alias": "b"}]}}"#,
        "provider aws { alias = \"a\" }; provider aws { alias = \"b\" }",
    );
    check(r#"{"resource": {"x": {"y": {}}}, "resource": {"x": {"z": null}}}"#, "resource x y {  }");
}

#[test]
fn values() {
    resource(
        r#"{"a": [null, true, -1.5e3, "s"], "b": {"c": {}}}"#,
        "a = [null, true, (-1.5e3), \"s\"]; b = {\"c\" = {}}",
    );
    resource(
        r#"{"a": "${var.b}", "c": "x${d}y", "${e}": {"${f}": 1}}"#,
        "a = t(${var.b}); c = t(\"x\" ${d} \"y\"); ${e} = {t(${f}) = 1}",
    );
    resource(
        r#"{"a": "$${b}", "c": "\"${d[\"e\"]}\""}"#,
        "a = \"${b}\"; c = t(\"\\\"\" ${d[\"e\"]} \"\\\"\")",
    );
    resource(r#"{"ingress": [{"from_port": 443}]}"#, "ingress = [{\"from_port\" = 443}]");
    resource(r#"{"//": "text", "a": 1}"#, "a = 1");
}

#[test]
fn meta_blocks_and_references() {
    resource(
        r#"{"depends_on": ["a.b"], "provider": "aws.x", "lifecycle": {"ignore_changes": ["tags", "c[0]"]}, "provisioner": [{"local-exec": {"command": "x"}}]}"#,
        "depends_on = [a.b]; provider = aws.x; lifecycle { ignore_changes = [tags, c[0]] }; provisioner local-exec { command = \"x\" }",
    );
    resource(
        r#"{"dynamic": {"route": {"for_each": "${var.r}", "iterator": "it", "content": {"cidr": "${it.value}"}}}}"#,
        "dynamic route { for_each = t(${var.r}); iterator = it; content { cidr = t(${it.value}) } }",
    );
    check(
        r#"{"variable": {"a": {"type": "list(string)", "default": ["${x}"]}}}"#,
        "variable a { type = list(string); default = [\"${x}\"] }",
    );
    check(
        r#"{"module": {"m": {"source": "./a", "providers": {"aws": "aws.b"}, "cidr": "${var.c}"}}}"#,
        "module m { source = \"./a\"; providers = {\"aws\" = aws.b}; cidr = t(${var.c}) }",
    );
    check(
        r#"{"terraform": {"backend": {"s3": {"bucket": "${x}"}}, "required_providers": {"aws": {"version": "~> 5"}}}}"#,
        "terraform { backend s3 { bucket = \"${x}\" }; required_providers { aws = {\"version\" = \"~> 5\"} } }",
    );
    check_file(
        "a.auto.tfvars.json",
        r#"{"a": "${x}", "resource": {}}"#,
        "a = \"${x}\"; resource = {}",
    );
}

#[test]
fn spans_lie_on_keys_and_values() {
    let text = "\u{feff}{\"resource\": {\"x\": {\"y\": {\"ä\": \"é${b.c}\"}}}}";
    let parsed = parse_file(FileId(0), Utf8Path::new("main.tf.json"), text);
    let block = &parsed.body.blocks[0];
    assert_eq!(source(text, block.header), "\"y\"");
    assert_eq!(source(text, block.span), "\"y\": {\"ä\": \"é${b.c}\"}");
    let attribute = &block.body.attributes[0];
    assert_eq!(source(text, attribute.name.span), "\"ä\"");
    let mut inner = Vec::new();
    attribute.value.each_child(&mut |child| inner.push(source(text, child.span)));
    assert_eq!(inner, ["b.c"]);
}

#[test]
fn what_terraform_refuses() {
    refused("", &[": the file is empty; there must be at least `{}`"]);
    refused("1", &["1: a file of blocks is an object"]);
    refused(r#"{"resource": 1}"#, &["1: `resource` is an object or an array of objects"]);
    refused(r#"{"locals": {"a": 1, "a": 2}}"#, &["\"a\": `a` is set a second time"]);
    refused(r#"{"locals": {"a": "${b.}"}}"#, &["}: an attribute name must follow the dot"]);
    refused(r#"{"variable": {"a": {"type": "list("}}}"#, &["(: unexpected token"]);
    for text in [
        "{\"a\": 1,}",
        "{\"a\": 1 // b\n}",
        "{a: 1}",
        "{'a': 1}",
        "{\"a\": 1 \"b\": 2}",
        "{\"a\": 0x1}",
        "{\"a\": +1}",
        "{} {}",
        "{",
        "{\"a\"",
    ] {
        let parsed = parse_file(FileId(0), Utf8Path::new("main.tf.json"), text);
        assert_eq!(parsed.problems.len(), 1, "{text}");
    }
}

#[test]
fn deep_input_is_a_problem() {
    for depth in [200, 10_000] {
        let text =
            format!("{{\"locals\": {{\"a\": {}1{}}}}}", "[".repeat(depth), "]".repeat(depth));
        let parsed = parse_file(FileId(0), Utf8Path::new("main.tf.json"), &text);
        assert_eq!(parsed.problems.len(), 1);
    }
}
