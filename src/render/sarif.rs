//! Diagnostics as a SARIF 2.1.0 log, for code scanning and the viewers of editors.

use std::collections::BTreeMap;

use serde::Serialize;

use super::fingerprint::{FORM, Fingerprint, fingerprints};
use super::{Told, printable};
use crate::diagnostic::{Code, Diagnostic, Edit, Label, Severity, words};
use crate::source::Sources;
use crate::source::lines::Position;
use crate::span::{FileId, Span};

/// The log of one run, and of what could not be done in it.
pub(super) fn log(diagnostics: &[Diagnostic], told: &[Told], sources: &Sources) -> String {
    let fingerprints = fingerprints(diagnostics, sources);
    let (kept, left_out) = kept(diagnostics);
    let codes = codes(kept.iter().map(|at| &diagnostics[*at]));
    let found = kept.iter().map(|at| Finding::new(&diagnostics[*at], fingerprints[*at], &codes, sources));
    let results = found.collect();
    let rules = codes.iter().copied().map(Rule::new).collect();
    let driver = Driver { name: "prm", version: env!("CARGO_PKG_VERSION"), information_uri: REPOSITORY, rules };
    let told: Vec<Told> = told.iter().cloned().chain(left_out).collect();
    let run = Run {
        tool: Tool { driver },
        automation_details: AutomationDetails { id: automation(sources) },
        original_uri_base_ids: BTreeMap::from([(BASE, Base { description: Text { text: BASE_IS.to_owned() } })]),
        column_kind: "unicodeCodePoints",
        invocations: [Invocation::new(&told)],
        results,
    };
    let log = Log { schema: SCHEMA, version: "2.1.0", runs: [run] };
    // INVARIANT: text and numbers always serialize.
    printable::json(&serde_json::to_string_pretty(&log).unwrap_or_default()).into_owned() + "\n"
}

/// A run with more results is refused by GitHub's code scanning as a whole.
const MOST: usize = 25_000;

/// The findings that a log has room for, the gravest of them, in their order; and what is to be told of the others.
fn kept(diagnostics: &[Diagnostic]) -> (Vec<usize>, Option<Told>) {
    let mut kept: Vec<usize> = (0..diagnostics.len()).collect();
    let left_out = kept.len().saturating_sub(MOST);
    if left_out == 0 {
        return (kept, None);
    }
    kept.sort_by_key(|at| (diagnostics[*at].severity, !diagnostics[*at].code.family.forbids_output()));
    kept.truncate(MOST);
    kept.sort_unstable();
    let (findings, are) = (words::count(left_out, "finding"), if left_out == 1 { "is" } else { "are" });
    let message = format!(
        "{findings} {are} left out, none graver than those in this log: code scanners take {MOST} of a run; \
         `--message-format json` has all"
    );
    (kept, Some(Told { severity: Severity::Warning, message }))
}

/// The log with what could not be done afterwards.
pub(super) fn with(log: &str, told: &[Told]) -> String {
    let mut log: serde_json::Value = serde_json::from_str(log).unwrap_or_default();
    if let Some(invocation) = log.pointer_mut("/runs/0/invocations/0").and_then(serde_json::Value::as_object_mut) {
        let Invocation { execution_successful, tool_execution_notifications } = Invocation::new(told);
        if !execution_successful {
            invocation.insert("executionSuccessful".to_owned(), false.into());
        }
        // What was told before stays told.
        let all = invocation.entry("toolExecutionNotifications").or_insert_with(|| serde_json::json!([]));
        all.as_array_mut().into_iter().for_each(|all| {
            all.extend(tool_execution_notifications.iter().map(|notification| serde_json::json!(notification)));
        });
    }
    printable::json(&serde_json::to_string_pretty(&log).unwrap_or_default()).into_owned() + "\n"
}

/// How the run went: who takes the log must not take findings for mended that were only not looked for.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tool_execution_notifications: Vec<Notification>,
}

impl Invocation {
    fn new(told: &[Told]) -> Invocation {
        let notification =
            |told: &Told| Notification { level: level(told.severity), message: Text { text: told.message.clone() } };
        Invocation {
            execution_successful: told.iter().all(|told| told.severity != Severity::Error),
            tool_execution_notifications: told.iter().map(notification).collect(),
        }
    }
}

#[derive(Serialize)]
struct Notification {
    level: &'static str,
    message: Text,
}

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
const REPOSITORY: &str = env!("CARGO_PKG_REPOSITORY");

/// What relative paths begin at; viewers and code scanners take the root of the checkout for it.
const BASE: &str = "%SRCROOT%";
const BASE_IS: &str = "The folder in which prm was run.";

/// What is checked: code scanners keep the findings of one package apart from those of another, which are no news of it.
fn automation(sources: &Sources) -> String {
    let first = sources.iter().next().map(|(_, source)| match source.path.as_str() {
        "prm.toml" => source.folder.clone(),
        _ => source.display(),
    });
    let package = first.unwrap_or_default();
    let package = package.trim_matches(['/', '.']);
    if package.is_empty() { "prm/".to_owned() } else { format!("prm/{package}/") }
}

/// The codes that occur, in order.
fn codes<'d>(diagnostics: impl Iterator<Item = &'d Diagnostic>) -> Vec<&'static Code> {
    let mut codes: Vec<&Code> = diagnostics.map(|diagnostic| diagnostic.code).collect();
    codes.sort_by_key(|code| code.code);
    codes.dedup();
    codes
}

#[derive(Serialize)]
struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Tool,
    automation_details: AutomationDetails,
    original_uri_base_ids: BTreeMap<&'static str, Base>,
    column_kind: &'static str,
    invocations: [Invocation; 1],
    results: Vec<Finding>,
}

#[derive(Serialize)]
struct AutomationDetails {
    id: String,
}

#[derive(Serialize)]
struct Base {
    description: Text,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    version: &'static str,
    information_uri: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: &'static str,
    name: &'static str,
    short_description: Text,
    help_uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<Page>,
    default_configuration: Configuration,
    properties: History,
}

impl Rule {
    fn new(code: &'static Code) -> Rule {
        Rule {
            id: code.code,
            name: code.name,
            short_description: Text { text: code.summary.to_owned() },
            help_uri: format!("{REPOSITORY}/blob/main/src/explain/{}.md", code.code),
            help: (!code.page.is_empty()).then_some(Page { text: code.page, markdown: code.page }),
            default_configuration: Configuration { level: level(code.severity) },
            properties: History { family: code.family.word(), since: code.since, source: code.source },
        }
    }
}

/// What the format has no names for.
#[derive(Serialize)]
struct History {
    family: &'static str,
    since: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'static str>,
}

#[derive(Serialize)]
struct Page {
    text: &'static str,
    markdown: &'static str,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Text {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Finding {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Text,
    /// What it is known by: to who knows the form, and to GitHub, which would take the text of the line otherwise.
    partial_fingerprints: BTreeMap<&'static str, String>,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Fix>,
}

impl Finding {
    fn new(diagnostic: &Diagnostic, known_by: Fingerprint, codes: &[&'static Code], sources: &Sources) -> Finding {
        let code = diagnostic.code.code;
        Finding {
            rule_id: code,
            rule_index: codes.partition_point(|other| other.code < code),
            level: level(diagnostic.severity),
            message: message(diagnostic),
            partial_fingerprints: [FORM, "primaryLocationLineHash"].map(|form| (form, known_by.to_string())).into(),
            locations: [Location::new(&diagnostic.primary, sources)],
            related_locations: diagnostic.secondary.iter().map(|label| Location::new(label, sources)).collect(),
            fixes: diagnostic.edit.iter().map(|edit| Fix::new(edit, diagnostic, sources)).collect(),
        }
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "note",
        Severity::Off => "none",
    }
}

/// The message with its help: viewers show nothing else of a result.
fn message(diagnostic: &Diagnostic) -> Text {
    let message = diagnostic.message_with_rest();
    let text = match &diagnostic.help {
        Some(help) => format!("{message}\nhelp: {help}"),
        None => message.into_owned(),
    };
    Text { text }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text>,
}

impl Location {
    fn new(label: &Label, sources: &Sources) -> Location {
        let physical_location = PhysicalLocation {
            artifact_location: ArtifactLocation::new(label.span.file, sources),
            region: Region::new(label.span, sources),
        };
        let message = (!label.text.is_empty()).then(|| Text { text: label.text.clone() });
        Location { physical_location, message }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactLocation {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri_base_id: Option<&'static str>,
}

impl ArtifactLocation {
    fn new(file: FileId, sources: &Sources) -> ArtifactLocation {
        let path = sources.file(file).display();
        ArtifactLocation { uri: uri(&path), uri_base_id: (!path.starts_with('/')).then_some(BASE) }
    }
}

/// A path as a URI reference; relative unless the path is absolute.
fn uri(path: &str) -> String {
    let mut uri = if path.starts_with('/') { "file://".to_owned() } else { String::new() };
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

/// A stretch of a file; the end column is the one just behind it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

impl Region {
    fn new(span: Span, sources: &Sources) -> Region {
        let Position { line: start_line, column: start_column } = sources.position(span);
        let Position { line: end_line, column: end_column } = sources.end_position(span);
        Region { start_line, start_column, end_line, end_column }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fix {
    description: Text,
    artifact_changes: [ArtifactChange; 1],
    properties: Certainty,
}

#[derive(Serialize)]
struct Certainty {
    certain: bool,
}

impl Fix {
    fn new(edit: &Edit, diagnostic: &Diagnostic, sources: &Sources) -> Fix {
        let replacement = Replacement {
            deleted_region: Region::new(edit.span, sources),
            inserted_content: Text { text: edit.text.clone() },
        };
        let artifact_location = ArtifactLocation::new(edit.span.file, sources);
        let text = diagnostic.help.clone().unwrap_or_else(|| diagnostic.message.clone());
        Fix {
            description: Text { text },
            artifact_changes: [ArtifactChange { artifact_location, replacements: [replacement] }],
            properties: Certainty { certain: edit.is_certain },
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactChange {
    artifact_location: ArtifactLocation,
    replacements: [Replacement; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement {
    deleted_region: Region,
    inserted_content: Text,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_as_uris() {
        assert_eq!(uri("../a b/ä:1.prm"), "../a%20b/%C3%A4%3A1.prm");
        assert_eq!(uri("/models/a.prm"), "file:///models/a.prm");
    }
}
