//! The arguments.

use camino::Utf8PathBuf;
use clap::{
    ArgAction, ArgMatches, Args as ClapArgs, FromArgMatches, Parser, Subcommand, ValueEnum,
};
use privatelint_diagnostics::{Confidence, Severity};
use privatelint_linter::Variable;
use privatelint_reporter::{Format, GraphFormat, PathsFormat, RulesFormat, UnknownFormat};

/// A linter for the private path from Terraform-managed AWS networks to AWS services.
///
/// Reads Terraform code, builds the network that it describes, and reports what will not work, costs more than it needs to, or lets
/// more through than it should. Needs no `terraform init`, no credentials and no network.
#[derive(Debug, Parser)]
#[command(name = "privatelint", version, disable_help_subcommand = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) global: Global,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Reports findings.
    Lint(Lint),
    /// Shows how traffic gets from each subnet to each AWS service.
    Paths(Paths),
    /// Draws the network: subnets, route tables, endpoints, gateways and services.
    Graph(Graph),
    /// Lists the rules.
    Rules(Rules),
    /// Shows a rule's page.
    Explain(Explain),
    /// Shows what the evaluator sees: every resource instance with its values, in the shape of a plan.
    Instances(Instances),
}

/// Arguments of every command.
#[derive(Debug, ClapArgs)]
pub(crate) struct Global {
    /// When to use colour.
    #[arg(long, value_enum, default_value_t = ColorChoice::Auto, global = true)]
    pub(crate) color: ColorChoice,
    /// Print findings only: no notes, no summary. Twice: nothing but the exit code.
    #[arg(short, long, action = ArgAction::Count, global = true, conflicts_with = "verbose")]
    pub(crate) quiet: u8,
    /// Print what was done: files, roots, time.
    #[arg(short, long, action = ArgAction::Count, global = true)]
    pub(crate) verbose: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorChoice {
    /// If stdout is a terminal.
    Auto,
    /// Always, except in machine formats and files.
    Always,
    /// Never.
    Never,
}

/// Which configuration holds.
#[derive(Debug, ClapArgs)]
pub(crate) struct Configuration {
    /// Read this configuration and not the repository's `.privatelint.hcl`.
    #[arg(long, value_name = "FILE", value_parser = path, conflicts_with = "isolated")]
    pub(crate) config: Option<Utf8PathBuf>,
    /// Read no configuration.
    #[arg(long)]
    pub(crate) isolated: bool,
}

/// Where Terraform code and values for its variables come from.
///
/// Written out by hand, because the order between the two flags matters and a derived struct loses it.
#[derive(Debug, Default)]
pub(crate) struct Sources {
    /// `--var` and `--var-file` in the order in which they were given: the last one of a name wins, as for Terraform.
    pub(crate) variables: Vec<Variable>,
}

impl ClapArgs for Sources {
    fn augment_args(command: clap::Command) -> clap::Command {
        let var = clap::Arg::new(VAR)
            .long("var")
            .value_name("NAME=VALUE")
            .help("Set a variable of the root modules; may be repeated")
            .action(ArgAction::Append)
            .value_parser(name_and_value);
        let file = clap::Arg::new(VAR_FILE)
            .long("var-file")
            .value_name("FILE")
            .help("Read values for variables from a file; may be repeated")
            .action(ArgAction::Append)
            .value_parser(clap::value_parser!(Utf8PathBuf));
        command.arg(var).arg(file)
    }

    fn augment_args_for_update(command: clap::Command) -> clap::Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Sources {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut found: Vec<(usize, Variable)> = Vec::new();
        if let (Some(places), Some(values)) =
            (matches.indices_of(VAR), matches.get_many::<(String, String)>(VAR))
        {
            let values = values.map(|(name, value)| Variable::Value(name.clone(), value.clone()));
            found.extend(places.zip(values));
        }
        if let (Some(places), Some(files)) =
            (matches.indices_of(VAR_FILE), matches.get_many::<Utf8PathBuf>(VAR_FILE))
        {
            found.extend(places.zip(files.cloned().map(Variable::File)));
        }
        found.sort_by_key(|(place, _)| *place);
        Ok(Self { variables: found.into_iter().map(|(_, variable)| variable).collect() })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

const VAR: &str = "var";
const VAR_FILE: &str = "var-file";

#[derive(Debug, ClapArgs)]
pub(crate) struct Lint {
    /// Directories, of which every root module is linted, or files, of which only their own findings are shown.
    #[arg(value_name = "PATH", default_value = ".", value_parser = path)]
    pub(crate) paths: Vec<Utf8PathBuf>,
    /// How to print findings: human, concise, json, github, sarif. [default: human]
    #[arg(long)]
    pub(crate) format: Option<Format>,
    /// Also write findings to a file, in a format of its own; may be repeated.
    #[arg(long = "output", value_name = "FORMAT=PATH", value_parser = format_and_path)]
    pub(crate) outputs: Vec<(Format, Utf8PathBuf)>,
    /// Run only these rules or categories.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(crate) select: Vec<String>,
    /// Do not run these rules or categories.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(crate) ignore: Vec<String>,
    /// Show only findings of at least this severity: info, warning, error.
    #[arg(long, value_name = "SEVERITY", default_value = "info", value_parser = severity)]
    pub(crate) min_severity: Severity,
    /// Show only findings that are at least this sure: possible, likely, certain.
    #[arg(long, value_name = "CONFIDENCE", default_value = "likely", value_parser = confidence)]
    pub(crate) min_confidence: Confidence,
    /// Exit with 1 if there is a finding of at least this severity: info, warning, error. [default: warning]
    #[arg(long, value_name = "SEVERITY", value_parser = severity)]
    pub(crate) fail_on: Option<Severity>,
    /// Exit with 0 whatever is found.
    #[arg(long)]
    pub(crate) exit_zero: bool,
    /// Show what could not be decided, and what would decide it.
    #[arg(long)]
    pub(crate) coverage: bool,
    /// Lint what a plan makes: the file that `terraform show -json` printed, or `-` for stdin. PATH is where its code is.
    #[arg(long, value_name = "FILE", value_parser = path, conflicts_with_all = [VAR, VAR_FILE])]
    pub(crate) plan: Option<Utf8PathBuf>,
    /// Disregard suppression comments.
    #[arg(long)]
    pub(crate) no_ignores: bool,
    #[command(flatten)]
    pub(crate) configuration: Configuration,
    #[command(flatten)]
    pub(crate) sources: Sources,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Paths {
    /// A directory, of which every root module is shown.
    #[arg(value_name = "PATH", default_value = ".", value_parser = path)]
    pub(crate) path: Utf8PathBuf,
    /// Show these services too, beside those that have an endpoint and those that something needs; may be repeated.
    #[arg(long = "service", value_name = "SERVICE", value_delimiter = ',')]
    pub(crate) services: Vec<String>,
    /// Explain the path from this subnet or workload, step by step. An address without an index means all instances.
    #[arg(long, value_name = "ADDRESS", requires = "to", conflicts_with = "services")]
    pub(crate) from: Option<String>,
    /// The service to which the path is explained: `s3`, `ecr.api`.
    #[arg(long, value_name = "SERVICE", requires = "from")]
    pub(crate) to: Option<String>,
    /// How to print paths: human, json.
    #[arg(long, default_value = "human")]
    pub(crate) format: PathsFormat,
    #[command(flatten)]
    pub(crate) configuration: Configuration,
    #[command(flatten)]
    pub(crate) sources: Sources,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Graph {
    /// A directory, of which every root module is drawn.
    #[arg(value_name = "PATH", default_value = ".", value_parser = path)]
    pub(crate) path: Utf8PathBuf,
    /// How to draw it: mermaid, dot, svg, html.
    #[arg(long, default_value = "mermaid")]
    pub(crate) format: GraphFormat,
    /// The same as `--format html`: one page in which paths can be followed.
    #[arg(long, conflicts_with = "format")]
    pub(crate) html: bool,
    /// Write to this file and not to stdout.
    #[arg(short, long, value_name = "FILE", value_parser = path)]
    pub(crate) output: Option<Utf8PathBuf>,
    /// Draw these services too, beside those that have an endpoint and those that something needs; may be repeated.
    #[arg(long = "service", value_name = "SERVICE", value_delimiter = ',')]
    pub(crate) services: Vec<String>,
    #[command(flatten)]
    pub(crate) configuration: Configuration,
    #[command(flatten)]
    pub(crate) sources: Sources,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Rules {
    /// How to print the table: human, concise, json, markdown.
    #[arg(long, default_value = "human")]
    pub(crate) format: RulesFormat,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Explain {
    /// The rule's name.
    #[arg(value_name = "RULE")]
    pub(crate) rule: String,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Instances {
    /// A directory, of which every root module is shown.
    #[arg(value_name = "PATH", default_value = ".", value_parser = path)]
    pub(crate) path: Utf8PathBuf,
    /// How to print them.
    #[arg(long, default_value = "json", value_parser = ["json"])]
    pub(crate) format: String,
    /// Show what a plan makes: the file that `terraform show -json` printed, or `-` for stdin. PATH is where its code is.
    #[arg(long, value_name = "FILE", value_parser = path, conflicts_with_all = [VAR, VAR_FILE])]
    pub(crate) plan: Option<Utf8PathBuf>,
    #[command(flatten)]
    pub(crate) configuration: Configuration,
    #[command(flatten)]
    pub(crate) sources: Sources,
}

fn format_and_path(text: &str) -> Result<(Format, Utf8PathBuf), String> {
    let (name, path) = text.split_once('=').ok_or("write it as FORMAT=PATH")?;
    Ok((name.parse().map_err(|error: UnknownFormat| error.to_string())?, path.into()))
}

/// An empty path is a shell variable that is not set, and not the working directory.
fn path(text: &str) -> Result<Utf8PathBuf, String> {
    if text.is_empty() { Err("a path is not empty".to_owned()) } else { Ok(text.into()) }
}

fn name_and_value(text: &str) -> Result<(String, String), String> {
    let (name, value) = text
        .split_once('=')
        .filter(|(name, _)| !name.is_empty())
        .ok_or("write it as NAME=VALUE")?;
    Ok((name.to_owned(), value.to_owned()))
}

fn severity(text: &str) -> Result<Severity, String> {
    let all = [Severity::Info, Severity::Warning, Severity::Error];
    all.into_iter()
        .find(|severity| severity.as_str() == text)
        .ok_or("one of info, warning, error".to_owned())
}

fn confidence(text: &str) -> Result<Confidence, String> {
    let all = [Confidence::Possible, Confidence::Likely, Confidence::Certain];
    all.into_iter()
        .find(|confidence| confidence.as_str() == text)
        .ok_or("one of possible, likely, certain".to_owned())
}
