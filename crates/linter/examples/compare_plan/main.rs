//! Compares what the evaluator sees with plans, attribute by attribute.
//!
//! `cargo run --release --example compare_plan -- [--verbose] PLAN.json ROOT [PLAN.json ROOT…]`, where each plan is what `terraform show -json`
//! prints for that root. Compared is what the code writes: what the provider adds is not the evaluator's business. Counts the attributes that agree, that
//! are unknown to us although the plan knows them, and that contradict, and lists the causes of what is unknown. A contradiction fails the run, and so does an
//! instance that only one side has.

mod causes;
mod plan;
mod values;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::process::ExitCode;

use camino::{Utf8Path, Utf8PathBuf};
use privatelint_evaluator::{Instance, Mode};
use privatelint_linter::{Options, RootInstances, instances, to_json};
use privatelint_parser::OsFileSystem;
use serde_json::Value as Json;

use crate::causes::Cause;
use crate::values::{Count, Note};

/// What the comparison of one or of all plans found.
#[derive(Default)]
struct Totals {
    agree: usize,
    contradict: usize,
    missing: usize,
    surplus: usize,
    causes: BTreeMap<Cause, usize>,
}

impl Totals {
    fn unknown(&self) -> usize {
        self.causes.values().sum()
    }

    fn known(&self) -> usize {
        self.agree + self.contradict + self.unknown()
    }

    fn is_right(&self) -> bool {
        self.contradict == 0 && self.missing == 0 && self.surplus == 0
    }

    fn add(&mut self, other: Self) {
        self.agree += other.agree;
        self.contradict += other.contradict;
        self.missing += other.missing;
        self.surplus += other.surplus;
        for (cause, number) in other.causes {
            *self.causes.entry(cause).or_default() += number;
        }
    }
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let verbose = args.iter().any(|arg| arg == "--verbose");
    let places: Vec<&String> = args.iter().filter(|arg| !arg.starts_with("--")).collect();
    if places.is_empty() || !places.len().is_multiple_of(2) {
        say("usage: compare_plan [--verbose] PLAN.json ROOT [PLAN.json ROOT…]");
        return ExitCode::FAILURE;
    }
    let mut all = Totals::default();
    let mut failed = false;
    for pair in places.chunks(2) {
        let [plan, root] = pair else { continue };
        match compare(Utf8Path::new(plan), Utf8Path::new(root), verbose) {
            Ok(totals) => all.add(totals),
            Err(message) => {
                say(&message);
                failed = true;
            }
        }
    }
    summary(&all, places.len() / 2);
    if failed || !all.is_right() { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn say(text: &str) {
    // Nobody is left to tell if this fails.
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}

fn summary(all: &Totals, plans: usize) {
    say(&format!("all {plans}: {}", line(all)));
    let outside = all.causes.iter().filter(|(cause, _)| cause.is_outside);
    let outside: usize = outside.map(|(_, number)| number).sum();
    let inside = all.known() - outside;
    say(&format!(
        "without what only AWS or whoever runs Terraform knows: {} of {inside} agree ({})",
        all.agree,
        percent(all.agree, inside)
    ));
    let mut causes: Vec<_> = all.causes.iter().collect();
    causes.sort_by_key(|(cause, number)| (cause.is_outside, std::cmp::Reverse(**number)));
    for (cause, number) in causes {
        let side = if cause.is_outside { "outside" } else { "ours" };
        say(&format!("{number:>6}  {side:<8} {}", cause.text));
    }
}

fn line(totals: &Totals) -> String {
    format!(
        "{} of {} known attributes agree ({}), {} unknown to us, {} contradict; {} instances of the plan missing, {} surplus",
        totals.agree,
        totals.known(),
        percent(totals.agree, totals.known()),
        totals.unknown(),
        totals.contradict,
        totals.missing,
        totals.surplus
    )
}

/// Rounded down: 100.0 % is all of them.
fn percent(part: usize, whole: usize) -> String {
    let tenths = part.saturating_mul(1000).checked_div(whole).unwrap_or(1000);
    format!("{}.{} %", tenths / 10, tenths % 10)
}

fn compare(plan: &Utf8Path, root: &Utf8Path, verbose: bool) -> Result<Totals, String> {
    #[expect(clippy::disallowed_methods, reason = "the plan is not part of the scanned tree")]
    let text = std::fs::read_to_string(plan).map_err(|error| format!("{plan}: {error}"))?;
    let document: Json = serde_json::from_str(&text).map_err(|error| format!("{plan}: {error}"))?;
    let theirs = plan::instances(&document);
    let ours = ours(root)?;
    let mut totals = Totals::default();
    let note = |kind: &str, note: &Note, why: &str| {
        say(&format!("{kind} {}: {}{why}", note.path, note.text));
    };
    for (address, planned) in &theirs {
        let Some(our) = ours.get(address) else {
            match ours.iter().find(|(pattern, _)| covers(pattern, address)) {
                // An instance that stands for all of a block's.
                Some((_, our)) => {
                    let cause = causes::of_multiplicity(&our.instance);
                    if verbose {
                        say(&format!(
                            "unknown {address}: which instances there are; {}",
                            cause.text
                        ));
                    }
                    *totals.causes.entry(cause).or_default() += 1;
                }
                None => {
                    totals.missing += 1;
                    say(&format!("missing {address}"));
                }
            }
            continue;
        };
        for (name, count) in attributes(address, our, planned) {
            totals.agree += count.agree;
            totals.contradict += count.contradict.len();
            for contradiction in &count.contradict {
                note("contradiction", contradiction, "");
            }
            for unknown in &count.unknown {
                let cause = causes::of_attribute(&our.instance, &name);
                if verbose {
                    note("unknown", unknown, &format!("; {}", cause.text));
                }
                *totals.causes.entry(cause).or_default() += 1;
            }
        }
    }
    for (address, our) in &ours {
        let counts = our.instance.address.mode == Mode::Managed && !address.contains("[*]");
        if counts && !theirs.contains_key(address) {
            totals.surplus += 1;
            say(&format!("surplus {address}"));
        }
    }
    say(&format!("{root}: {}", line(&totals)));
    Ok(totals)
}

/// Compares the attributes of an instance that the plan knows and the code writes, by name.
fn attributes(address: &str, ours: &Ours, planned: &plan::Planned) -> Vec<(String, Count)> {
    let part = |tree: &Json, name: &str| tree.get(name).cloned().unwrap_or(Json::Null);
    // A plan's configuration leaves out what `dynamic` blocks write.
    let expanded = ours.values.as_object().into_iter().flatten().map(|(name, _)| name);
    let names: BTreeSet<&String> = planned.written.iter().chain(expanded).collect();
    let mut counts = Vec::new();
    for name in names {
        let path = format!("{address}.{name}");
        let (their, their_unknown) = (part(&planned.values, name), part(&planned.unknown, name));
        let mut count = Count::default();
        match ours.values.get(name) {
            // An argument of another name than the value, or one that only steers the provider.
            _ if planned.values.get(name).is_none() => continue,
            None if values::is_empty(&their) => continue,
            None => count.unknown.push(Note { path, text: format!("the plan says {their}") }),
            Some(our) => {
                let our_unknown = part(&ours.unknown, name);
                values::value(&path, our, &our_unknown, &their, &their_unknown, &mut count);
            }
        }
        counts.push((name.clone(), count));
    }
    counts
}

/// Whether an address with `[*]` in it stands for another one.
fn covers(pattern: &str, address: &str) -> bool {
    let mut rest = address;
    let mut parts = pattern.split("[*]");
    let Some(first) = parts.next() else { return false };
    let Some(after) = rest.strip_prefix(first) else { return false };
    rest = after;
    for part in parts {
        let after = rest.strip_prefix('[').and_then(|inner| inner.split_once(']'));
        let Some(after) = after.and_then(|(_, after)| after.strip_prefix(part)) else {
            return false;
        };
        rest = after;
    }
    rest.is_empty()
}

/// What the evaluator says of an instance.
struct Ours {
    instance: Instance,
    values: Json,
    unknown: Json,
}

fn ours(root: &Utf8Path) -> Result<BTreeMap<String, Ours>, String> {
    let working_dir = std::env::current_dir().map_err(|error| error.to_string())?;
    let working_dir = Utf8PathBuf::from_path_buf(working_dir).map_err(|_| "not UTF-8")?;
    let options = Options::everything(working_dir, vec![root.to_owned()], "2026-01-01");
    let (evaluated, report) = instances(&OsFileSystem, &options);
    for problem in &report.problems {
        say(&format!("problem: {}", problem.message));
    }
    // A directory may hold further roots below: examples, tests.
    let named = privatelint_parser::shown_path(&options.working_dir, root);
    let mut all = BTreeMap::new();
    for RootInstances { instances, .. } in evaluated.into_iter().filter(|it| it.root == named) {
        for instance in instances {
            let one = RootInstances { root: named.clone(), instances: vec![instance] };
            let document = to_json(std::slice::from_ref(&one));
            let Some(resource) = document.pointer("/roots/0/resources/0") else { continue };
            let part = |name| resource.get(name).cloned().unwrap_or(Json::Null);
            let address = part("address").as_str().unwrap_or_default().to_owned();
            let (values, unknown) = (part("values"), part("unknown"));
            for instance in one.instances {
                let ours = Ours { instance, values: values.clone(), unknown: unknown.clone() };
                all.insert(address.clone(), ours);
            }
        }
    }
    Ok(all)
}
