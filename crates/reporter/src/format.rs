//! The names of the formats.

use std::error::Error;
use std::fmt;
use std::str::FromStr;

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Format {
    /// Code with labels, for people.
    #[default]
    Human,
    /// One line for each finding.
    Concise,
    /// The documented, versioned document.
    Json,
    /// Workflow commands, which become annotations on a pull request.
    Github,
    /// SARIF 2.1.0.
    Sarif,
}

impl Format {
    /// Every format, in the order in which help texts list them.
    pub const ALL: [Self; 5] = [Self::Human, Self::Concise, Self::Json, Self::Github, Self::Sarif];

    /// The word that users type.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Concise => "concise",
            Self::Json => "json",
            Self::Github => "github",
            Self::Sarif => "sarif",
        }
    }

    /// Whether programs read it: nothing else may then be on the same stream.
    #[must_use]
    pub fn is_machine(self) -> bool {
        !matches!(self, Self::Human | Self::Concise)
    }
}

/// How the table of rules is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum RulesFormat {
    /// A table for a terminal.
    #[default]
    Human,
    /// One line for each rule, its name first.
    Concise,
    /// A versioned document.
    Json,
    /// A table for a page.
    Markdown,
}

impl RulesFormat {
    /// Every format, in the order in which help texts list them.
    pub const ALL: [Self; 4] = [Self::Human, Self::Concise, Self::Json, Self::Markdown];

    /// The word that users type.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Concise => "concise",
            Self::Json => "json",
            Self::Markdown => "markdown",
        }
    }
}

/// How the ways in networks are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum PathsFormat {
    /// Tables for a terminal.
    #[default]
    Human,
    /// A versioned document.
    Json,
}

impl PathsFormat {
    /// Every format, in the order in which help texts list them.
    pub const ALL: [Self; 2] = [Self::Human, Self::Json];

    /// The word that users type.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Json => "json",
        }
    }
}

/// How a picture of networks is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum GraphFormat {
    /// A flowchart that GitHub and GitLab draw in Markdown.
    #[default]
    Mermaid,
    /// The language of Graphviz.
    Dot,
    /// A picture.
    Svg,
    /// A page with the picture, in which paths can be followed.
    Html,
}

impl GraphFormat {
    /// Every format, in the order in which help texts list them.
    pub const ALL: [Self; 4] = [Self::Mermaid, Self::Dot, Self::Svg, Self::Html];

    /// The word that users type.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Mermaid => "mermaid",
            Self::Dot => "dot",
            Self::Svg => "svg",
            Self::Html => "html",
        }
    }
}

/// A word that names no format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownFormat {
    /// The word.
    pub name: String,
    /// The words that would have done.
    pub known: Vec<&'static str>,
}

impl fmt::Display for UnknownFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown format `{}`: use one of {}", self.name, self.known.join(", "))
    }
}

impl Error for UnknownFormat {}

fn find<T: Copy>(all: &[T], word: fn(T) -> &'static str, name: &str) -> Result<T, UnknownFormat> {
    all.iter().copied().find(|&format| word(format) == name).ok_or_else(|| UnknownFormat {
        name: name.to_owned(),
        known: all.iter().copied().map(word).collect(),
    })
}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, UnknownFormat> {
        find(&Self::ALL, Self::as_str, name)
    }
}

impl FromStr for RulesFormat {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, UnknownFormat> {
        find(&Self::ALL, Self::as_str, name)
    }
}

impl FromStr for PathsFormat {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, UnknownFormat> {
        find(&Self::ALL, Self::as_str, name)
    }
}

impl FromStr for GraphFormat {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, UnknownFormat> {
        find(&Self::ALL, Self::as_str, name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_read_back() {
        for format in Format::ALL {
            assert_eq!(format.as_str().parse(), Ok(format));
        }
        for format in RulesFormat::ALL {
            assert_eq!(format.as_str().parse(), Ok(format));
        }
        for format in PathsFormat::ALL {
            assert_eq!(format.as_str().parse(), Ok(format));
        }
        for format in GraphFormat::ALL {
            assert_eq!(format.as_str().parse(), Ok(format));
        }
    }

    #[test]
    fn an_unknown_word_lists_the_known_ones() {
        let error = "jsno".parse::<Format>().unwrap_err();
        assert_eq!(error.known, ["human", "concise", "json", "github", "sarif"]);
        assert_eq!(
            error.to_string(),
            "unknown format `jsno`: use one of human, concise, json, github, sarif"
        );
    }
}
