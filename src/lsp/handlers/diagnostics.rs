//! Diagnostics: of a file in all packages that know it, of its syntax alone, and for clients that ask themselves.

use std::hash::{Hash, Hasher};

use lsp_types as lsp;
use rustc_hash::{FxHashMap, FxHasher};
use serde_json::json;

use super::Fault;
use crate::codes;
use crate::diagnostic::Family;
use crate::lsp::documents::Document;
use crate::lsp::positions::Positions;
use crate::lsp::snapshot::Snapshot;
use crate::lsp::workspace::Workspace;
use crate::lsp::{address, convert};

/// The files of which a compilation has something to say.
pub fn faulty_paths(snapshot: &Snapshot) -> Vec<String> {
    let all = snapshot.compilation.diagnostics.iter().map(|diagnostic| diagnostic.primary.span.file);
    let mut files: Vec<_> = all.collect();
    files.sort_unstable();
    files.dedup();
    let unreadable = snapshot.compilation.unreadable.iter().map(|file| file.path.clone());
    files.into_iter().map(|file| snapshot.source(file).display()).chain(unreadable).collect()
}

/// What all compilations say of a file: what one says of it as part of its package, and what another says of it as a
/// base. What several say is said once.
pub fn of_file(workspace: &Workspace, path: &str) -> Vec<lsp::Diagnostic> {
    let mut all: Vec<lsp::Diagnostic> = Vec::new();
    for (number, snapshot) in workspace.all_snapshots().enumerate() {
        let found = convert::diagnostics_of(workspace, snapshot, path);
        // A package by itself says nothing twice.
        if number == 0 || all.is_empty() {
            all.extend(found);
        } else {
            let new: Vec<_> = found.into_iter().filter(|diagnostic| !all.contains(diagnostic)).collect();
            all.extend(new);
        }
        let unreadable = snapshot.compilation.unreadable.iter().filter(|file| file.path == path);
        all.extend(unreadable.map(|file| lsp::Diagnostic {
            severity: Some(lsp::DiagnosticSeverity::Error),
            source: Some("prm".to_owned()),
            message: lsp::Message::String(file.problem.clone()),
            ..lsp::Diagnostic::default()
        }));
    }
    all
}

/// What the syntax of a buffer says now, and beside it what the last compilations said of everything else.
pub fn of_syntax(workspace: &Workspace, path: &str, document: &Document) -> Vec<lsp::Diagnostic> {
    let positions = Positions::new(document.text(), &document.lines, workspace.client.encoding);
    let snapshot = workspace.worlds.get(&document.root).and_then(|world| world.snapshot.as_ref());
    let mut all = Vec::new();
    if let Some(snapshot) = snapshot {
        for found in document.buffer.parsed.diagnostics.iter() {
            let mut found = found.clone();
            // Further places of the syntax are in the same text, which the compilation has not seen.
            found.secondary.clear();
            let range = convert::range(&positions, found.primary.span);
            all.push(convert::diagnostic(workspace, snapshot, &found, range));
        }
    }
    let is_of_syntax = |diagnostic: &lsp::Diagnostic| match &diagnostic.code {
        Some(lsp::Code::String(code)) => codes::find(code).is_some_and(|code| code.family == Family::Syntax),
        _ => false,
    };
    all.extend(of_file(workspace, path).into_iter().filter(|diagnostic| !is_of_syntax(diagnostic)));
    all
}

/// `textDocument/diagnostic`.
pub fn document(
    workspace: &Workspace,
    params: lsp::DocumentDiagnosticParams,
) -> Result<lsp::DocumentDiagnosticReport, Fault> {
    let items = of_file(workspace, &address::path(&params.text_document.uri.0));
    let result_id = number(&items);
    if params.previous_result_id.as_deref() == Some(result_id.as_str()) {
        let report = lsp::UnchangedDocumentDiagnosticReport { result_id };
        return Ok(lsp::RelatedUnchangedDocumentDiagnosticReport {
            related_documents: None,
            unchanged_document_diagnostic_report: report,
        }
        .into());
    }
    let report = lsp::FullDocumentDiagnosticReport { result_id: Some(result_id), items };
    Ok(lsp::RelatedFullDocumentDiagnosticReport { related_documents: None, full_document_diagnostic_report: report }
        .into())
}

/// What some diagnostics are known by: the same ones have the same.
fn number(items: &[lsp::Diagnostic]) -> String {
    let mut hasher = FxHasher::default();
    // What cannot be written is none of ours.
    serde_json::to_string(items).unwrap_or_default().hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// How many files are reported together, where a client takes the answer in parts.
const TOGETHER: usize = 50;

/// `workspace/diagnostic`: in parts, to clients that take them; of what they know already, only that.
pub fn workspace(
    workspace: &Workspace,
    params: lsp::WorkspaceDiagnosticParams,
) -> Result<lsp::WorkspaceDiagnosticReport, Fault> {
    let mut paths: Vec<String> = workspace.all_snapshots().flat_map(|snapshot| faulty_paths(snapshot)).collect();
    paths.extend(workspace.documents.keys().cloned());
    let known: FxHashMap<String, String> =
        params.previous_result_ids.into_iter().map(|known| (known.uri.0, known.value)).collect();
    // What was reported, and is in order now, is reported once more.
    paths.extend(known.keys().map(|uri| address::path(uri)));
    paths.sort();
    paths.dedup();
    paths.retain(|path| !workspace.is_standard(path));
    let report = |path: &String| {
        let items = of_file(workspace, path);
        let version = workspace.documents.get(path).map(|document| document.version);
        let (uri, result_id) = (workspace.uri(path), number(&items));
        if known.get(&uri) == Some(&result_id) {
            return lsp::WorkspaceUnchangedDocumentDiagnosticReport {
                uri: lsp::Uri(uri),
                version,
                unchanged_document_diagnostic_report: lsp::UnchangedDocumentDiagnosticReport { result_id },
            }
            .into();
        }
        let full = lsp::FullDocumentDiagnosticReport { result_id: Some(result_id), items };
        let uri = lsp::Uri(uri);
        lsp::WorkspaceFullDocumentDiagnosticReport { uri, version, full_document_diagnostic_report: full }.into()
    };
    let mut items: Vec<lsp::WorkspaceDocumentDiagnosticReport> = Vec::new();
    for some in paths.chunks(TOGETHER) {
        workspace.asking.go_on()?;
        items.extend(some.iter().map(report));
        if workspace.asking.takes_parts() {
            workspace.asking.part(json!({ "items": std::mem::take(&mut items) }));
        }
    }
    Ok(lsp::WorkspaceDiagnosticReport { items })
}
