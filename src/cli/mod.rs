//! The command line: thin. Each command has a file; what they share is here.

pub mod args;
mod baseline;
mod build;
mod check;
#[cfg(feature = "import")]
mod comments;
mod config;
mod coverage;
mod diff;
mod disk;
mod existing;
mod explain;
mod failure;
mod fmt;
mod git;
mod graph;
mod history;
#[cfg(feature = "import")]
mod import;
#[cfg(feature = "lsp")]
mod lsp;
mod mcp;
mod new;
mod output;
mod progress;
mod review;
mod shell;
mod temporary;
mod terminal;
mod threads;
mod version;
mod watch;
mod why;

use std::borrow::Cow;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};

use clap::builder::StyledStr;
use clap::error::ErrorKind;
use clap::{Parser, ValueEnum};

use crate::compile::{Asks, Compilation};
use crate::diagnostic::{Code, Diagnostic, Severity, words};
use crate::render::{self, MessageFormat, Told, printable};
use crate::source::{Files, Sources};
use args::{Arguments, Color, Command};
use failure::Failure;
use threads::Threads;

/// How a run ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Fine.
    Fine = 0,
    /// The model has errors, or warnings under `--deny warnings`.
    Errors = 1,
    /// It could not be done: usage, an unreadable file, an unwritable output.
    Failed = 2,
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        std::process::ExitCode::from(exit as u8)
    }
}

/// Reads the command line, does what it says, and tells how it went.
pub fn run() -> Exit {
    panic::set_hook(Box::new(|panic| output::stderr(&defect(panic))));
    // A limit on the size of files is a failure to write, as a full disk is, and no sudden end.
    #[cfg(unix)]
    let _ = signal_hook::flag::register(libc::SIGXFSZ, std::sync::Arc::default());
    let exit = whatever_happens(obey);
    // What went unheard is no success.
    if output::is_lost() { Exit::Failed } else { exit }
}

/// How a run ends, even where the program itself is wrong.
fn whatever_happens(run: impl FnOnce() -> Exit) -> Exit {
    panic::catch_unwind(AssertUnwindSafe(run)).unwrap_or(Exit::Failed)
}

/// What is said where the program itself is wrong.
fn defect(panic: &PanicHookInfo<'_>) -> String {
    let place = panic.location().map(ToString::to_string).unwrap_or_default();
    let trace = std::backtrace::Backtrace::capture();
    let trace = match trace.status() {
        std::backtrace::BacktraceStatus::Captured => trace.to_string(),
        _ => "(with RUST_BACKTRACE=1 there is more to tell)".to_owned(),
    };
    format!(
        "\nThis is a defect of prm, not of your model. Please report it at\n{}/issues\nwith the command, the files if you \
         may share them, and these lines:\n\n  {} on {} {}\n  {place}: {}\n  {trace}\n",
        env!("CARGO_PKG_REPOSITORY"),
        version::line(),
        std::env::consts::OS,
        std::env::consts::ARCH,
        panic.payload_as_str().unwrap_or("without a word"),
    )
}

fn obey() -> Exit {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) if error.kind() == ErrorKind::DisplayVersion => return version::show(),
        Err(error) => {
            // Help and version are no failures; clap knows where each goes.
            let exit = if error.use_stderr() { Exit::Failed } else { Exit::Fine };
            let format = asked_format();
            if exit == Exit::Failed && !format.for_people() {
                let message = error.to_string().lines().next().unwrap_or_default().replace("error: ", "");
                return conclude(Err(Failure::new(message, "")), format, Color::Never);
            }
            return show_usage(&error.render(), exit);
        }
    };
    let (color, format) = (arguments.color, arguments.command.message_format());
    let result = match arguments.command {
        Command::Check(arguments) => check::run(&arguments, color),
        Command::Build(arguments) => build::run(&arguments, color),
        Command::Coverage(arguments) => coverage::run(&arguments, color),
        Command::Why(arguments) => why::run(&arguments, color),
        Command::Diff(arguments) => diff::run(&arguments, color),
        Command::History(arguments) => history::run(&arguments, color),
        Command::Review(arguments) => review::run(&arguments, color),
        Command::Explain(arguments) => explain::run(&arguments, color),
        Command::Graph(arguments) => graph::run(&arguments, color),
        Command::Fmt(arguments) => Ok(fmt::run(&arguments, color)),
        Command::Schema(arguments) => build::schema(&arguments),
        Command::New(arguments) => new::run(&arguments),
        #[cfg(feature = "import")]
        Command::Comments(arguments) => comments::run(&arguments, color),
        #[cfg(feature = "import")]
        Command::Import(arguments) => import::run(&arguments),
        #[cfg(feature = "lsp")]
        Command::Lsp(_) => lsp::run(),
        Command::Config(arguments) => config::run(&arguments, color),
        Command::Mcp(arguments) => mcp::run(&arguments),
        Command::Completions(arguments) => shell::completions(&arguments),
        Command::Man => shell::manual(),
    };
    conclude(result, format, color)
}

/// Shows what clap says, which may hold what stands on the command line.
fn show_usage(said: &StyledStr, exit: Exit) -> Exit {
    let painted = |color| if color { said.ansi().to_string() } else { said.to_string() };
    if exit == Exit::Failed {
        let color = terminal::stderr_color(Color::Auto);
        output::stderr(&printable::result(&painted(color), color));
        return exit;
    }
    let color = terminal::stdout_color(Color::Auto);
    output::write_text(None, &[], &painted(color), color).map_or(Exit::Failed, |()| exit)
}

/// The form that a command line asks for which cannot be understood otherwise.
fn asked_format() -> MessageFormat {
    let mut words = std::env::args_os().filter_map(|word| word.into_string().ok());
    let form = words.find_map(|word| word.strip_prefix("--message-format").map(str::to_owned));
    let form = form.and_then(|form| form.strip_prefix('=').map(str::to_owned).or_else(|| words.next()));
    form.and_then(|form| MessageFormat::from_str(&form, false).ok()).unwrap_or(MessageFormat::Human)
}

/// How a command ends; why it could not be done is said in the form that is asked for.
fn conclude(result: Result<Exit, Failure>, format: MessageFormat, color: Color) -> Exit {
    let held = output::held();
    let (exit, failure) = match result {
        Ok(exit) => (exit, None),
        Err(failure) => (Exit::Failed, Some(failure)),
    };
    match failure {
        None => output::stderr(&held.unwrap_or_default()),
        Some(failure) if format.for_people() => output::stderr(&failure.shown(terminal::stderr_color(color))),
        Some(failure) => output::stderr(&match held {
            Some(document) => render::document_with(format, &document, &[failure.told()]),
            None => render::report(format, &[], &[failure.told()], &Sources::default(), false),
        }),
    }
    exit
}

/// A compiled package, and which of its diagnostics are shown.
struct Run {
    compilation: Compilation,
    shown: Vec<Diagnostic>,
    format: MessageFormat,
    color: Color,
    deny_warnings: bool,
    /// Whether this is `check`, whose result its diagnostics are.
    is_check: bool,
}

impl Run {
    fn new(input: &args::Input, color: Color) -> Run {
        Run::with(&disk::Disk, &disk::from_here(&input.path), &input.diagnostics, color)
    }

    fn with(files: &dyn Files, path: &str, options: &args::Diagnostics, color: Color) -> Run {
        // Nobody waits for hints that are not shown.
        let asks = |_: &Code, severity| options.pedantic || severity != Severity::Hint;
        Run::asking(files, path, options, color, &asks)
    }

    /// As `with`, but looks only for findings of some codes.
    fn asking(files: &dyn Files, path: &str, options: &args::Diagnostics, color: Color, asks: &Asks<'_>) -> Run {
        let progress = progress::start(&format!("compiling {path}"));
        let compilation = crate::compile_asking(files, path, asks, &Threads::new());
        drop(progress);
        let is_shown = |diagnostic: &&Diagnostic| options.pedantic || diagnostic.severity != Severity::Hint;
        let shown = compilation.diagnostics.iter().filter(is_shown).cloned().collect();
        Run {
            compilation,
            shown,
            format: options.message_format,
            color,
            deny_warnings: options.deny.is_some(),
            is_check: false,
        }
    }

    /// Shows diagnostics and files that could not be read, and how the run ends on their account.
    fn report(&self) -> Result<Exit, Failure> {
        self.report_some(|_| true)
    }

    /// As `report`, but shows people only some of the diagnostics, where the result shows the others.
    fn report_some(&self, is_shown: impl Fn(&Diagnostic) -> bool) -> Result<Exit, Failure> {
        let people = self.format.for_people();
        self.report_only(|diagnostic| !people || is_shown(diagnostic))
    }

    /// As `report`, but shows only some of the diagnostics, to machines too.
    fn report_only(&self, is_shown: impl Fn(&Diagnostic) -> bool) -> Result<Exit, Failure> {
        let people = self.format.for_people();
        let some: Cow<'_, [Diagnostic]> = match self.shown.iter().all(&is_shown) {
            true => Cow::Borrowed(&self.shown),
            false => self.shown.iter().filter(|diagnostic| is_shown(diagnostic)).cloned().collect(),
        };
        let color = terminal::stderr_color(self.color);
        let failures: Vec<Failure> = self.compilation.unreadable.iter().map(Failure::unreadable).collect();
        let told: Vec<Told> = failures.iter().map(Failure::told).chain(self.overlooked()).collect();
        let placed = self.placed(&some);
        let text = render::report(self.format, &placed, &told, &self.compilation.sources, color);
        let is_result = self.is_check && !people;
        // What could not be read stands before what may come of it.
        if people {
            failures.iter().for_each(|failure| output::stderr(&failure.shown(color)));
        }
        if people || is_result {
            overlooked(&self.compilation.overlooked);
        }
        if !is_result {
            self.tell(&text);
        }
        if people {
            let summary = render::summary(&some);
            if !summary.is_empty() {
                output::say(summary);
            }
        }
        if is_result {
            output::stdout(text.as_bytes())?;
        }
        Ok(self.exit())
    }

    /// Findings as the form wants them: where it stands beside files, at a place in the package asked for; where it has
    /// but passed and failed, what fails the run as an error.
    fn placed<'a>(&self, found: &'a [Diagnostic]) -> Cow<'a, [Diagnostic]> {
        if !self.format.is_for_checkouts() {
            return Cow::Borrowed(found);
        }
        let mut placed = self.compilation.at_home(found);
        if self.format == MessageFormat::Junit && self.deny_warnings {
            let warnings = placed.iter_mut().filter(|diagnostic| diagnostic.severity == Severity::Warning);
            warnings.for_each(|diagnostic| diagnostic.severity = Severity::Error);
        }
        Cow::Owned(placed)
    }

    /// Says something in a form on standard error; a document waits for what may fail yet, since it is one for all.
    fn tell(&self, text: &str) {
        if self.format.is_document() { output::hold(text.to_owned()) } else { output::stderr(text) }
    }

    /// What has nearly the name of a source, for machines that read standard error.
    fn overlooked(&self) -> Option<Told> {
        let message = overlooked_line(&self.compilation.overlooked).filter(|_| !self.is_check)?;
        Some(Told { severity: Severity::Warning, message })
    }

    /// As a part of `report`, for who has no more to report.
    fn say_overlooked(&self) {
        if self.format.for_people() {
            return overlooked(&self.compilation.overlooked);
        }
        if let Some(told) = self.overlooked() {
            self.tell(&render::report(self.format, &[], &[told], &self.compilation.sources, false));
        }
    }

    fn exit(&self) -> Exit {
        self.exit_for(|_| true)
    }

    /// How the run ends on account of some of the diagnostics.
    fn exit_for(&self, counts: impl Fn(&Diagnostic) -> bool) -> Exit {
        let is_fatal = |diagnostic: &Diagnostic| match diagnostic.severity {
            Severity::Error => true,
            Severity::Warning => self.deny_warnings,
            _ => false,
        };
        if !self.compilation.unreadable.is_empty() {
            Exit::Failed
        } else if self.shown.iter().any(|diagnostic| counts(diagnostic) && is_fatal(diagnostic)) {
            Exit::Errors
        } else {
            Exit::Fine
        }
    }

    /// The folder of the package asked for, as diagnostics name it; empty for the current one.
    fn package_folder(&self) -> &str {
        let root = self.compilation.program.root().and_then(|package| package.model.head.as_ref());
        root.map_or("", |head| &self.compilation.sources.file(head.origin.span.file).folder)
    }

    /// The model, for outputs that need one.
    fn has_model(&self) -> Result<(), Failure> {
        let root = self.compilation.program.root();
        match root.and_then(|package| package.model.head.as_ref()) {
            Some(_) => Ok(()),
            None => Err(Failure::new(
                "this package describes no model",
                "add a `model` statement; without one there is only `prm build --format json`",
            )),
        }
    }
}

/// Names what has nearly the name of a source, and was not read.
fn overlooked(names: &[String]) {
    overlooked_line(names).into_iter().for_each(output::say);
}

fn overlooked_line(names: &[String]) -> Option<String> {
    let (listed, is) = (words::list(names, "and", 6), if names.len() == 1 { "is" } else { "are" });
    (!names.is_empty()).then(|| format!("{listed} {is} not read: the name of a source ends in `.prm`"))
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    #[test]
    fn a_panic_says_what_to_report_and_is_a_failure() {
        let said = Arc::new(Mutex::new(String::new()));
        let heard = Arc::clone(&said);
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |panic| heard.lock().unwrap().push_str(&defect(panic))));
        let exit = whatever_happens(|| panic!("nobody thought of this"));
        panic::set_hook(usual);
        let said = said.lock().unwrap();
        assert_eq!(exit, Exit::Failed);
        for words in
            ["defect of prm", "/issues", env!("CARGO_PKG_VERSION"), "src/cli/mod.rs:", "nobody thought of this"]
        {
            assert!(said.contains(words), "{words}: {said}");
        }
    }
}
