//! `prm fmt`.

use std::fmt::Write as _;
use std::path::Path;
use std::rc::Rc;

use anstyle::{AnsiColor, Style};
use similar::{Algorithm, ChangeTag, TextDiff};

use super::args::{Color, FmtArguments};
use super::disk::{self, Disk};
use super::failure::Failure;
use super::{Exit, output, overlooked, terminal};
use crate::diagnostic::words::count;
use crate::formatter::{self, Formatted};
use crate::package::files::{self, Found};
use crate::render::printable;

/// Lays files out, in their place or, for standard input, to standard output.
pub fn run(arguments: &FmtArguments, color: Color) -> Exit {
    let run = Run { check: arguments.check, color };
    let mut exit = Exit::Fine;
    let (mut files, mut different) = (0, 0);
    for input in arguments.paths.iter().flat_map(|path| inputs(path)) {
        match input.and_then(|input| run.file(input)) {
            Ok(is_different) => {
                files += 1;
                different += usize::from(is_different);
            }
            // One file that cannot be laid out keeps no other from it.
            Err(failure) => {
                output::stderr(&failure.shown(terminal::stderr_color(color)));
                exit = Exit::Failed;
            }
        }
    }
    if arguments.check && different > 0 {
        let (of, them) = (count(files, "file"), if different == 1 { "it" } else { "them" });
        output::say(format_args!("{different} of {of} not in the canonical layout; `prm fmt` lays {them} out"));
        exit = if exit == Exit::Fine { Exit::Errors } else { exit };
    }
    exit
}

/// What is laid out.
enum Input {
    Standard,
    /// A file, by its path, and what it was found among.
    File(String, Rc<Found>),
}

/// The files that a path means.
fn inputs(path: &str) -> Vec<Result<Input, Failure>> {
    if path == "-" {
        return vec![Ok(Input::Standard)];
    }
    let found = Rc::new(files::of(&Disk, &disk::from_here(path)));
    overlooked(&found.overlooked);
    let checked = found.paths.iter().cloned().map(|file| {
        if file.ends_with(".prm") || !Path::new(&file).exists() {
            return Ok(Input::File(file, Rc::clone(&found)));
        }
        Err(Failure::new(format!("`{file}` is no .prm file"), "only .prm files are laid out; it was not touched"))
    });
    let problems = found.problems.iter().map(|unreadable| Err(Failure::unreadable(unreadable)));
    checked.chain(problems).collect()
}

struct Run {
    check: bool,
    color: Color,
}

impl Run {
    /// Lays one file out; whether it was not laid out before.
    fn file(&self, input: Input) -> Result<bool, Failure> {
        let (path, text) = match &input {
            Input::File(path, found) => {
                let text = found.read(&Disk, path).map_err(|unreadable| Failure::unreadable(&unreadable))?;
                (Some(path.as_str()), text)
            }
            Input::Standard => (None, standard_input()?),
        };
        let name = path.unwrap_or("<stdin>");
        let formatted = formatter::format(&text).map_err(|unfaithful| {
            let line = line_of(&text, unfaithful.offset);
            Failure::new(
                format!("the layout of `{name}` would change what it says, near line {line}; it was left as it is"),
                "this is a defect of `prm fmt`: please report it, with that line and its neighbours",
            )
        })?;
        say_what_is_broken(name, &text, &formatted);
        let is_different = formatted.text != text;
        match path {
            _ if self.check => {
                if is_different {
                    let diff = diff(name, &text, &formatted.text, terminal::stdout_color(self.color));
                    output::write_text(None, &[], &diff, true)?;
                }
            }
            Some(path) if is_different => {
                output::rewrite(path, &formatted.text)?;
                output::say(format_args!("laid out {path}"));
            }
            Some(_) => {}
            None => output::stdout(formatted.text.as_bytes())?,
        }
        Ok(is_different)
    }
}

fn standard_input() -> Result<String, Failure> {
    let read = disk::bounded(std::io::stdin().lock());
    let text = read.map_err(|error| files::unreadable("<stdin>".to_owned(), &error));
    text.and_then(|bytes| files::utf8("<stdin>".to_owned(), bytes))
        .map_err(|unreadable| Failure::unreadable(&unreadable))
}

/// Tells what was left alone; `prm check` says what is wrong with it.
fn say_what_is_broken(name: &str, text: &str, formatted: &Formatted) {
    if let Some(first) = formatted.broken.first() {
        let line = line_of(text, first.start);
        output::say(match formatted.broken.len() {
            1 => format!("{name}: what is broken at line {line} stays as it is; see `prm check`"),
            places => {
                format!("{name}: {places} broken places stay as they are, the first at line {line}; see `prm check`")
            }
        });
    }
}

fn line_of(text: &str, offset: usize) -> usize {
    1 + text.as_bytes()[..offset.min(text.len())].iter().filter(|byte| **byte == b'\n').count()
}

/// A unified diff, as `patch` reads it.
fn diff(name: &str, old: &str, new: &str, color: bool) -> String {
    let diff = TextDiff::configure().algorithm(Algorithm::Patience).diff_lines(old, new);
    let mut unified = diff.unified_diff();
    let name = printable::line(name);
    unified.header(&name, &name);
    if !color {
        return printable::result(&unified.to_string(), false).into_owned();
    }
    let bold = Style::new().bold();
    let mut text = format!("{bold}--- {name}{bold:#}\n{bold}+++ {name}{bold:#}\n");
    for hunk in unified.iter_hunks() {
        let cyan = AnsiColor::Cyan.on_default();
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{cyan}{}{cyan:#}", hunk.header());
        for change in hunk.iter_changes() {
            let style = match change.tag() {
                ChangeTag::Delete => AnsiColor::Red.on_default(),
                ChangeTag::Insert => AnsiColor::Green.on_default(),
                ChangeTag::Equal => Style::new(),
            };
            let line = printable::source(change.value().trim_end_matches('\n'));
            let _ = writeln!(text, "{style}{}{}{style:#}", change.tag(), line);
            if change.missing_newline() {
                text.push_str("\\ No newline at end of file\n");
            }
        }
    }
    text
}
