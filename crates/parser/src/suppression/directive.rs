//! What a suppression comment says.

use std::ops::Range;

/// How a suppression is written, for those who got it wrong.
const FORM: &str =
    "write `privatelint: ignore[rule-name] reason`, or `ignore-file[…]` for the whole file";

/// A suppression as it is written. Offsets are relative to the text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Directive {
    pub(super) whole_file: bool,
    pub(super) rules: Vec<Range<usize>>,
    pub(super) until: Option<Range<usize>>,
    pub(super) reason: String,
}

/// Why a comment that is meant to be a suppression is none.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Malformed {
    pub(super) range: Range<usize>,
    pub(super) message: String,
    pub(super) help: String,
}

impl Malformed {
    fn new(range: Range<usize>, message: impl Into<String>) -> Self {
        Self { range, message: message.into(), help: FORM.to_owned() }
    }
}

/// Reads the text of a comment, without the comment's own marks. `None` if it is not about suppressing.
pub(super) fn parse(text: &str) -> Option<Result<Directive, Malformed>> {
    let start = text.find(|char: char| !char.is_whitespace())?;
    let mut cursor = Cursor { text, at: start };
    let rest = cursor.rest();
    let name =
        rest.get(.."privatelint".len()).filter(|name| name.eq_ignore_ascii_case("privatelint"))?;
    cursor.at += name.len();
    let gap = cursor.blanks();
    let has_colon = cursor.eat(":");
    if !has_colon {
        // A sentence that begins with our name is no suppression; `privatelint-ignore` and the like are meant to be.
        let rest = cursor.rest().trim_start_matches(['-', '_', '@', '.']);
        let is_keyword =
            rest.get(.."ignore".len()).is_some_and(|word| word.eq_ignore_ascii_case("ignore"));
        let follows = rest.get("ignore".len()..).unwrap_or_default().trim_start();
        let is_meant = is_keyword
            && (gap == 0 || follows.starts_with(['[', ':', '=', '(']) || follows.is_empty());
        return is_meant.then(|| {
            Err(Malformed::new(start..text.trim_end().len(), "this is no suppression comment"))
        });
    }
    Some(directive(&mut cursor, start, name))
}

fn directive(cursor: &mut Cursor<'_>, start: usize, name: &str) -> Result<Directive, Malformed> {
    cursor.blanks();
    let keyword_start = cursor.at;
    let keyword = cursor.word();
    let whole_file = match keyword {
        "ignore" if name == "privatelint" => false,
        "ignore-file" if name == "privatelint" => true,
        _ => {
            let end = cursor.at.max(keyword_start + 1).min(cursor.text.len());
            let message = format!("`{name}: {keyword}` is no suppression comment");
            return Err(Malformed::new(start..end, message));
        }
    };
    let after_keyword = cursor.at;
    cursor.blanks();
    let list_start = cursor.at;
    if !cursor.eat("[") {
        return Err(Malformed::new(
            start..after_keyword,
            "a suppression must name the rules that it is for",
        ));
    }
    let Some(length) = cursor.rest().find(']') else {
        return Err(Malformed::new(
            list_start..cursor.text.trim_end().len(),
            "the list of rules has no `]`",
        ));
    };
    let list_end = cursor.at + length;
    let mut rules = Vec::new();
    let mut at = cursor.at;
    for entry in cursor.rest().get(..length).unwrap_or_default().split(',') {
        let trimmed = entry.trim();
        let rule_start = at + entry.len() - entry.trim_start().len();
        let rule = rule_start..rule_start + trimmed.len();
        at += entry.len() + 1;
        if trimmed.is_empty() {
            continue;
        }
        if !trimmed.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
            return Err(Malformed::new(rule, format!("`{trimmed}` is not the name of a rule")));
        }
        rules.push(rule);
    }
    if rules.is_empty() {
        let message = "a suppression must name the rules that it is for";
        return Err(Malformed::new(list_start..list_end + 1, message));
    }
    cursor.at = list_end + 1;
    cursor.blanks();
    let until = until(cursor)?;
    let reason = cursor.rest().split_whitespace().collect::<Vec<_>>().join(" ");
    Ok(Directive { whole_file, rules, until, reason })
}

/// `until=YYYY-MM-DD`.
fn until(cursor: &mut Cursor<'_>) -> Result<Option<Range<usize>>, Malformed> {
    let start = cursor.at;
    if !cursor.rest().starts_with("until") {
        return Ok(None);
    }
    cursor.at += "until".len();
    cursor.blanks();
    if !cursor.eat("=") {
        // A reason may begin with that word.
        cursor.at = start;
        return Ok(None);
    }
    cursor.blanks();
    let date_start = cursor.at;
    cursor.word();
    let date = cursor.text.get(date_start..cursor.at).unwrap_or_default();
    if is_date(date) {
        return Ok(Some(date_start..cursor.at));
    }
    Err(Malformed {
        range: start..cursor.at,
        message: format!("`{date}` is no date"),
        help: "write `until=YYYY-MM-DD`: the last day on which the suppression holds".to_owned(),
    })
}

fn is_date(text: &str) -> bool {
    let mut parts = text.split('-').map(|part| {
        let digits = part.bytes().all(|byte| byte.is_ascii_digit());
        part.parse::<u16>().ok().filter(|_| digits).map(|number| (part.len(), number))
    });
    let (Some(Some((4, year))), Some(Some((2, month))), Some(Some((2, day))), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let month = u8::try_from(month).ok().and_then(|month| time::Month::try_from(month).ok());
    let day = u8::try_from(day).ok();
    month
        .zip(day)
        .is_some_and(|(month, day)| time::Date::from_calendar_date(year.into(), month, day).is_ok())
}

struct Cursor<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Cursor<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn blanks(&mut self) -> usize {
        let rest = self.rest();
        let length = rest.len() - rest.trim_start().len();
        self.at += length;
        length
    }

    fn eat(&mut self, token: &str) -> bool {
        let found = self.rest().starts_with(token);
        self.at += if found { token.len() } else { 0 };
        found
    }

    /// Letters, digits and dashes.
    fn word(&mut self) -> &'t str {
        let rest = self.rest();
        let length = rest
            .find(|char: char| !char.is_ascii_alphanumeric() && char != '-')
            .unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }
}
