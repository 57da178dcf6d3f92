//! Showing: the diagnostics of files, where they differ from what was shown.

use std::sync::Arc;

use lsp_server::Request;
use lsp_types as lsp;
use serde_json::{Value, json};

use super::Server;
use crate::lsp::documents::Document;
use crate::lsp::handlers::{self, Patience};
use crate::lsp::snapshot::Snapshot;
use crate::lsp::workspace::{Amended, Refreshes};

/// The token of the first compilations.
const READING: &str = "prm-reading";

impl Server {
    /// Shows the diagnostics of the files of a compilation, where they differ from what was shown.
    pub(super) fn show(&mut self, snapshot: &Snapshot, old: Option<&Snapshot>) {
        if self.workspace.client.pulls {
            self.request_of_client("workspace/diagnostic/refresh", Value::Null);
            return;
        }
        let mut paths: Vec<String> = handlers::faulty_paths(snapshot);
        paths.extend(old.map(handlers::faulty_paths).unwrap_or_default());
        let open = self.workspace.documents.iter().filter(|(_, document)| document.root == snapshot.root);
        paths.extend(open.map(|(path, _)| path.clone()));
        // What was said of a change of links may be told in any file.
        let shown = self.shown.iter().filter(|(path, (_, shown))| !shown.is_empty() && snapshot.file(path).is_some());
        paths.extend(shown.map(|(path, _)| path.clone()));
        paths.sort();
        paths.dedup();
        for path in paths {
            self.show_file(&path);
        }
    }

    /// Shows the diagnostics of a file in which words or links have changed, of those that point into it, and of those in
    /// which something is said otherwise for it, or was for the change before.
    pub(super) fn show_amended(&mut self, root: &str, before: Option<Arc<Amended>>) {
        self.prompt = None;
        if self.workspace.client.pulls {
            return;
        }
        let world = self.workspace.worlds.get(root);
        let Some((amended, snapshot)) = world.and_then(|world| world.amended.clone().zip(world.snapshot.clone()))
        else {
            return;
        };
        let changed = snapshot.file(&amended.path);
        let all = snapshot.compilation.diagnostics.iter();
        let points = all.clone().filter(|found| found.secondary.iter().any(|label| Some(label.span.file) == changed));
        let points = points.map(|found| found.primary.span.file);
        let others = before.iter().chain([&amended]).flat_map(|amended| amended.files(&snapshot));
        let mut files: Vec<_> = points.chain(others).chain(changed).collect();
        files.sort_unstable();
        files.dedup();
        files.into_iter().for_each(|file| self.show_file(&snapshot.source(file).display()));
    }

    /// Asks for what stands in and beside the texts anew, where a compilation changed it in files that were not typed in
    /// themselves.
    pub(super) fn refresh(&mut self, snapshot: &Snapshot, old: Option<&Snapshot>) {
        let Some(old) = old.filter(|old| old.facts != snapshot.facts) else { return };
        let is_bystander = |(path, _): &(&String, &Arc<Document>)| {
            snapshot.revisions.get(*path) == old.revisions.get(*path)
                && self.workspace.file_in(snapshot, path).is_some()
        };
        if !self.workspace.documents.iter().any(|document| is_bystander(&document)) {
            return;
        }
        self.refresh_all();
    }

    /// Asks for everything that stands in and beside the texts anew.
    pub(super) fn refresh_all(&mut self) {
        let Refreshes { lenses, hints, tokens } = self.workspace.client.refreshes;
        let asked = [(lenses, "codeLens"), (hints, "inlayHint"), (tokens, "semanticTokens")];
        for (_, what) in asked.into_iter().filter(|(takes, _)| *takes) {
            self.request_of_client(&format!("workspace/{what}/refresh"), Value::Null);
        }
    }

    /// Sends a request to the client; its answer tells nothing.
    pub(super) fn request_of_client(&mut self, method: &str, params: Value) {
        let id = format!("prm-{}", self.number());
        self.send(Request { id: id.into(), method: method.to_owned(), params });
    }

    /// Tells of the first compilations, as progress.
    pub(super) fn begin_reading(&mut self) {
        if !self.workspace.client.progress || self.unread() == 0 {
            return;
        }
        self.is_reading = true;
        self.request_of_client("window/workDoneProgress/create", json!({ "token": READING }));
        let begin = json!({ "kind": "begin", "title": "Reading models", "cancellable": false, "percentage": 0 });
        self.notify("$/progress", json!({ "token": READING, "value": begin }));
    }

    /// Tells how many packages have been read.
    pub(super) fn report_reading(&mut self) {
        if !self.is_reading {
            return;
        }
        let (unread, all) = (self.unread(), self.workspace.worlds.len());
        let value = if unread == 0 {
            self.is_reading = false;
            json!({ "kind": "end" })
        } else {
            let read = all - unread;
            let percentage = 100 * read / all.max(1);
            json!({ "kind": "report", "message": format!("{read} of {all}"), "percentage": percentage })
        };
        self.notify("$/progress", json!({ "token": READING, "value": value }));
    }

    /// How many packages have never been compiled.
    fn unread(&self) -> usize {
        self.workspace.worlds.values().filter(|world| world.done == 0).count()
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
        let behind = |document: &Document| {
            self.workspace.worlds.get(&document.root).is_some_and(|world| !world.is_current(Patience::Findings))
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
