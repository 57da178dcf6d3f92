//! The compiler's terms to the protocol's: places and diagnostics. Nothing else translates a [`Diagnostic`]
//! for the editor.

use std::ops::Range;

use lsp_types as lsp;

use super::positions::Positions;
use super::snapshot::Snapshot;
use super::workspace::Workspace;
use crate::diagnostic::{Diagnostic, Label, Severity, order};
use crate::span::Span;

/// Where the pages of the codes lie.
const PAGES: &str = concat!(env!("CARGO_PKG_REPOSITORY"), "/blob/main/src/explain/");

/// A diagnostic, at a range of its file.
pub fn diagnostic(
    workspace: &Workspace,
    snapshot: &Snapshot,
    diagnostic: &Diagnostic,
    range: lsp::Range,
) -> lsp::Diagnostic {
    let code = diagnostic.code;
    let related: Vec<lsp::DiagnosticRelatedInformation> =
        diagnostic.secondary.iter().map(|label| related(workspace, snapshot, label)).collect();
    let message = diagnostic.message_with_rest();
    let message = match &diagnostic.help {
        Some(help) => format!("{message}\nhelp: {help}"),
        None => message.into_owned(),
    };
    lsp::Diagnostic {
        range,
        severity: Some(severity(diagnostic.severity)),
        code: Some(lsp::Code::String(code.code.to_owned())),
        code_description: workspace
            .client
            .code_links
            .then(|| lsp::CodeDescription { href: lsp::Uri(format!("{PAGES}{}.md", code.code)) }),
        source: Some("prm".to_owned()),
        message: lsp::Message::String(message),
        tags: None,
        related_information: (!related.is_empty() && workspace.client.related_information).then_some(related),
        data: None,
    }
}

/// A text with marks for the client: as it is, or, where it shows none, without them.
pub fn markup(workspace: &Workspace, text: String) -> lsp::MarkupContent {
    if workspace.client.markdown {
        return lsp::MarkupContent { kind: lsp::MarkupKind::Markdown, value: text };
    }
    let lines = text.lines().filter(|line| !line.starts_with("```"));
    let lines = lines.map(|line| if line == "---" { String::new() } else { line.replace("**", "").replace('`', "") });
    let lines = lines.map(|line| match line.strip_prefix('*').and_then(|line| line.strip_suffix('*')) {
        Some(slanted) => slanted.to_owned(),
        None => line,
    });
    lsp::MarkupContent { kind: lsp::MarkupKind::PlainText, value: lines.collect::<Vec<_>>().join("\n") }
}

fn related(workspace: &Workspace, snapshot: &Snapshot, label: &Label) -> lsp::DiagnosticRelatedInformation {
    let message = if label.text.is_empty() { "here".to_owned() } else { label.text.clone() };
    lsp::DiagnosticRelatedInformation { location: workspace.location(snapshot, label.span), message }
}

fn severity(severity: Severity) -> lsp::DiagnosticSeverity {
    match severity {
        Severity::Error => lsp::DiagnosticSeverity::Error,
        Severity::Warning => lsp::DiagnosticSeverity::Warning,
        Severity::Hint | Severity::Off => lsp::DiagnosticSeverity::Hint,
    }
}

/// The diagnostics of a compilation in one file, at the places where they are now; hints where they are asked for.
pub fn diagnostics_of(workspace: &Workspace, snapshot: &Snapshot, path: &str) -> Vec<lsp::Diagnostic> {
    let Some(file) = snapshot.file(path) else { return Vec::new() };
    let is_shown = |severity: Severity| severity != Severity::Hint || workspace.client.pedantic;
    let amended = workspace.amended(snapshot).map(|amended| &amended.reworded);
    let is_gone = |at: usize| amended.is_some_and(|amended| amended.gone.binary_search(&at).is_ok());
    let seen = workspace.seen(snapshot, file);
    let mut told: Vec<(&Diagnostic, Range<usize>)> = Vec::new();
    for (at, found) in snapshot.compilation.diagnostics.iter().enumerate() {
        if found.primary.span.file == file && is_shown(found.severity) && !is_gone(at) {
            told.push((found, seen.now(found.primary.span)));
        }
    }
    if let Some(amended) = amended {
        let said = amended.said.iter().filter(|found| is_shown(found.severity));
        let said = said.map(|found| (found, workspace.now(snapshot, found.primary.span)));
        told.extend(said.filter(|(_, (in_file, _))| *in_file == file).map(|(found, (_, bytes))| (found, bytes)));
        // As the compilation would sort them.
        let place =
            |told: &(&Diagnostic, Range<usize>)| (!told.0.is_cause(), told.1.start, told.1.end, told.0.code.code);
        let now = |span: Span| {
            let (file, bytes) = workspace.now(snapshot, span);
            (file, bytes.start, bytes.end)
        };
        told.sort_by(|one, other| place(one).cmp(&place(other)).then_with(|| order(one.0, other.0, now)));
    }
    let positions = Positions::new(seen.text, seen.lines, workspace.client.encoding);
    let range = |bytes: Range<usize>| positions.range(bytes);
    told.into_iter().map(|(found, bytes)| diagnostic(workspace, snapshot, found, range(bytes))).collect()
}

/// The same place as a range of a text that has not changed.
pub fn range(positions: &Positions<'_>, span: Span) -> lsp::Range {
    positions.range(span.range())
}
