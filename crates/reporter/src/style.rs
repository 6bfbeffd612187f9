//! The few styles of the terminal formats. Without colour every style is empty, and no escape code is written.

use owo_colors::{OwoColorize, Style};
use privatelint_diagnostics::Severity;

/// The styles in use.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Palette {
    color: bool,
}

impl Palette {
    pub(crate) fn new(color: bool) -> Self {
        Self { color }
    }

    fn style(self, style: Style) -> Style {
        if self.color { style } else { Style::new() }
    }

    /// The word and the underline of a severity.
    pub(crate) fn severity(self, severity: Severity) -> Style {
        self.style(match severity {
            Severity::Error => Style::new().bright_red().bold(),
            Severity::Warning => Style::new().yellow().bold(),
            Severity::Info => Style::new().bright_cyan().bold(),
        })
    }

    /// The places that are not the primary one.
    pub(crate) fn secondary(self) -> Style {
        self.style(Style::new().bright_blue().bold())
    }

    /// What is read first.
    pub(crate) fn strong(self) -> Style {
        self.style(Style::new().bold())
    }

    /// What is read last.
    pub(crate) fn faint(self) -> Style {
        self.style(Style::new().dimmed())
    }

    /// Paths with positions.
    pub(crate) fn path(self) -> Style {
        self.style(Style::new().cyan())
    }

    /// The words before a footer line.
    pub(crate) fn key(self) -> Style {
        self.style(Style::new().cyan().bold())
    }

    /// Code inside prose.
    pub(crate) fn code(self) -> Style {
        self.style(Style::new().cyan())
    }

    /// What is neither good nor bad.
    pub(crate) fn public(self) -> Style {
        self.style(Style::new().yellow())
    }

    /// Bad news.
    pub(crate) fn bad(self) -> Style {
        self.style(Style::new().bright_red().bold())
    }

    /// Good news.
    pub(crate) fn good(self) -> Style {
        self.style(Style::new().green().bold())
    }
}

/// `text` in a style; exactly `text` in the empty style.
pub(crate) fn paint(text: &str, style: Style) -> String {
    if style.is_plain() { text.to_owned() } else { text.style(style).to_string() }
}
