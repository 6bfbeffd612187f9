//! Any span in any text can be shown in every format: nothing panics, and nothing unsafe reaches a terminal.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail, in its helpers too"
)]

use privatelint_diagnostics::{
    Annotation, Confidence, Diagnostic, FileId, Files, Problem, ProblemKind, Report, Severity,
    SourceFile, Span,
};
use privatelint_reporter::{Format, Options, step_summary, write};

/// Texts with everything that moves columns or lines.
const TEXTS: [&str; 10] = [
    "",
    "\n",
    "a",
    "a\r\nb\r\n",
    "\ta\t東京\u{301}b\n\n\n}\n",
    "resource \"x\" \"y\" {\n  a = 1\n\n  b = [\n    \u{1b}]8;;x\u{7}\u{202e},\n  ]\n}",
    "\u{feff}locals {\r\n  \u{0}\u{9b}2J = ##[x]\r}\n::error::x",
    "👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻\n\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\tend",
    "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten\neleven\n",
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
];

/// Numbers that look random and are always the same.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }

    fn span(&mut self) -> Span {
        let file = self.below(TEXTS.len());
        let text = TEXTS[file];
        let mut ends = [self.below(text.len() + 1), self.below(text.len() + 1)];
        for end in &mut ends {
            *end = text.floor_char_boundary(*end);
        }
        ends.sort_unstable();
        let [start, end] = ends.map(|end| u32::try_from(end).unwrap());
        Span::new(FileId(u32::try_from(file).unwrap()), start, end)
    }

    fn note(&mut self) -> Annotation {
        let messages = ["", "short", "::warning::a message with \u{1b}[2J and\na line break"];
        Annotation::new(self.span(), messages[self.below(messages.len())])
    }

    fn finding(&mut self) -> Diagnostic {
        Diagnostic {
            rule: "some-rule",
            severity: [Severity::Info, Severity::Warning, Severity::Error][self.below(3)],
            confidence: Confidence::Certain,
            message: "something ::error:: is wrong".to_owned(),
            help: Some("\u{85}help".to_owned()),
            primary: self.note(),
            evidence: (0..self.below(12)).map(|_| self.note()).collect(),
            trace: (0..self.below(20)).map(|_| self.note()).collect(),
            fix: None,
            resource: None,
            root: ".".to_owned(),
            environments: vec![],
            fingerprint: String::new(),
        }
    }
}

fn reports() -> impl Iterator<Item = Report> {
    let mut numbers = Numbers(1);
    (0..300).map(move |_| {
        let file = |(number, text): (usize, &&str)| SourceFile::new(format!("{number}.tf"), *text);
        let span = numbers.span();
        Report {
            files: Files::new(TEXTS.iter().enumerate().map(file).collect()),
            findings: vec![numbers.finding()],
            problems: vec![Problem::at(ProblemKind::Syntax, span, "no")],
            ..Report::default()
        }
    })
}

#[track_caller]
fn check(report: &Report, format: Format, options: &Options) {
    let mut out = Vec::new();
    write(report, format, options, &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    for line in text.lines() {
        let unsafe_character = |c: char| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c);
        assert!(!line.contains(unsafe_character), "{line:?}");
        assert!(!line.contains("##["), "{line:?}");
        assert!(!line.contains("Failed to read"), "{line:?}");
        assert!(format == Format::Github || !line.trim().starts_with("::"), "{line:?}");
        assert!(
            options.unicode || format.is_machine() || !line.contains(['╭', '…', '·']),
            "{line:?}"
        );
    }
}

#[test]
fn can_be_shown() {
    for report in reports() {
        for format in Format::ALL {
            for (width, unicode) in [(0, true), (60, false), (100, true), (usize::MAX, true)] {
                check(&report, format, &Options { width, unicode, ..Options::default() });
            }
        }
        assert!(!step_summary(&report).contains('\u{1b}'));
    }
}

/// What names no file of the run, or lies past its end, is shown as an empty place.
#[test]
fn spans_of_nowhere_can_be_shown() {
    let mut numbers = Numbers(7);
    for span in
        [Span::new(FileId(99), 5, 7), Span::new(FileId(0), 5, 7), Span::new(FileId(3), 2, 99)]
    {
        let mut report = reports().next().unwrap();
        let mut finding = numbers.finding();
        finding.primary.span = span;
        report.findings = vec![finding];
        for format in Format::ALL {
            check(&report, format, &Options::default());
        }
    }
}
