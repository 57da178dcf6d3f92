//! Requests: each is answered by its handler, as soon as what it is about has been compiled.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use lsp_server::{ErrorCode, Request, Response};
use serde_json::{Value, json};

use super::Server;
use crate::lsp::address;
use crate::lsp::handlers::{self, Patience};
use crate::lsp::workspace::{Client, World, packages_below};
use crate::source::lines::Encoding;

impl Server<'_> {
    pub(super) fn request(&mut self, request: Request) {
        let Request { id, method, params } = request;
        match method.as_str() {
            "initialize" if self.initialized => {
                self.fail(id, ErrorCode::InvalidRequest, "the session has begun already".to_owned());
            }
            "initialize" => {
                self.initialize(&params);
                let info = json!({ "name": "prm", "version": env!("CARGO_PKG_VERSION") });
                let capabilities = handlers::capabilities(&self.workspace.client);
                self.send(Response::new_ok(id, json!({ "capabilities": capabilities, "serverInfo": info })));
            }
            _ if !self.initialized => {
                self.fail(id, ErrorCode::ServerNotInitialized, "the session has not begun".to_owned());
            }
            "shutdown" => {
                self.has_shut_down = true;
                self.send(Response::new_ok(id, Value::Null));
            }
            _ if self.has_shut_down => {
                self.fail(id, ErrorCode::InvalidRequest, "the session is over".to_owned());
            }
            _ => match handlers::find(&method) {
                Some(handler) => {
                    self.catch_up();
                    self.wait(&params, handler.patience);
                    let answer = catch_unwind(AssertUnwindSafe(|| (handler.answer)(&self.workspace, params)));
                    match answer {
                        Ok(Ok(result)) => self.send(Response::new_ok(id, result)),
                        Ok(Err(fault)) => self.fail(id, fault.code, fault.message),
                        Err(_) => {
                            self.fail(id, ErrorCode::InternalError, format!("`{method}` failed; please report it"))
                        }
                    }
                }
                None => self.fail(id, ErrorCode::MethodNotFound, format!("there is no request `{method}`")),
            },
        }
    }

    /// Waits for the compilation of what a request is about, as long as the request can wait.
    fn wait(&mut self, params: &Value, patience: Patience) {
        let path = handlers::path_of(params);
        let root = path.as_ref().and_then(|path| self.workspace.documents.get(path)).map(|document| &document.root);
        let world = root.and_then(|root| self.workspace.worlds.get(root));
        // Of a package that has never been compiled nothing could be said.
        let patience = match world {
            Some(world) if world.snapshot.is_none() && patience != Patience::Everything => Patience::Package,
            _ => patience,
        };
        let deadline = Instant::now() + patience.duration();
        loop {
            let is_behind = |(root, world): (&String, &World)| {
                let is_meant = match &path {
                    Some(path) if patience != Patience::Everything => {
                        self.workspace.documents.get(path).is_none_or(|document| document.root == *root)
                    }
                    _ => true,
                };
                // Of a package that takes longer than a glance, nobody waits for a part of the time.
                let is_hopeless = patience == Patience::Glance && world.took > 2 * patience.duration();
                is_meant && world.done < world.asked && !is_hopeless
            };
            let waits = self.workspace.worlds.iter().any(is_behind);
            if !waits {
                return;
            }
            match self.done.recv_deadline(deadline) {
                Ok(done) => self.finished(done),
                Err(_) => return,
            }
        }
    }

    fn initialize(&mut self, params: &Value) {
        self.initialized = true;
        let has = |pointer: &str| params.pointer(pointer).and_then(Value::as_bool).unwrap_or(false);
        let encodings = params.pointer("/capabilities/general/positionEncodings").and_then(Value::as_array);
        let offers = |name: &str| encodings.is_some_and(|all| all.iter().any(|encoding| encoding == name));
        let text_document = |rest: &str| has(&format!("/capabilities/textDocument/{rest}"));
        self.workspace.client = Client {
            encoding: if offers("utf-8") { Encoding::Utf8 } else { Encoding::Utf16 },
            snippets: text_document("completion/completionItem/snippetSupport"),
            related_information: text_document("publishDiagnostics/relatedInformation")
                || text_document("diagnostic/relatedInformation"),
            document_changes: has("/capabilities/workspace/workspaceEdit/documentChanges"),
            symbol_tree: text_document("documentSymbol/hierarchicalDocumentSymbolSupport"),
            pulls: params.pointer("/initializationOptions/diagnostics").is_some_and(|how| how == "pull"),
            shows_references: has("/initializationOptions/showReferences"),
            pedantic: has("/initializationOptions/pedantic"),
        };
        self.watches = has("/capabilities/workspace/didChangeWatchedFiles/dynamicRegistration");
        let folders = params.pointer("/workspaceFolders").and_then(Value::as_array);
        let folders = folders.into_iter().flatten().filter_map(|folder| folder["uri"].as_str());
        let mut folders: Vec<String> = folders.map(address::path).collect();
        if folders.is_empty() {
            folders.extend(params["rootUri"].as_str().map(address::path));
        }
        for folder in folders {
            self.take_in(&folder);
        }
    }

    /// Watches the packages in a folder.
    pub(super) fn take_in(&mut self, folder: &str) {
        for root in packages_below(&*self.workspace.disk, folder) {
            self.workspace.worlds.entry(root.clone()).or_default();
            self.stale.push(root);
        }
    }
}
