//! Compares what the evaluator sees with a plan, attribute by attribute.
//!
//! `cargo run --example compare_plan -- PLAN.json ROOT_DIRECTORY [--verbose]`, where the plan is `terraform show -json` of that root. Only
//! what the code writes is compared: what the provider adds is not the evaluator's business. Counts attributes that agree, that are unknown to us
//! although the plan knows them, and that contradict; contradictions are printed and fail the run.

use std::collections::BTreeMap;
use std::io::Write;
use std::process::ExitCode;

use camino::{Utf8Path, Utf8PathBuf};
use privatelint_diagnostics::{Confidence, Severity};
use privatelint_linter::{Options, instances, to_json};
use privatelint_parser::OsFileSystem;
use serde_json::Value as Json;

#[derive(Default)]
struct Count {
    agree: usize,
    unknown: usize,
    contradict: usize,
    missing: usize,
    surplus: usize,
    notes: Vec<String>,
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let verbose = args.iter().any(|arg| arg == "--verbose");
    let mut places = args.iter().filter(|arg| !arg.starts_with("--"));
    let (Some(plan), Some(root)) = (places.next(), places.next()) else {
        return say("usage: compare_plan PLAN.json ROOT_DIRECTORY [--verbose]", false);
    };
    match compare(Utf8Path::new(plan), Utf8Path::new(root)) {
        Ok(count) => {
            let known = count.agree + count.unknown + count.contradict;
            let summary = format!(
                "{root}: {} of {known} known attributes agree, {} unknown to us, {} contradict; {} instances of the plan missing, {} surplus",
                count.agree, count.unknown, count.contradict, count.missing, count.surplus
            );
            for note in &count.notes {
                if verbose || !note.starts_with("unknown") {
                    say(note, true);
                }
            }
            say(&summary, count.contradict == 0 && count.missing == 0)
        }
        Err(message) => say(&message, false),
    }
}

fn say(text: &str, success: bool) -> ExitCode {
    let _ = writeln!(std::io::stdout().lock(), "{text}");
    if success { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn compare(plan: &Utf8Path, root: &Utf8Path) -> Result<Count, String> {
    #[expect(clippy::disallowed_methods, reason = "the plan is not part of the scanned tree")]
    let text = std::fs::read_to_string(plan).map_err(|error| format!("{plan}: {error}"))?;
    let plan: Json = serde_json::from_str(&text).map_err(|error| format!("{plan}: {error}"))?;
    let ours = ours(root)?;
    let mut count = Count::default();
    let mut theirs = BTreeMap::new();
    collect(plan.pointer("/planned_values/root_module"), &mut theirs);
    let unknown = after_unknown(&plan);
    for (address, values) in &theirs {
        let Some((our_values, our_unknown)) = ours.get(address) else {
            // An instance that stands for all of a block's covers it.
            let block = address.rfind('[').and_then(|at| address.get(..at)).unwrap_or(address);
            if ours.contains_key(&format!("{block}[*]"))
                || ours.keys().any(|key| key.contains("[*]") && covers(key, address))
            {
                count.unknown += 1;
                count.notes.push(format!("unknown {address}: not known which instances there are"));
            } else {
                count.missing += 1;
                count.notes.push(format!("missing {address}"));
            }
            continue;
        };
        let Some(written) = our_values.as_object() else { continue };
        for (name, ours) in written {
            if values.get(name).is_none()
                || unknown.get(address).and_then(|tree| tree.get(name)) == Some(&Json::Bool(true))
            {
                continue;
            }
            let tree = our_unknown.get(name).unwrap_or(&Json::Null);
            let their = values.get(name).unwrap_or(&Json::Null);
            let their_unknown =
                unknown.get(address).and_then(|tree| tree.get(name)).unwrap_or(&Json::Null);
            let path = format!("{address}.{name}");
            value(&path, ours, tree, their, their_unknown, &mut count);
        }
    }
    for address in
        ours.keys().filter(|address| !address.contains("[*]") && !address.contains("data."))
    {
        if !theirs.contains_key(address) {
            count.surplus += 1;
            count.notes.push(format!("surplus {address}"));
        }
    }
    Ok(count)
}

/// Whether an address with `[*]` in it stands for another one.
fn covers(pattern: &str, address: &str) -> bool {
    let mut rest = address;
    for (at, part) in pattern.split("[*]").enumerate() {
        let Some(found) = (if at == 0 {
            rest.strip_prefix(part)
        } else {
            rest.strip_prefix('[')
                .and_then(|inner| inner.split_once(']'))
                .and_then(|(_, after)| after.strip_prefix(part))
        }) else {
            return false;
        };
        rest = found;
    }
    rest.is_empty()
}

fn ours(root: &Utf8Path) -> Result<BTreeMap<String, (Json, Json)>, String> {
    let working_dir = std::env::current_dir().map_err(|error| error.to_string())?;
    let options = Options {
        working_dir: Utf8PathBuf::from_path_buf(working_dir).map_err(|_| "not UTF-8")?,
        paths: vec![root.to_owned()],
        select: Vec::new(),
        ignore: Vec::new(),
        min_severity: Severity::Info,
        min_confidence: Confidence::Possible,
        variables: Vec::new(),
        environment: Vec::new(),
        no_ignores: false,
        today: "2026-01-01".to_owned(),
    };
    let (evaluated, report) = instances(&OsFileSystem, &options);
    for problem in &report.problems {
        say(&format!("problem: {}", problem.message), true);
    }
    let document = to_json(&evaluated);
    let mut all = BTreeMap::new();
    let named = privatelint_parser::shown_path(&options.working_dir, root);
    let roots = document.get("roots").and_then(Json::as_array).into_iter().flatten();
    // A directory may hold further roots below: examples, tests.
    for root in roots.filter(|root| root.get("path").and_then(Json::as_str) == Some(named.as_str()))
    {
        for resource in root.get("resources").and_then(Json::as_array).into_iter().flatten() {
            let address = resource.get("address").and_then(Json::as_str).unwrap_or_default();
            let part = |name| resource.get(name).cloned().unwrap_or(Json::Null);
            all.insert(address.to_owned(), (part("values"), part("unknown")));
        }
    }
    Ok(all)
}

fn collect(module: Option<&Json>, all: &mut BTreeMap<String, Json>) {
    let Some(module) = module else { return };
    for resource in module.get("resources").and_then(Json::as_array).into_iter().flatten() {
        if resource.get("mode").and_then(Json::as_str) == Some("managed") {
            let address = resource.get("address").and_then(Json::as_str).unwrap_or_default();
            all.insert(address.to_owned(), resource.get("values").cloned().unwrap_or(Json::Null));
        }
    }
    for child in module.get("child_modules").and_then(Json::as_array).into_iter().flatten() {
        collect(Some(child), all);
    }
}

fn after_unknown(plan: &Json) -> BTreeMap<String, Json> {
    let changes = plan.get("resource_changes").and_then(Json::as_array).into_iter().flatten();
    let unknown = changes.map(|change| {
        let address = change.get("address").and_then(Json::as_str).unwrap_or_default();
        (address.to_owned(), change.pointer("/change/after_unknown").cloned().unwrap_or(Json::Null))
    });
    unknown.collect()
}

/// Compares a value of ours with the plan's; `true` in an unknown tree means that this side does not know.
fn value(
    path: &str,
    ours: &Json,
    our_unknown: &Json,
    theirs: &Json,
    their_unknown: &Json,
    count: &mut Count,
) {
    if their_unknown == &Json::Bool(true) {
        return;
    }
    if our_unknown == &Json::Bool(true) {
        count.unknown += 1;
        count.notes.push(format!("unknown {path}: the plan says {theirs}"));
        return;
    }
    match (ours, theirs) {
        (Json::Object(ours), Json::Object(theirs)) => {
            for (name, ours) in ours {
                let Some(their) = theirs.get(name) else { continue };
                let at = |tree: &Json| tree.get(name).cloned().unwrap_or(Json::Null);
                value(
                    &format!("{path}.{name}"),
                    ours,
                    &at(our_unknown),
                    their,
                    &at(their_unknown),
                    count,
                );
            }
        }
        (Json::Array(ours), Json::Array(theirs)) => {
            elements(path, ours, our_unknown, theirs, their_unknown, count);
        }
        // A nested block that the schema holds as one object.
        (Json::Array(one), Json::Object(_)) if one.len() == 1 => {
            let at = |tree: &Json| tree.get(0).cloned().unwrap_or(Json::Null);
            for ours in one {
                value(path, ours, &at(our_unknown), theirs, their_unknown, count);
            }
        }
        (Json::Null, _) => {}
        _ if same(path, ours, theirs) => count.agree += 1,
        _ => {
            count.contradict += 1;
            count
                .notes
                .push(format!("contradiction {path}: we say {ours}, the plan says {theirs}"));
        }
    }
}

/// Lists, and sets, whose order a plan chooses itself.
fn elements(
    path: &str,
    ours: &[Json],
    our_unknown: &Json,
    theirs: &[Json],
    their_unknown: &Json,
    count: &mut Count,
) {
    let tree = |trees: &Json, at: usize| trees.get(at).cloned().unwrap_or(Json::Null);
    let undecided = ours.len() != theirs.len() && contains_unknown(our_unknown);
    if undecided {
        count.unknown += 1;
        count.notes.push(format!("unknown {path}: the plan has {} elements", theirs.len()));
        return;
    }
    if scalars(ours)
        && scalars(theirs)
        && !contains_unknown(our_unknown)
        && !contains_unknown(their_unknown)
    {
        let sorted = |list: &[Json]| {
            let mut texts: Vec<String> = list.iter().map(text).collect();
            texts.sort();
            texts.dedup();
            texts
        };
        if sorted(ours) == sorted(theirs) {
            count.agree += 1;
        } else {
            count.contradict += 1;
            count
                .notes
                .push(format!("contradiction {path}: we say {ours:?}, the plan says {theirs:?}"));
        }
        return;
    }
    let mut left: Vec<usize> = (0..theirs.len()).collect();
    for (at, our) in ours.iter().enumerate() {
        // The element that contradicts least is the one that is meant.
        let trial = |other: &usize| {
            let mut trial = Count::default();
            let their = theirs.get(*other).unwrap_or(&Json::Null);
            value(
                path,
                our,
                &tree(our_unknown, at),
                their,
                &tree(their_unknown, *other),
                &mut trial,
            );
            (trial.contradict, trial.unknown, usize::abs_diff(at, *other))
        };
        let Some(best) = left.iter().copied().min_by_key(trial) else {
            count.contradict += 1;
            count
                .notes
                .push(format!("contradiction {path}: the plan has only {} elements", theirs.len()));
            return;
        };
        left.retain(|other| *other != best);
        let their = theirs.get(best).unwrap_or(&Json::Null);
        value(
            &format!("{path}[{at}]"),
            our,
            &tree(our_unknown, at),
            their,
            &tree(their_unknown, best),
            count,
        );
    }
}

fn scalars(list: &[Json]) -> bool {
    list.iter().all(|element| !element.is_object() && !element.is_array())
}

fn contains_unknown(tree: &Json) -> bool {
    match tree {
        Json::Bool(unknown) => *unknown,
        Json::Array(trees) => trees.iter().any(contains_unknown),
        Json::Object(trees) => trees.values().any(contains_unknown),
        _ => false,
    }
}

/// Equal after what the provider makes of what is written: it converts strings, numbers and bools to what its schema says, writes JSON anew, keeps
/// no empty collections, writes protocols in lower case and names of zones without the dot at their end.
fn same(path: &str, ours: &Json, theirs: &Json) -> bool {
    if ours == theirs || text(ours) == text(theirs) || is_empty(ours) && is_empty(theirs) {
        return true;
    }
    if path.ends_with("protocol") && text(ours).eq_ignore_ascii_case(&text(theirs)) {
        return true;
    }
    if path.ends_with(".name") && text(ours).trim_end_matches('.') == text(theirs) {
        return true;
    }
    if let (Some(a), Some(b)) = (ours.as_f64(), theirs.as_f64()) {
        return a == b;
    }
    let document =
        |json: &Json| json.as_str().and_then(|text| serde_json::from_str::<Json>(text).ok());
    matches!((document(ours), document(theirs)), (Some(a), Some(b)) if a == b)
}

fn is_empty(json: &Json) -> bool {
    match json {
        Json::Null => true,
        Json::Array(elements) => elements.is_empty(),
        Json::Object(entries) => entries.is_empty(),
        _ => false,
    }
}

fn text(json: &Json) -> String {
    match json {
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}
