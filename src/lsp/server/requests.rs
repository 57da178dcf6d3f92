//! Requests: those of the session itself; all others have their handlers.

use lsp_server::{ErrorCode, Request, Response};
use serde_json::{Value, json};

use super::Server;
use crate::lsp::address;
use crate::lsp::handlers;
use crate::lsp::workspace::{Client, Refreshes, packages_below};
use crate::source::lines::Encoding;

impl Server {
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
                self.stop_all();
                self.send(Response::new_ok(id, Value::Null));
            }
            _ if self.has_shut_down => {
                self.fail(id, ErrorCode::InvalidRequest, "the session is over".to_owned());
            }
            _ => match handlers::find(&method) {
                Some(handler) => self.ask(id, handler, params),
                None => self.fail(id, ErrorCode::MethodNotFound, format!("there is no request `{method}`")),
            },
        }
    }

    fn initialize(&mut self, params: &Value) {
        self.initialized = true;
        let has = |pointer: &str| params.pointer(pointer).and_then(Value::as_bool).unwrap_or(false);
        let encodings = params.pointer("/capabilities/general/positionEncodings").and_then(Value::as_array);
        let offers = |name: &str| encodings.is_some_and(|all| all.iter().any(|encoding| encoding == name));
        let text_document = |rest: &str| has(&format!("/capabilities/textDocument/{rest}"));
        // Who says nothing of formats takes all of them.
        let takes = |rest: &str| {
            let formats = params.pointer(&format!("/capabilities/textDocument/{rest}")).and_then(Value::as_array);
            formats.is_none_or(|formats| formats.iter().any(|format| format == "markdown"))
        };
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
            no_lenses: params.pointer("/initializationOptions/lenses") == Some(&Value::Bool(false)),
            no_hints: params.pointer("/initializationOptions/hints") == Some(&Value::Bool(false)),
            asks_reasons: has("/initializationOptions/acceptLink"),
            code_links: text_document("publishDiagnostics/codeDescriptionSupport")
                || text_document("diagnostic/codeDescriptionSupport"),
            markdown: takes("hover/contentFormat") && takes("completion/completionItem/documentationFormat"),
            refreshes: Refreshes {
                lenses: has("/capabilities/workspace/codeLens/refreshSupport"),
                hints: has("/capabilities/workspace/inlayHint/refreshSupport"),
                tokens: has("/capabilities/workspace/semanticTokens/refreshSupport"),
            },
            progress: has("/capabilities/window/workDoneProgress"),
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
        for root in packages_below(&*self.workspace.disk, folder).0 {
            self.workspace.worlds.entry(root.clone()).or_default();
            self.stale.push(root);
        }
    }
}
