//! The table of a network: subnets that are alike in one row, services side by side, as many as fit.

use owo_colors::Style;
use privatelint_diagnostics::paths::{Cell, NetworkMatrix, Row};
use textwrap::core::display_width;

use super::{cell, names};
use crate::style::{Palette, paint};
use crate::{Options, text};

/// The columns before a row's name.
const INDENT: &str = "  ";

/// The columns between two columns of the table.
const GAP: usize = 2;

/// Subnets from which every way looks the same.
pub(super) struct Group<'m> {
    pub(super) rows: Vec<&'m Row>,
}

impl<'m> Group<'m> {
    /// The cells of all of them; what is said of one is said of its first.
    pub(super) fn cells(&self) -> &'m [Cell] {
        self.rows.first().map_or(&[], |row| &row.cells)
    }

    /// Their names, in lines.
    pub(super) fn names(&self, options: &Options) -> Vec<String> {
        let all = self.rows.iter().map(|row| row.subnet.name.as_str());
        names::together(all).iter().map(|name| text::one_line(name, options.unicode)).collect()
    }
}

/// The rows that look the same, in the order of their first.
pub(super) fn groups(network: &NetworkMatrix) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for row in &network.rows {
        let alike = |group: &&mut Group<'_>| {
            let cells = group.cells();
            cells.len() == row.cells.len()
                && cells.iter().zip(&row.cells).all(|(a, b)| cell::same(a, b))
        };
        match groups.iter_mut().find(alike) {
            Some(group) => group.rows.push(row),
            None => groups.push(Group { rows: vec![row] }),
        }
    }
    groups
}

/// Services to which the ways from every group look the same.
struct Column {
    /// Their positions.
    services: Vec<usize>,
    /// Their names, below each other.
    heading: Vec<String>,
    width: usize,
}

/// A part of a table: what is beside each other.
struct Part<'t> {
    columns: &'t [Column],
    label: usize,
    options: &'t Options,
}

/// The lines of the table. Where it is wider than the terminal, services that are alike share a column; where that is not enough, it is
/// cut into parts below each other.
pub(super) fn draw(network: &NetworkMatrix, groups: &[Group<'_>], options: &Options) -> String {
    let names: Vec<Vec<String>> = groups.iter().map(|group| group.names(options)).collect();
    let longest = names.iter().flatten().map(|name| display_width(name)).max().unwrap_or(0);
    let total = |columns: &[Column]| columns.iter().map(|column| column.width).sum::<usize>();
    let fits = |columns: &[Column]| INDENT.len() + longest + total(columns) <= options.width;
    let mut columns = columns(network, groups, options, false);
    if !fits(&columns) {
        columns = self::columns(network, groups, options, true);
    }
    let label = if fits(&columns) { longest } else { longest.min((options.width / 2).max(24)) };
    let room = options.width.saturating_sub(INDENT.len() + label);
    let mut out = String::new();
    for columns in parts(&columns, room) {
        if !out.is_empty() {
            out.push('\n');
        }
        push_part(&mut out, groups, &names, &Part { columns, label, options });
    }
    out
}

/// The columns: one for each service, or one for all that are alike.
fn columns(
    network: &NetworkMatrix,
    groups: &[Group<'_>],
    options: &Options,
    merged: bool,
) -> Vec<Column> {
    let alike = |a: usize, b: usize| {
        groups.iter().all(|group| match (group.cells().get(a), group.cells().get(b)) {
            (Some(a), Some(b)) => cell::same(a, b),
            _ => false,
        })
    };
    let mut columns: Vec<Column> = Vec::new();
    for (at, service) in network.services.iter().enumerate() {
        let heading = text::one_line(service, options.unicode);
        let cells = groups.iter().filter_map(|group| group.cells().get(at));
        let widest = cells.map(|it| display_width(&cell::short(it, options))).max().unwrap_or(0);
        let width = display_width(&heading).max(widest) + GAP;
        let like = columns.iter_mut().find(|column| {
            merged && column.services.first().is_some_and(|first| alike(*first, at))
        });
        match like {
            Some(column) => {
                column.services.push(at);
                column.heading.push(heading);
                column.width = column.width.max(width);
            }
            None => columns.push(Column { services: vec![at], heading: vec![heading], width }),
        }
    }
    columns
}

/// The columns of each part: at least one, and as many as have room.
fn parts(columns: &[Column], room: usize) -> Vec<&[Column]> {
    let mut parts = Vec::new();
    let (mut start, mut used) = (0, 0);
    for (at, column) in columns.iter().enumerate() {
        if at > start && used + column.width > room {
            parts.extend(columns.get(start..at));
            (start, used) = (at, 0);
        }
        used += column.width;
    }
    parts.extend(columns.get(start..));
    parts
}

fn push_part(out: &mut String, groups: &[Group<'_>], names: &[Vec<String>], part: &Part<'_>) {
    let Part { columns, label, options } = *part;
    let strong = Palette::new(options.color).strong();
    let highest = columns.iter().map(|column| column.heading.len()).max().unwrap_or(0);
    for line in 0..highest {
        let mut text = format!("{INDENT}{}", " ".repeat(label));
        for column in columns {
            // Names stand directly above the cells.
            let above = highest - column.heading.len();
            let name = line.checked_sub(above).and_then(|at| column.heading.get(at));
            push_cell(&mut text, name.map_or("", String::as_str), column.width, strong);
        }
        push_line(out, &text);
    }
    for (group, names) in groups.iter().zip(names) {
        let mut cells = String::new();
        for column in columns {
            let it = column.services.first().and_then(|at| group.cells().get(*at));
            let Some(it) = it else { continue };
            let shown = text::one_line(&cell::short(it, options), options.unicode);
            push_cell(&mut cells, &shown, column.width, cell::style(it.sign, options));
        }
        // The cells stand beside the first name that leaves room for them.
        let mut cells = Some(cells);
        for name in names {
            let width = display_width(name);
            let beside = if width <= label { cells.take() } else { None };
            let gap = " ".repeat(label.saturating_sub(width));
            push_line(out, &format!("{INDENT}{name}{gap}{}", beside.unwrap_or_default()));
        }
        if let Some(cells) = cells {
            push_line(out, &format!("{INDENT}{}{cells}", " ".repeat(label)));
        }
    }
}

fn push_cell(line: &mut String, text: &str, width: usize, style: Style) {
    let gap = " ".repeat(width.saturating_sub(GAP + display_width(text)));
    line.push_str(&format!("{}{}{gap}", " ".repeat(GAP), paint(text, style)));
}

fn push_line(out: &mut String, line: &str) {
    out.push_str(line.trim_end());
    out.push('\n');
}
