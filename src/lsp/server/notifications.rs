//! Notifications: what the client says of its buffers, files and folders.

use std::sync::Arc;
use std::time::Duration;

use lsp_server::{Notification, Request};
use lsp_types as lsp;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::Server;
use crate::lsp::address;
use crate::lsp::documents::Document;

/// How long a change may go without any diagnostics: then those of the syntax are shown by themselves.
const PROMPT: Duration = Duration::from_millis(30);

/// How long a change of a long text waits for those who still read it: about as long as it would take to copy it.
const LETTING_GO: Duration = Duration::from_millis(5);

/// A text of so many bytes is long.
const LONG: usize = 1 << 20;

impl Server {
    pub(super) fn notification(&mut self, notification: Notification) {
        let Notification { method, params } = notification;
        if !self.initialized || self.has_shut_down {
            return;
        }
        match method.as_str() {
            "initialized" => self.register(),
            "textDocument/didOpen" => self.with(params, Server::opened),
            "textDocument/didChange" => self.with(params, Server::changed),
            "textDocument/didClose" => self.with(params, Server::closed),
            "textDocument/didSave" => self.with(params, Server::saved),
            "workspace/didChangeWatchedFiles" => self.with(params, Server::watched),
            "workspace/didChangeWorkspaceFolders" => self.with(params, Server::folders),
            "workspace/didChangeConfiguration" => self.configured(&params),
            // Others, known or not, need no answer.
            _ => {}
        }
    }

    /// Does what a notification says; one that does not say it well is noted and passed over.
    fn with<P: DeserializeOwned>(&mut self, params: Value, act: fn(&mut Self, P)) {
        match serde_json::from_value(params) {
            Ok(params) => act(self, params),
            Err(error) => self.notify("window/logMessage", json!({ "type": 2, "message": error.to_string() })),
        }
    }

    fn register(&mut self) {
        self.begin_reading();
        if !self.watches {
            return;
        }
        let watchers =
            json!([{ "globPattern": "**/*.prm" }, { "globPattern": "**/prm.toml" }, { "globPattern": "**/*.lock" }]);
        let method = "workspace/didChangeWatchedFiles";
        let registration = json!({ "id": "files", "method": method, "registerOptions": { "watchers": watchers } });
        let id = format!("prm-{}", self.number());
        self.send(Request {
            id: id.into(),
            method: "client/registerCapability".to_owned(),
            params: json!({ "registrations": [registration] }),
        });
    }

    fn opened(&mut self, params: lsp::DidOpenTextDocumentParams) {
        let item = params.text_document;
        let path = address::path(&item.uri.0);
        let root = self.workspace.root_of(&path);
        let revision = self.number();
        let document = Document::new(item.uri.0, item.version, item.text, revision, root);
        self.workspace.documents.insert(path.clone(), Arc::new(document));
        self.outdate(&path);
        self.touch(&path);
    }

    fn changed(&mut self, params: lsp::DidChangeTextDocumentParams) {
        let path = address::path(&params.text_document.text_document_identifier.uri.0);
        let revision = self.number();
        let encoding = self.workspace.client.encoding;
        self.outdate(&path);
        self.let_go(&path);
        let Some(document) = self.workspace.documents.get_mut(&path).map(Arc::make_mut) else { return };
        document.version = params.text_document.version;
        for change in params.content_changes {
            match change {
                lsp::TextDocumentContentChangeEvent::TextDocumentContentChangePartial(part) => {
                    document.change(Some(part.range), &part.text, encoding, revision);
                }
                lsp::TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(whole) => {
                    document.change(None, &whole.text, encoding, revision);
                }
            }
        }
        if !self.unparsed.contains(&path) {
            self.unparsed.push(path.clone());
        }
        self.prompt.get_or_insert(self.clock.now() + PROMPT);
        // What is no source says more than words.
        if path.ends_with(".prm") {
            self.typed(&path);
        } else {
            self.touch(&path);
        }
    }

    /// Waits a moment until those who were answering have let go of a long buffer: else it would be copied to be changed.
    fn let_go(&self, path: &str) {
        if self.crew.is_alone() {
            return;
        }
        let is_held = |document: &Arc<Document>| document.text().len() > LONG && Arc::strong_count(document) > 1;
        let deadline = self.clock.now() + LETTING_GO;
        while self.workspace.documents.get(path).is_some_and(is_held) && self.clock.now() < deadline {
            std::thread::sleep(LETTING_GO / 50);
        }
    }

    fn closed(&mut self, params: lsp::DidCloseTextDocumentParams) {
        let path = address::path(&params.text_document.uri.0);
        let Some(document) = self.workspace.documents.remove(&path) else { return };
        self.unparsed.retain(|unparsed| *unparsed != path);
        self.touch(&path);
        self.outdate(&path);
        self.workspace.forget_tokens(&document.uri);
        // A file by itself is of no interest any more.
        if document.root == path {
            self.forget(&path);
            self.stale.retain(|stale| *stale != path);
        }
    }

    fn saved(&mut self, params: lsp::DidSaveTextDocumentParams) {
        self.touch(&address::path(&params.text_document.uri.0));
    }

    fn watched(&mut self, params: lsp::DidChangeWatchedFilesParams) {
        for change in params.changes {
            let path = address::path(&change.uri.0);
            if let Some(folder) = path.strip_suffix("/prm.toml") {
                // A package has come or gone: files may belong elsewhere now.
                if self.workspace.disk.read(&path).is_ok() {
                    self.workspace.worlds.entry(folder.to_owned()).or_default();
                } else {
                    self.forget(folder);
                }
                self.rehome();
            }
            self.touch(&path);
        }
    }

    /// Finds out anew which package each buffer belongs to.
    fn rehome(&mut self) {
        let roots: Vec<(String, String)> =
            self.workspace.documents.keys().map(|path| (path.clone(), self.workspace.root_of(path))).collect();
        for (path, root) in roots {
            if let Some(document) = self.workspace.documents.get_mut(&path)
                && document.root != root
            {
                Arc::make_mut(document).root = root;
                self.touch(&path);
            }
        }
    }

    fn folders(&mut self, params: lsp::DidChangeWorkspaceFoldersParams) {
        for folder in params.event.added {
            self.take_in(&address::path(&folder.uri.0));
        }
        for folder in params.event.removed {
            let prefix = address::path(&folder.uri.0);
            let gone = |root: &&String| {
                root.strip_prefix(&prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            };
            let roots: Vec<String> = self.workspace.worlds.keys().filter(gone).cloned().collect();
            let is_open = |root: &String| self.workspace.documents.values().any(|document| document.root == *root);
            let roots: Vec<String> = roots.into_iter().filter(|root| !is_open(root)).collect();
            roots.iter().for_each(|root| self.forget(root));
        }
    }

    fn configured(&mut self, params: &Value) {
        let setting = |name: &str| params.pointer(&format!("/settings/prm/{name}")).and_then(Value::as_bool);
        let client = &mut self.workspace.client;
        let old = (client.pedantic, client.no_lenses, client.no_hints);
        client.pedantic = setting("pedantic").unwrap_or(client.pedantic);
        client.no_lenses = setting("lenses").map_or(client.no_lenses, |wanted| !wanted);
        client.no_hints = setting("hints").map_or(client.no_hints, |wanted| !wanted);
        let new = (client.pedantic, client.no_lenses, client.no_hints);
        if old.0 != new.0 {
            self.show_all();
        }
        if old != new {
            self.refresh_all();
        }
    }
}
