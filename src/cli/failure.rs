//! Failures of the command itself, shown by miette; what is wrong in a model is a diagnostic, and shown by `render`.

use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme};

use crate::diagnostic::Severity;
use crate::package::Unreadable;
use crate::package::files::NO_FILE;
use crate::render::{Told, printable};

/// Why it could not be done.
#[derive(Debug)]
pub struct Failure {
    message: String,
    help: String,
}

impl Failure {
    /// A failure, and what to do about it.
    pub fn new(message: impl Into<String>, help: impl Into<String>) -> Failure {
        Failure { message: message.into(), help: help.into() }
    }

    /// As it is, with something else to do about it.
    #[must_use]
    pub fn with_help(self, help: &str) -> Failure {
        Failure { help: help.to_owned(), ..self }
    }

    /// A file that could not be read.
    pub fn unreadable(file: &Unreadable) -> Failure {
        let help = match file.problem.as_str() {
            NO_FILE => "take it away; only files are read",
            problem if problem.contains("leads out") || problem.contains("is a link") => {
                "put the file itself there, or name its package in `[dependencies]` of prm.toml"
            }
            problem if problem.contains("name is not") => "give it a name in UTF-8",
            problem if problem.contains("MiB") => "split it into several, or look what has come into it",
            problem if problem.contains("prm.toml") => "make one with `prm new`, or name a .prm file",
            problem if problem.contains("UTF-8") => "save the file as UTF-8 in your editor",
            _ => "check the path and its permissions",
        };
        Failure::new(format!("cannot read `{}`: {}", file.path, file.problem), help)
    }

    /// What is told to machines.
    pub fn told(&self) -> Told {
        Told { severity: Severity::Error, message: self.message.clone() }
    }

    /// What is shown to people.
    pub fn shown(&self, color: bool) -> String {
        let theme = if color { GraphicalTheme::unicode() } else { GraphicalTheme::none() };
        let mut text = String::new();
        // Writing to a String cannot fail.
        let _ = GraphicalReportHandler::new_themed(theme).with_width(100).render_report(&mut text, self);
        text
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&printable::line(&self.message))
    }
}

impl std::error::Error for Failure {}

impl Diagnostic for Failure {
    fn help<'a>(&'a self) -> Option<Box<dyn std::fmt::Display + 'a>> {
        Some(Box::new(printable::lines(&self.help)))
    }
}
