//! The ways in networks, for people.

use std::io;

use privatelint_diagnostics::Files;
use privatelint_diagnostics::paths::{Cell, Matrix, NetworkMatrix, Sign};

use textwrap::core::display_width;

use super::cell::INSPECTED;
use super::{cell, remarks, table, workloads};
use crate::style::{Palette, paint};
use crate::{Options, text};

pub(super) fn write(
    matrix: &Matrix,
    files: &Files,
    options: &Options,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let palette = Palette::new(options.color);
    let is_drawn = |network: &&NetworkMatrix| !network.rows.is_empty();
    for root in matrix.roots.iter().filter(|root| root.networks.iter().any(|it| is_drawn(&it))) {
        let name = text::path(&root.root, options.unicode);
        writeln!(out, "{}\n", paint(&name, palette.key()))?;
        for network in root.networks.iter().filter(is_drawn) {
            writeln!(out, "{}", network_text(network, files, options))?;
        }
    }
    let cells = || {
        let networks = matrix.roots.iter().flat_map(|root| &root.networks);
        networks.flat_map(|network| &network.rows).flat_map(|row| &row.cells)
    };
    let legend = legend(cells(), options);
    if !legend.is_empty() {
        writeln!(out, "{legend}")?;
    }
    if options.summary {
        writeln!(out, "{}", count(matrix))?;
    }
    Ok(())
}

fn network_text(network: &NetworkMatrix, files: &Files, options: &Options) -> String {
    let palette = Palette::new(options.color);
    let name = text::one_line(&network.network.name, options.unicode);
    let detail = text::one_line(&network.detail, options.unicode);
    let place = network.network.span.map(|span| remarks::position(files, span, options));
    let heading: Vec<String> =
        [paint(&name, palette.strong()), detail, paint(&place.unwrap_or_default(), palette.path())]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect();
    let groups = table::groups(network);
    let (remarks, said) = remarks::draw(&network.services, &groups, files, options);
    let parts = [
        if network.services.is_empty() {
            let subnets = text::count(network.rows.len(), "subnet");
            format!("  {subnets}, and no service to show: name some with `--service`\n")
        } else {
            table::draw(network, &groups, options)
        },
        remarks,
        workloads::draw(&network.workloads, said, files, options),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{}\n\n{}", heading.join("  "), parts.join("\n"))
}

/// The signs that are in use, with what they mean.
fn legend<'m>(cells: impl Iterator<Item = &'m Cell> + Clone, options: &Options) -> String {
    let mut parts: Vec<String> = Vec::new();
    for sign in Sign::ALL {
        if cells.clone().any(|cell| cell.sign == sign) {
            let glyph = cell::glyph(sign, options).to_string();
            let glyph = paint(&glyph, cell::style(sign, options));
            parts.push(format!("{glyph} {}", sign.meaning()));
        }
    }
    if cells.clone().any(|cell| cell.inspected) {
        parts.push(format!("{INSPECTED} inspected on the way"));
    }
    in_lines(&parts, options.width)
}

/// Parts beside each other, as many as fit into a line.
fn in_lines(parts: &[String], width: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    for part in parts {
        match lines.last_mut() {
            Some(line) if display_width(line) + 3 + display_width(part) <= width => {
                line.push_str("   ");
                line.push_str(part);
            }
            _ => lines.push(part.clone()),
        }
    }
    lines.join("\n")
}

/// The line that counts.
fn count(matrix: &Matrix) -> String {
    let networks = || matrix.roots.iter().flat_map(|root| &root.networks);
    let subnets = networks().map(|network| network.rows.len()).sum();
    let cells = || networks().flat_map(|network| &network.rows).flat_map(|row| &row.cells);
    let paths = cells().count();
    let mut line = format!(
        "{} and {} in {}",
        text::count(subnets, "subnet"),
        text::count(paths, "path"),
        text::count(networks().count(), "VPC")
    );
    let signs = [
        (Sign::Private, "private"),
        (Sign::Elsewhere, "through another network"),
        (Sign::Public, "public"),
        (Sign::Blocked, "without a way"),
        (Sign::Undecided, "undecided"),
    ];
    let counted: Vec<String> = signs
        .into_iter()
        .map(|(sign, word)| (cells().filter(|cell| cell.sign == sign).count(), word))
        .filter(|(number, _)| *number > 0)
        .map(|(number, word)| format!("{number} {word}"))
        .collect();
    if !counted.is_empty() {
        line.push_str(&format!(": {}", counted.join(", ")));
    }
    line
}
