//! Diagnostics as the report of a test run, which most pipelines can show: a suite for each file, in it a case for each
//! finding, or one that passes where nothing was found.
//!
//! It keeps to the schema that Jenkins has for it. Cases have names that stay when lines move, and no times, so that a
//! report is the same bytes on every run. An error fails; a warning or a hint is a case that was skipped, because that
//! is shown and fails nothing.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::fingerprint::{Fingerprint, fingerprints};
use super::{Told, printable, short};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Sources;

/// The report of one run, and of what could not be done in it.
pub(super) fn report(diagnostics: &[Diagnostic], told: &[Told], sources: &Sources) -> String {
    let mut suites: BTreeMap<String, Vec<(&Diagnostic, Fingerprint)>> = BTreeMap::new();
    for (_, source) in sources.iter().filter(|(_, source)| !source.folder.starts_with('<')) {
        suites.entry(source.display()).or_default();
    }
    for (diagnostic, fingerprint) in diagnostics.iter().zip(fingerprints(diagnostics, sources)) {
        let file = sources.file(diagnostic.primary.span.file).display();
        suites.entry(file).or_default().push((diagnostic, fingerprint));
    }
    let suites: String = suites.iter().map(|(file, found)| suite(file, found, sources)).collect();
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"prm\">\n{suites}{}{END}", failures(told))
}

const END: &str = "</testsuites>\n";

/// The report with what could not be done afterwards.
pub(super) fn with(report: &str, told: &[Told]) -> String {
    format!("{}{}{END}", report.strip_suffix(END).unwrap_or(report), failures(told))
}

fn suite(file: &str, found: &[(&Diagnostic, Fingerprint)], sources: &Sources) -> String {
    let failed = found.iter().filter(|(diagnostic, _)| diagnostic.severity == Severity::Error).count();
    let mut cases: String = found.iter().map(|(diagnostic, nth)| case(file, diagnostic, *nth, sources)).collect();
    if found.is_empty() {
        cases = format!("    <testcase classname=\"{}\" name=\"nothing found\"/>\n", text(file));
    }
    format!(
        "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{failed}\" errors=\"0\" skipped=\"{}\">\n{cases}  \
         </testsuite>\n",
        text(file),
        found.len().max(1),
        found.len() - failed
    )
}

fn case(file: &str, diagnostic: &Diagnostic, fingerprint: Fingerprint, sources: &Sources) -> String {
    let about = diagnostic.subject.as_ref().map_or(diagnostic.message.as_str(), |subject| subject.id.as_str());
    let which = if fingerprint.nth() > 1 { format!(" ({})", fingerprint.nth()) } else { String::new() };
    let code = diagnostic.code;
    let kind = if diagnostic.severity == Severity::Error { "failure" } else { "skipped" };
    let help = diagnostic.help.iter().map(|help| format!("help: {}\n", printable::lines(help)));
    format!(
        "    <testcase classname=\"{}\" name=\"{}\">\n      <{kind} type=\"{}\" message=\"{}\">{}</{kind}>\n    \
         </testcase>\n",
        text(file),
        text(&format!("{} {}: {about}{which}", code.code, code.name)),
        code.code,
        text(&diagnostic.message),
        escape(&(short::line(diagnostic, sources) + &help.collect::<String>())),
    )
}

/// A suite of its own, so that no report without findings is taken for a run that went well.
fn failures(told: &[Told]) -> String {
    if told.is_empty() {
        return String::new();
    }
    let errors = told.iter().filter(|told| told.severity == Severity::Error).count();
    let cases = told.iter().enumerate().map(|(number, told)| {
        let kind = if told.severity == Severity::Error { "error" } else { "skipped" };
        format!(
            "    <testcase classname=\"prm\" name=\"run {}\">\n      <{kind} message=\"{}\"/>\n    </testcase>\n",
            number + 1,
            text(&told.message)
        )
    });
    format!(
        "  <testsuite name=\"prm\" tests=\"{}\" failures=\"0\" errors=\"{errors}\" skipped=\"{}\">\n{}  </testsuite>\n",
        told.len(),
        told.len() - errors,
        cases.collect::<String>()
    )
}

/// A text on one line.
fn text(text: &str) -> Cow<'_, str> {
    match printable::line(text) {
        Cow::Borrowed(text) => escape(text),
        Cow::Owned(text) => Cow::Owned(escape(&text).into_owned()),
    }
}

/// A printable text, in which XML has nothing to say. That no `>` stays takes care of `]]>`.
fn escape(text: &str) -> Cow<'_, str> {
    let acts = ['&', '<', '>', '"', '\'', '\u{fffe}', '\u{ffff}'];
    if !text.contains(acts) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            // No characters of XML, however they are written.
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            other => out.push(other),
        }
    }
    Cow::Owned(out)
}
