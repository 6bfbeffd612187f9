//! The table of rules.

use std::io;

use privatelint_diagnostics::RuleInfo;
use serde::Serialize;

use crate::human::severity_word;
use crate::json::{Tool, VERSION, write_document};
use crate::style::{Palette, paint};
use crate::{Options, RulesFormat};

/// Writes the table of rules in a format.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write_rules(
    rules: &[RuleInfo],
    format: RulesFormat,
    options: &Options,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    match format {
        RulesFormat::Human => human(rules, options, out),
        RulesFormat::Concise => concise(rules, out),
        RulesFormat::Json => write_document(&document(rules), out),
        RulesFormat::Markdown => table(rules, out),
    }
}

/// Rules by category, each with its severity and what it is about.
fn human(rules: &[RuleInfo], options: &Options, out: &mut dyn io::Write) -> io::Result<()> {
    let palette = Palette::new(options.color);
    let mut categories: Vec<_> = rules.iter().map(|rule| rule.category).collect();
    categories.sort_unstable();
    categories.dedup();
    let widest = rules.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
    for category in categories {
        writeln!(out, "{}", paint(category.as_str(), palette.strong()))?;
        for rule in rules.iter().filter(|rule| rule.category == category) {
            let gap = " ".repeat(widest.saturating_sub(rule.name.len()) + 2);
            // "warning" is the longest of the three words.
            let after = " ".repeat(9usize.saturating_sub(rule.severity.as_str().len()));
            let severity = severity_word(rule.severity, palette);
            let lead = widest + 13;
            let opt_in = if rule.opt_in { "(opt-in) " } else { "" };
            let summary = wrapped(&format!("{opt_in}{}", rule.summary), lead, options.width);
            writeln!(out, "  {}{gap}{severity}{after}{summary}", rule.name)?;
        }
        writeln!(out)?;
    }
    let count = crate::text::count(rules.len(), "rule");
    let hint = format!("{count}; `privatelint explain RULE` shows one's page");
    writeln!(out, "{}", paint(&hint, palette.faint()))
}

/// A summary in its column; below the name where the column would be too narrow.
fn wrapped(summary: &str, lead: usize, width: usize) -> String {
    let room = width.saturating_sub(lead);
    if room < 30 {
        let indent = "      ";
        let lines = textwrap::wrap(summary, width.max(40) - indent.len());
        return lines.iter().map(|line| format!("\n{indent}{line}")).collect();
    }
    textwrap::wrap(summary, room).join(&format!("\n{}", " ".repeat(lead)))
}

fn concise(rules: &[RuleInfo], out: &mut dyn io::Write) -> io::Result<()> {
    for rule in rules {
        let (category, severity) = (rule.category.as_str(), rule.severity.as_str());
        let opt_in = if rule.opt_in { " (opt-in)" } else { "" };
        writeln!(out, "{} {category} {severity}{opt_in}: {}", rule.name, rule.summary)?;
    }
    Ok(())
}

fn table(rules: &[RuleInfo], out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(out, "| rule | category | severity | summary |\n| --- | --- | --- | --- |")?;
    for rule in rules {
        let (category, severity) = (rule.category.as_str(), rule.severity.as_str());
        let name = match rule.url.as_str() {
            "" => rule.name.to_owned(),
            url => format!("[{}]({url})", rule.name),
        };
        // Summaries are ours and may have code in them; a bar would still end the cell.
        let summary = rule.summary.replace('|', "\\|");
        let opt_in = if rule.opt_in { ", opt-in" } else { "" };
        writeln!(out, "| {name} | {category} | {severity}{opt_in} | {summary} |")?;
    }
    Ok(())
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    tool: Tool,
    rules: Vec<Rule<'a>>,
}

#[derive(Serialize)]
struct Rule<'a> {
    name: &'a str,
    summary: &'a str,
    category: &'static str,
    severity: &'static str,
    opt_in: bool,
    docs: &'a str,
    page: &'a str,
}

fn document(rules: &[RuleInfo]) -> Document<'_> {
    Document {
        version: VERSION,
        tool: Tool::SELF,
        rules: rules
            .iter()
            .map(|rule| Rule {
                name: rule.name,
                summary: rule.summary,
                category: rule.category.as_str(),
                severity: rule.severity.as_str(),
                opt_in: rule.opt_in,
                docs: &rule.url,
                page: &rule.page,
            })
            .collect(),
    }
}
