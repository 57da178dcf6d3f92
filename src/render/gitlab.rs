//! Diagnostics as a report on code quality, which GitLab shows beside a merge request.

use serde::Serialize;

use super::fingerprint::fingerprints;
use super::{Told, printable};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Sources;

/// A list with an entry for each.
pub(super) fn report(diagnostics: &[Diagnostic], told: &[Told], sources: &Sources) -> String {
    let fingerprints = fingerprints(diagnostics, sources);
    let found = diagnostics.iter().zip(fingerprints).map(|(diagnostic, fingerprint)| Entry {
        description: printable::line(&diagnostic.message).into_owned(),
        check_name: diagnostic.code.name.to_owned(),
        fingerprint: format!("{}:{fingerprint}", diagnostic.code.code),
        severity: severity(diagnostic),
        location: Location {
            path: sources.file(diagnostic.primary.span.file).display(),
            lines: Lines {
                begin: sources.line(diagnostic.primary.span),
                end: sources.end_position(diagnostic.primary.span).line,
            },
        },
    });
    write(&found.chain(told.iter().enumerate().map(failure)).collect::<Vec<_>>())
}

/// The list with what could not be done afterwards.
pub(super) fn with(report: &str, told: &[Told]) -> String {
    let mut entries: Vec<serde_json::Value> = serde_json::from_str(report).unwrap_or_default();
    entries.extend(told.iter().enumerate().map(|told| serde_json::json!(failure(told))));
    write(&entries)
}

fn write(entries: &[impl Serialize]) -> String {
    // INVARIANT: text and numbers always serialize.
    printable::json(&serde_json::to_string_pretty(entries).unwrap_or_default()).into_owned() + "\n"
}

#[derive(Serialize)]
struct Entry {
    description: String,
    check_name: String,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

fn severity(diagnostic: &Diagnostic) -> &'static str {
    match diagnostic.severity {
        Severity::Error if diagnostic.code.family.forbids_output() => "critical",
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Hint | Severity::Off => "info",
    }
}

/// What could not be done has no place, but the format wants one.
fn failure((number, told): (usize, &Told)) -> Entry {
    Entry {
        description: printable::line(&told.message).into_owned(),
        check_name: "prm".to_owned(),
        fingerprint: format!("prm:{}", number + 1),
        severity: if told.severity == Severity::Error { "blocker" } else { "minor" },
        location: Location { path: ".".to_owned(), lines: Lines { begin: 1, end: 1 } },
    }
}
