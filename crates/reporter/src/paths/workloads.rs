//! What runs in a network, what it needs, and what of that it cannot reach.

use std::collections::BTreeSet;

use privatelint_diagnostics::Files;
use privatelint_diagnostics::paths::{Need, Remark, Sign, Workload};
use textwrap::core::display_width;

use super::{cell, remarks};
use crate::human::prose::Footer;
use crate::style::{Palette, paint};
use crate::{Options, text};

/// A block for each workload: its services, the unreachable ones first, and the reasons that are not said already.
pub(super) fn draw<'m>(
    workloads: &'m [Workload],
    mut said: BTreeSet<&'m Remark>,
    files: &Files,
    options: &Options,
) -> String {
    let palette = Palette::new(options.color);
    let mut out = String::new();
    for workload in workloads.iter().filter(|workload| !workload.needs.is_empty()) {
        let name = text::one_line(&workload.resource.name, options.unicode);
        let place = workload.resource.span.map(|span| remarks::position(files, span, options));
        let place = paint(&place.unwrap_or_default(), palette.path());
        out.push_str(format!("  {}  {place}", paint(&name, palette.strong())).trim_end());
        out.push('\n');
        let mut needs: Vec<&Need> = workload.needs.iter().collect();
        needs.sort_by_key(|need| (order(need.cell.sign), !need.required));
        let service = |need: &&Need| display_width(&need.service);
        let widest = needs.iter().map(service).max().unwrap_or(0);
        let way = |need: &&Need| display_width(&cell::short(&need.cell, options));
        let widest_way = needs.iter().map(way).max().unwrap_or(0);
        for need in &needs {
            out.push_str(&line(need, widest, widest_way, options));
        }
        out.push_str(&reasons(&needs, &mut said, files, options));
    }
    out
}

/// What cannot be reached comes first.
fn order(sign: Sign) -> u8 {
    match sign {
        Sign::Blocked => 0,
        Sign::Undecided => 1,
        Sign::Public => 2,
        Sign::Elsewhere => 3,
        Sign::Private => 4,
    }
}

fn line(need: &Need, widest: usize, widest_way: usize, options: &Options) -> String {
    let palette = Palette::new(options.color);
    let service = text::one_line(&need.service, options.unicode);
    let short = cell::short(&need.cell, options);
    let gap = |width: usize, of: &str| " ".repeat(width.saturating_sub(display_width(of)));
    let why = if need.required { need.why.clone() } else { format!("perhaps: {}", need.why) };
    let lead = 4 + widest_way + 2 + widest + 2;
    let room = options.width.saturating_sub(lead).max(30);
    let why = text::one_line(&why, options.unicode);
    let why = textwrap::wrap(&why, room).join(&format!("\n{}", " ".repeat(lead)));
    let line = format!(
        "    {}{}  {service}{}  {}",
        paint(&short, cell::style(need.cell.sign, options)),
        gap(widest_way, &short),
        gap(widest, &service),
        paint(&why, palette.faint())
    );
    format!("{}\n", line.trim_end())
}

/// Why what it needs cannot be reached, each reason once.
fn reasons<'m>(
    needs: &[&'m Need],
    said: &mut BTreeSet<&'m Remark>,
    files: &Files,
    options: &Options,
) -> String {
    let mut footer = Footer::new(options);
    for need in needs.iter().filter(|need| need.cell.sign == Sign::Blocked) {
        if let Some(remark) = need.cell.remark.as_ref().filter(|remark| said.insert(*remark)) {
            remarks::push(&mut footer, need.cell.sign, remark, files, options);
        }
    }
    footer.finish().lines().map(|line| format!("  {line}\n")).collect()
}
