//! One line a diagnostic, as compilers and editors have long agreed on: `file:line:column: error[P301]: message`.

use super::{Told, printable};
use crate::diagnostic::Diagnostic;
use crate::source::Sources;

/// A line for each.
pub(super) fn diagnostics(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    diagnostics.iter().map(|diagnostic| line(diagnostic, sources)).collect()
}

/// A line without a place.
pub(super) fn told(told: &Told) -> String {
    format!("{}: {}\n", told.severity.word(), printable::line(&told.message))
}

/// The line, with its line break.
pub(super) fn line(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let span = diagnostic.primary.span;
    let position = sources.position(span);
    format!(
        "{}:{}:{}: {}[{}]: {}\n",
        printable::no_command(&printable::line(&sources.file(span.file).display())),
        position.line,
        position.column,
        diagnostic.severity.word(),
        diagnostic.code.code,
        printable::line(&diagnostic.message_with_rest()),
    )
}
