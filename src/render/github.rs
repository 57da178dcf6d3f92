//! Workflow commands of GitHub Actions, which show diagnostics beside the lines of a change.

use super::{Told, printable};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Sources;

/// A command for each, on a line of its own.
pub(super) fn diagnostics(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    diagnostics.iter().map(|diagnostic| command(diagnostic, sources)).collect()
}

/// A command without a place.
pub(super) fn told(told: &Told) -> String {
    format!("::{}::{}\n", word(told.severity), escape(&printable::line(&told.message)))
}

fn command(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let span = diagnostic.primary.span;
    let (start, end) = (sources.position(span), sources.end_position(span));
    // GitHub refuses columns where the lines differ.
    let place = if start.line == end.line {
        format!("line={},col={},endLine={},endColumn={}", start.line, start.column, end.line, end.column)
    } else {
        format!("line={},endLine={}", start.line, end.line)
    };
    let file = property(&printable::source(&sources.file(span.file).display()));
    let title = property(&format!("{} {}", diagnostic.code.code, diagnostic.code.name));
    format!("::{} file={file},{place},title={title}::{}\n", word(diagnostic.severity), message(diagnostic))
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint | Severity::Off => "notice",
    }
}

/// The message, and the help on lines of its own: GitHub shows nothing else.
fn message(diagnostic: &Diagnostic) -> String {
    let said = diagnostic.message_with_rest();
    let message = printable::line(&said);
    match &diagnostic.help {
        Some(help) => escape(&format!("{message}\nhelp: {}", printable::lines(help))),
        None => escape(&message),
    }
}

fn escape(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    escape(text).replace(':', "%3A").replace(',', "%2C")
}
