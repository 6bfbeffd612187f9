//! The tables of built-in functions: asks Terraform again what it answers.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Where the tables are, from the workspace's root.
const TABLES: &str = "crates/evaluator/tests/functions";

/// What the comment of a table that Terraform answers says.
const MARK: &str = "From Terraform";

/// The console reads lines of up to 64 KiB; of several it prints only the last.
const LONGEST_LINE: usize = 60_000;

/// Writes Terraform's answers into the tables.
pub(crate) fn write() -> Result<(), String> {
    for (path, old, new) in answered()? {
        if old != new {
            fs::write(&path, new).map_err(|error| format!("{}: {error}", path.display()))?;
        }
    }
    Ok(())
}

/// Fails if Terraform answers otherwise.
pub(crate) fn check() -> Result<(), String> {
    let mut wrong = String::new();
    for (path, old, new) in answered()? {
        for (old, new) in old.lines().zip(new.lines()).filter(|(old, new)| old != new) {
            wrong.push_str(&format!("{}:\n  {old}\n  {new}\n", path.display()));
        }
    }
    if wrong.is_empty() {
        return Ok(());
    }
    Err(format!("{wrong}`cargo xtask functions` writes Terraform's answers into the tables"))
}

/// The tables that Terraform answers: as they are, and as they should be.
fn answered() -> Result<Vec<(PathBuf, String, String)>, String> {
    let tables = crate::codegen::root().join(TABLES);
    let failed = |error: std::io::Error| format!("{}: {error}", tables.display());
    let mut paths = Vec::new();
    for entry in fs::read_dir(&tables).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_some_and(|extension| extension == "tsv") {
            paths.push(path);
        }
    }
    paths.sort();
    let plain = Console::new(&tables.join("files"))?;
    let mut answered = Vec::new();
    for path in paths {
        let old = fs::read_to_string(&path).map_err(failed)?;
        if old.lines().next().is_some_and(|first| first.contains(MARK)) {
            // Every question to a provider starts it anew: only its own table pays for that.
            let new = if path.file_stem().is_some_and(|name| name == "provider") {
                Console::new(&tables.join("providers"))?.answer(&old)?
            } else {
                plain.answer(&old)?
            };
            answered.push((path, old, new));
        }
    }
    Ok(answered)
}

/// Terraform in a copy of the files that the tables name: it writes into the directory in which it runs.
struct Console {
    dir: PathBuf,
}

impl Drop for Console {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.dir));
    }
}

impl Console {
    fn new(files: &Path) -> Result<Self, String> {
        let dir = std::env::temp_dir().join(format!(
            "functions-{}-{}",
            std::process::id(),
            files.file_name().unwrap_or_default().display()
        ));
        let console = Self { dir };
        copy(files, &console.dir).map_err(|error| format!("{}: {error}", files.display()))?;
        console.terraform(&["init", "-input=false"], "")?;
        Ok(console)
    }

    /// The table with Terraform's answers to its expressions.
    fn answer(&self, table: &str) -> Result<String, String> {
        let is_row = |line: &&str| !line.starts_with('#') && !line.is_empty();
        let sources: Vec<&str> = table
            .lines()
            .filter(is_row)
            .map(|line| line.split('\t').next().unwrap_or(""))
            .collect();
        let caught: Vec<String> =
            sources.iter().map(|source| format!("try(jsonencode({source}), \"!error\")")).collect();
        let values = self.each(&caught, "[", "]", 2)?;
        let kinds: Vec<String> = sources
            .iter()
            .zip(&values)
            .map(|(source, value)| match value.as_deref() {
                None | Some("\"!error\"") => "null".to_owned(),
                Some(_) => (*source).to_owned(),
            })
            .collect();
        let kinds = self.each(&kinds, "type([", "])", 4)?;
        let mut answers = sources.iter().zip(values.iter().zip(kinds)).map(|(source, answer)| {
            let (value, kind) = match answer {
                (None, _) => ("!error".to_owned(), "-".to_owned()),
                (Some(value), _) if value == "\"!error\"" => ("!error".to_owned(), "-".to_owned()),
                (Some(value), _) if value == "(known after apply)" => {
                    ("?".into(), "unknown".into())
                }
                (Some(value), kind) => {
                    let kind = kind.unwrap_or_default();
                    let name = kind.split(|c: char| !c.is_ascii_lowercase()).next();
                    (unquoted(value), name.unwrap_or_default().to_owned())
                }
            };
            format!("{source}\t{value}\t{kind}")
        });
        let mut new = String::new();
        for line in table.lines() {
            let answer = if is_row(&line) { answers.next() } else { None };
            new.push_str(answer.as_deref().unwrap_or(line));
            new.push('\n');
        }
        Ok(new)
    }

    /// What the console prints for each expression, as an element of a list; nothing for one that it refuses.
    fn each(
        &self,
        expressions: &[String],
        open: &str,
        close: &str,
        indent: usize,
    ) -> Result<Vec<Option<String>>, String> {
        if expressions.is_empty() {
            return Ok(Vec::new());
        }
        let line = format!("{open}{}{close}\n", expressions.join(", "));
        if line.len() < LONGEST_LINE {
            let printed = self.terraform(&["console"], &line)?;
            let is_element = |line: &&str| {
                let text = line.trim_start_matches(' ');
                line.len() - text.len() == indent && !text.starts_with([')', '}', ']'])
            };
            let elements: Vec<Option<String>> = printed
                .lines()
                .filter(is_element)
                .map(|line| Some(line.trim().trim_end_matches(',').to_owned()))
                .collect();
            if elements.len() == expressions.len() {
                return Ok(elements);
            }
            if expressions.len() == 1 {
                return Ok(vec![None]);
            }
        }
        // One that is refused spoils the list.
        let (first, second) = expressions.split_at(expressions.len() / 2);
        let mut answers = self.each(first, open, close, indent)?;
        answers.extend(self.each(second, open, close, indent)?);
        Ok(answers)
    }

    fn terraform(&self, args: &[&str], input: &str) -> Result<String, String> {
        let failed = |error: std::io::Error| format!("terraform: {error}");
        let mut child = Command::new("terraform")
            .args(args)
            .arg("-no-color")
            .current_dir(&self.dir)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(failed)?;
        let mut stdin = child.stdin.take();
        let input = input.to_owned();
        // Written beside the reading: a pipe holds little.
        let writer = std::thread::spawn(move || {
            stdin.as_mut().map_or(Ok(()), |stdin| stdin.write_all(input.as_bytes()))
        });
        let output = child.wait_with_output().map_err(failed)?;
        // The console closes its input where it stops.
        drop(writer.join());
        if args.first() == Some(&"init") && !output.status.success() {
            return Err("`terraform init` failed for the functions of providers".into());
        }
        String::from_utf8(output.stdout).map_err(|error| format!("terraform: {error}"))
    }
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// The text of a string as the console prints it.
fn unquoted(printed: &str) -> String {
    let inner =
        printed.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(printed);
    let inner = inner.replace("$${", "${").replace("%%{", "%{");
    let mut out = String::new();
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('n') => out.push('\n'),
            Some('r') => out.push('\r'),
            Some('t') => out.push('\t'),
            Some(mark @ ('x' | 'u' | 'U')) => {
                let count = match mark {
                    'x' => 2,
                    'u' => 4,
                    _ => 8,
                };
                let digits: String = chars.by_ref().take(count).collect();
                let code = u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32);
                out.push(code.unwrap_or('\u{fffd}'));
            }
            Some(other) => out.push(other),
            None => {}
        }
    }
    out
}
