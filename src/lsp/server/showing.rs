//! Showing: the diagnostics of files, where they differ from what was shown.

use lsp_server::Request;
use lsp_types as lsp;
use serde_json::Value;

use super::Server;
use crate::lsp::documents::Document;
use crate::lsp::handlers;
use crate::lsp::snapshot::Snapshot;

impl Server<'_> {
    /// Shows the diagnostics of the files of a compilation, where they differ from what was shown.
    pub(super) fn show(&mut self, snapshot: &Snapshot, old: Option<&Snapshot>) {
        if self.workspace.client.pulls {
            let id = format!("prm-{}", self.number());
            self.send(Request {
                id: id.into(),
                method: "workspace/diagnostic/refresh".to_owned(),
                params: Value::Null,
            });
            return;
        }
        let mut paths: Vec<String> = handlers::faulty_paths(snapshot);
        paths.extend(old.map(handlers::faulty_paths).unwrap_or_default());
        let open = self.workspace.documents.iter().filter(|(_, document)| document.root == snapshot.root);
        paths.extend(open.map(|(path, _)| path.clone()));
        paths.sort();
        paths.dedup();
        for path in paths {
            self.show_file(&path);
        }
    }

    pub(super) fn show_all(&mut self) {
        let snapshots: Vec<_> = self.workspace.all_snapshots().cloned().collect();
        for snapshot in snapshots {
            self.show(&snapshot, None);
        }
    }

    pub(super) fn show_file(&mut self, path: &str) {
        if self.workspace.is_standard(path) && !self.workspace.documents.contains_key(path) {
            return;
        }
        let diagnostics = handlers::diagnostics(&self.workspace, path);
        self.publish(path, diagnostics);
    }

    fn publish(&mut self, path: &str, diagnostics: Vec<lsp::Diagnostic>) {
        let version = self.workspace.documents.get(path).map(|document| document.version);
        let last = self.shown.get(path);
        let same = match last {
            Some((shown, last)) => *last == diagnostics && (*shown == version || version.is_none()),
            None => diagnostics.is_empty() && version.is_none(),
        };
        if same {
            return;
        }
        let uri = lsp::Uri(self.workspace.uri(path));
        if let Ok(params) =
            serde_json::to_value(lsp::PublishDiagnosticsParams { uri, version, diagnostics: diagnostics.clone() })
        {
            self.notify("textDocument/publishDiagnostics", params);
        }
        self.shown.insert(path.to_owned(), (version, diagnostics));
    }

    /// Shows what the syntax of changed buffers says, beside what the last compilation said of the rest: the package
    /// is large, and the author should not wait for a missing quote.
    pub(super) fn show_syntax(&mut self) {
        self.prompt = None;
        if self.workspace.client.pulls {
            return;
        }
        let behind = |document: &&Document| {
            self.workspace.worlds.get(&document.root).is_some_and(|world| world.done < world.asked)
        };
        let is_source = |path: &str| !path.ends_with(".toml") && !path.ends_with(".lock");
        let changed = self.workspace.documents.iter().filter(|(path, document)| is_source(path) && behind(document));
        let found: Vec<(String, Vec<lsp::Diagnostic>)> = changed
            .map(|(path, document)| (path.clone(), handlers::syntax_diagnostics(&self.workspace, path, document)))
            .collect();
        for (path, diagnostics) in found {
            self.publish(&path, diagnostics);
        }
    }
}
