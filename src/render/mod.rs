//! Diagnostics as text: for people to read, and in the forms that machines read.

mod excerpt;
pub mod fingerprint;
mod github;
mod gitlab;
mod human;
pub mod json;
mod junit;
#[cfg(feature = "miette")]
mod manifest;
pub mod printable;
mod sarif;
mod short;
mod single;

use crate::diagnostic::{self, Diagnostic, Severity, words};
use crate::source::Sources;
use excerpt::Look;

/// A form of `--message-format`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MessageFormat {
    /// Source in a drawn frame, in colour where the terminal has it.
    Human,
    /// The same without colour and box characters: for screen readers, logs and mail.
    Plain,
    /// One line each.
    Short,
    /// One JSON object a line.
    Json,
    /// One SARIF 2.1.0 log.
    Sarif,
    /// Workflow commands that GitHub shows beside the lines of a change.
    Github,
    /// A report on code quality for GitLab.
    Gitlab,
    /// The report of a test run, a suite for each file.
    Junit,
}

impl MessageFormat {
    /// Every form.
    pub const ALL: &[MessageFormat] = &[
        MessageFormat::Human,
        MessageFormat::Plain,
        MessageFormat::Short,
        MessageFormat::Json,
        MessageFormat::Sarif,
        MessageFormat::Github,
        MessageFormat::Gitlab,
        MessageFormat::Junit,
    ];

    /// The word on the command line, and what it means there.
    fn row(self) -> (&'static str, &'static str) {
        match self {
            MessageFormat::Human => ("human", "Frames, with colour on a terminal"),
            MessageFormat::Plain => {
                ("plain", "Frames without colour or lines to draw them: for mail, logs and screen readers")
            }
            MessageFormat::Short => ("short", "file:line:column: error[P301]: message"),
            MessageFormat::Json => ("json", "One JSON object a line"),
            MessageFormat::Sarif => ("sarif", "SARIF 2.1.0"),
            MessageFormat::Github => ("github", "Annotations of GitHub Actions"),
            MessageFormat::Gitlab => ("gitlab", "GitLab's report on code quality"),
            MessageFormat::Junit => ("junit", "JUnit XML, a suite for each file"),
        }
    }

    /// The word on the command line.
    pub fn word(self) -> &'static str {
        self.row().0
    }

    /// What it is, for those who choose one.
    pub fn about(self) -> &'static str {
        self.row().1
    }

    /// Whether people read it, so that a closing line may follow.
    pub fn for_people(self) -> bool {
        matches!(self, MessageFormat::Human | MessageFormat::Plain)
    }

    /// Whether it is one document for a run, in which a failure that comes later has its place too.
    pub fn is_document(self) -> bool {
        matches!(self, MessageFormat::Sarif | MessageFormat::Gitlab | MessageFormat::Junit)
    }

    /// Whether it is shown beside the files of a checkout, which holds no package that comes with the compiler.
    pub fn is_for_checkouts(self) -> bool {
        self.is_document() || self == MessageFormat::Github
    }
}

/// Diagnostics in a form, in the order given.
///
/// Files are named relative to the current folder. Colour is for [`MessageFormat::Human`] alone.
pub fn diagnostics(format: MessageFormat, diagnostics: &[Diagnostic], sources: &Sources, color: bool) -> String {
    match format {
        MessageFormat::Human => human::diagnostics(diagnostics, sources, Look { ascii: false, color }),
        MessageFormat::Plain => human::diagnostics(diagnostics, sources, Look { ascii: true, color: false }),
        MessageFormat::Short => short::diagnostics(diagnostics, sources),
        MessageFormat::Json => json::diagnostics(diagnostics, sources),
        MessageFormat::Sarif => sarif::log(diagnostics, &[], sources),
        MessageFormat::Gitlab => gitlab::report(diagnostics, &[], sources),
        MessageFormat::Junit => junit::report(diagnostics, &[], sources),
        MessageFormat::Github => github::diagnostics(diagnostics, sources),
    }
}

/// What is no finding in a model and has no place, such as that something could not be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// An error is a failure of the run.
    pub severity: Severity,
    /// What it is.
    pub message: String,
}

/// Diagnostics in a form, and what else there is to tell. For people only the diagnostics are put in words.
pub fn report(
    format: MessageFormat,
    diagnostics: &[Diagnostic],
    told: &[Told],
    sources: &Sources,
    color: bool,
) -> String {
    let line: fn(&Told) -> String = match format {
        MessageFormat::Sarif => return sarif::log(diagnostics, told, sources),
        MessageFormat::Gitlab => return gitlab::report(diagnostics, told, sources),
        MessageFormat::Junit => return junit::report(diagnostics, told, sources),
        MessageFormat::Short => short::told,
        MessageFormat::Json => json::told,
        MessageFormat::Github => github::told,
        _ => |_| String::new(),
    };
    // What could not be done stands before what may come of it.
    told.iter().map(line).collect::<String>() + &self::diagnostics(format, diagnostics, sources, color)
}

/// A document that was made before something could not be done, with that in it.
pub fn document_with(format: MessageFormat, document: &str, told: &[Told]) -> String {
    match format {
        MessageFormat::Gitlab => gitlab::with(document, told),
        MessageFormat::Junit => junit::with(document, told),
        _ => sarif::with(document, told),
    }
}

/// How many there are of each severity, in a line for people: `2 errors, 1 warning`; empty where there are none.
pub fn summary(diagnostics: &[Diagnostic]) -> String {
    let count = |severity| diagnostic::count(diagnostics.iter().filter(|found| found.severity == severity));
    let counts: Vec<String> = [Severity::Error, Severity::Warning, Severity::Hint]
        .map(|severity| (count(severity), severity.word()))
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, word)| words::count(number, word))
        .collect();
    counts.join(", ")
}
