//! Diagnostics as JSON, one object a line; the same objects, without what they are known by, stand in the outputs of a build.

use serde::Serialize;

use super::fingerprint::{Fingerprint, fingerprints};
use super::{Told, printable};
use crate::diagnostic::{self, Edit, Label};
use crate::source::Sources;
use crate::span::Span;

/// What files are named relative to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    /// The current folder: in messages.
    CurrentFolder,
    /// The folder of the file's own package: in outputs, which are the same wherever they are made.
    Package,
}

/// A diagnostic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Diagnostic {
    /// The code, such as `P301`.
    pub code: &'static str,
    /// The name of the code, such as `uncovered-requirement`.
    pub name: &'static str,
    /// How grave it is.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["error", "warning", "hint"])))]
    pub severity: &'static str,
    /// What is wrong.
    pub message: String,
    /// Where it is.
    #[serde(flatten)]
    pub place: Place,
    /// What to do.
    pub help: Option<String>,
    /// What was expected at the place.
    pub label: Option<String>,
    /// Other places that have to do with it.
    pub related: Vec<Related>,
    /// The change of source that would mend it, where there is one.
    pub edit: Option<Replacement>,
    /// How many more of the code there are in the file, which are not listed; absent where there are none.
    #[serde(skip_serializing_if = "is_nothing")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub more: usize,
}

fn is_nothing(number: &usize) -> bool {
    *number == 0
}

/// A stretch of a file. Lines and columns count from 1, columns in characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Place {
    /// The file, with `/` between its parts.
    pub file: String,
    /// The line of its first character.
    pub line: usize,
    /// The column of its first character.
    pub column: usize,
    /// The line on which it ends.
    pub end_line: usize,
    /// The column just behind its last character.
    pub end_column: usize,
}

/// A further place of a diagnostic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Related {
    /// Where it is.
    #[serde(flatten)]
    pub place: Place,
    /// What it has to do with the diagnostic.
    pub label: Option<String>,
}

/// A change of source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Replacement {
    /// What is replaced; empty where something is inserted.
    #[serde(flatten)]
    pub place: Place,
    /// What stands there afterwards.
    pub text: String,
    /// Whether it is certain that this was meant.
    pub certain: bool,
}

/// A line for each.
pub(super) fn diagnostics(diagnostics: &[diagnostic::Diagnostic], sources: &Sources) -> String {
    let object = |diagnostic| Diagnostic::new(diagnostic, sources, Naming::CurrentFolder);
    diagnostics.iter().zip(fingerprints(diagnostics, sources)).map(|(found, key)| line(object(found), key)).collect()
}

/// A diagnostic, and what it is known by from one run to the next.
#[derive(Serialize)]
struct Line {
    #[serde(flatten)]
    diagnostic: Diagnostic,
    fingerprint: String,
}

fn line(diagnostic: Diagnostic, fingerprint: Fingerprint) -> String {
    let line = Line { diagnostic, fingerprint: fingerprint.named() };
    // INVARIANT: text and numbers always serialize.
    printable::json(&serde_json::to_string(&line).unwrap_or_default()).into_owned() + "\n"
}

/// What could not be done, with the keys of a diagnostic.
pub(super) fn told(told: &Told) -> String {
    let object = serde_json::json!({
        "code": null, "name": null, "severity": told.severity.word(), "message": told.message,
        "file": null, "line": null, "column": null, "end_line": null, "end_column": null,
        "help": null, "label": null, "related": [], "edit": null, "fingerprint": null,
    });
    printable::json(&object.to_string()).into_owned() + "\n"
}

impl Diagnostic {
    /// A diagnostic as it stands in JSON.
    pub fn new(diagnostic: &diagnostic::Diagnostic, sources: &Sources, naming: Naming) -> Diagnostic {
        let place = |span| Place::new(span, sources, naming);
        let related = |label: &Label| Related { place: place(label.span), label: some(&label.text) };
        let replacement =
            |edit: &Edit| Replacement { place: place(edit.span), text: edit.text.clone(), certain: edit.is_certain };
        Diagnostic {
            code: diagnostic.code.code,
            name: diagnostic.code.name,
            severity: diagnostic.severity.word(),
            message: diagnostic.message.clone(),
            place: place(diagnostic.primary.span),
            help: diagnostic.help.clone(),
            label: some(&diagnostic.primary.text),
            related: diagnostic.secondary.iter().map(related).collect(),
            edit: diagnostic.edit.as_ref().map(replacement),
            more: diagnostic.more,
        }
    }
}

impl Place {
    /// The place of a span.
    pub fn new(span: Span, sources: &Sources, naming: Naming) -> Place {
        let source = sources.file(span.file);
        let (start, end) = (sources.position(span), sources.end_position(span));
        let file = match naming {
            Naming::CurrentFolder => source.display(),
            Naming::Package => source.path.clone(),
        };
        Place { file, line: start.line, column: start.column, end_line: end.line, end_column: end.column }
    }
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}
