//! Changes of several files at once.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use lsp_types as lsp;

use super::positions::Positions;
use super::workspace::Workspace;
use crate::source::lines::Lines;

/// Changes by path: bytes of the present text, and what takes their place.
#[derive(Clone, Debug, Default)]
pub struct Edits {
    files: BTreeMap<String, Vec<(Range<usize>, String)>>,
}

impl Edits {
    /// Adds a change; the same one twice is one.
    pub fn add(&mut self, path: &str, bytes: Range<usize>, text: impl Into<String>) {
        let edit = (bytes, text.into());
        let edits = self.files.entry(path.to_owned()).or_default();
        if !edits.contains(&edit) {
            edits.push(edit);
        }
    }

    /// The paths of the files that change.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// A file as it would be.
    pub fn applied(&self, path: &str, text: &str) -> String {
        let mut edits = self.files.get(path).cloned().unwrap_or_default();
        edits.sort_by_key(|(bytes, _)| (bytes.start, bytes.end));
        let mut changed = String::with_capacity(text.len());
        let mut from = 0;
        for (bytes, new) in edits {
            changed.push_str(text.get(from..bytes.start).unwrap_or_default());
            changed.push_str(&new);
            from = bytes.end.max(from);
        }
        changed + text.get(from..).unwrap_or_default()
    }

    /// As the client takes them. `text` gives the present text of a path.
    pub fn for_client<'a>(
        self,
        workspace: &Workspace,
        text: impl Fn(&str) -> Option<(&'a str, &'a Lines)>,
    ) -> lsp::WorkspaceEdit {
        let mut files: Vec<(String, Option<i32>, Vec<lsp::TextEdit>)> = Vec::new();
        for (path, mut edits) in self.files {
            let Some((text, lines)) = text(&path) else { continue };
            edits.sort_by_key(|(bytes, _)| (bytes.start, bytes.end));
            let positions = Positions::new(text, lines, workspace.client.encoding);
            let edits =
                edits.into_iter().map(|(bytes, new_text)| lsp::TextEdit { range: positions.range(bytes), new_text });
            let version = workspace.documents.get(&path).map(|document| document.version);
            files.push((workspace.uri(&path), version, edits.collect()));
        }
        if workspace.client.document_changes {
            let change = |(uri, version, edits): (String, Option<i32>, Vec<lsp::TextEdit>)| {
                let text_document = lsp::OptionalVersionedTextDocumentIdentifier {
                    version,
                    text_document_identifier: lsp::TextDocumentIdentifier { uri: lsp::Uri(uri) },
                };
                let edits = edits.into_iter().map(lsp::Edit::TextEdit).collect();
                lsp::DocumentChange::TextDocumentEdit(lsp::TextDocumentEdit { text_document, edits })
            };
            let changes = files.into_iter().map(change).collect();
            return lsp::WorkspaceEdit { document_changes: Some(changes), ..lsp::WorkspaceEdit::default() };
        }
        let changes: HashMap<lsp::Uri, Vec<lsp::TextEdit>> =
            files.into_iter().map(|(uri, _, edits)| (lsp::Uri(uri), edits)).collect();
        lsp::WorkspaceEdit { changes: Some(changes), ..lsp::WorkspaceEdit::default() }
    }
}
