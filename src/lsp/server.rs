//! The loop: messages in the order of their arrival, compilations as they get done.

use std::collections::{BTreeMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, select};
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types as lsp;
use rustc_hash::FxHashMap;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::documents::Document;
use super::handlers::{self, Patience};
use super::worker::{Done, Job};
use super::workspace::{Client, Workspace, World, packages_below};
use super::{End, Host, convert, lines::Encoding, worker};

/// How long a change may go without any diagnostics: then those of the syntax are shown by themselves.
const PROMPT: Duration = Duration::from_millis(30);

/// A server with one client.
pub struct Server<'a> {
    connection: &'a Connection,
    /// What requests are asked about.
    workspace: Workspace,
    queue: VecDeque<Message>,
    jobs: Sender<Job>,
    done: Receiver<Done>,
    /// By package: the flag that tells its last job that nobody wants it any more.
    flags: FxHashMap<String, Arc<AtomicBool>>,
    /// Counts jobs, states of buffers and our own requests.
    counter: u64,
    /// The buffers whose trees are older than their texts.
    unparsed: Vec<String>,
    /// The packages that are to be compiled.
    stale: Vec<String>,
    /// When the syntax of changed buffers is to be shown by itself.
    prompt: Option<Instant>,
    /// What was last shown of each file.
    shown: BTreeMap<String, (Option<i32>, Vec<lsp::Diagnostic>)>,
    initialized: bool,
    has_shut_down: bool,
    watches: bool,
}

impl<'a> Server<'a> {
    /// A server that waits for its client.
    pub fn new(connection: &'a Connection, host: Host) -> Server<'a> {
        let (jobs, done) = worker::start();
        let client = Client {
            encoding: Encoding::Utf16,
            snippets: false,
            related_information: false,
            document_changes: false,
            symbol_tree: false,
            pulls: false,
            shows_references: false,
            pedantic: false,
        };
        Server {
            connection,
            workspace: Workspace {
                disk: host.files,
                standard: host.standard,
                documents: BTreeMap::new(),
                worlds: BTreeMap::new(),
                client,
                tokens: std::cell::RefCell::default(),
            },
            queue: VecDeque::new(),
            jobs,
            done,
            flags: FxHashMap::default(),
            counter: 0,
            unparsed: Vec::new(),
            stale: Vec::new(),
            prompt: None,
            shown: BTreeMap::new(),
            initialized: false,
            has_shut_down: false,
            watches: false,
        }
    }

    /// Serves until the client goes.
    pub fn run(mut self) -> End {
        loop {
            while let Ok(message) = self.connection.receiver.try_recv() {
                self.enqueue(message);
            }
            if let Some(message) = self.queue.pop_front() {
                if let Some(end) = self.message(message) {
                    return end;
                }
                continue;
            }
            self.catch_up();
            let timeout =
                self.prompt.map_or(Duration::from_secs(3600), |at| at.saturating_duration_since(Instant::now()));
            let (receiver, done) = (self.connection.receiver.clone(), self.done.clone());
            select! {
                recv(receiver) -> message => match message {
                    Ok(message) => self.enqueue(message),
                    Err(_) => return self.end(),
                },
                recv(done) -> done => match done {
                    Ok(done) => self.finished(done),
                    Err(_) => return End::Abrupt,
                },
                default(timeout) => self.show_syntax(),
            }
        }
    }

    fn end(&self) -> End {
        if self.has_shut_down { End::Orderly } else { End::Abrupt }
    }

    /// Takes in a message. A request that is cancelled before its turn is answered at once.
    fn enqueue(&mut self, message: Message) {
        if let Message::Notification(Notification { method, params }) = &message
            && method == "$/cancelRequest"
        {
            let id: Option<RequestId> = serde_json::from_value(params["id"].clone()).ok();
            let waiting = self.queue.iter().position(|waiting| match waiting {
                Message::Request(request) => Some(&request.id) == id.as_ref(),
                _ => false,
            });
            if let (Some(position), Some(id)) = (waiting, id) {
                self.queue.remove(position);
                self.fail(id, ErrorCode::RequestCanceled, "cancelled".to_owned());
            }
            return;
        }
        self.queue.push_back(message);
    }

    fn message(&mut self, message: Message) -> Option<End> {
        match message {
            Message::Request(request) => {
                self.request(request);
                None
            }
            Message::Notification(notification) if notification.method == "exit" => Some(self.end()),
            Message::Notification(notification) => {
                self.notification(notification);
                None
            }
            // Answers to what we asked tell us nothing.
            Message::Response(_) => None,
        }
    }

    fn send(&self, message: impl Into<Message>) {
        // A client that has gone is noticed when nothing more comes from it.
        let _ = self.connection.sender.send(message.into());
    }

    fn fail(&self, id: RequestId, code: ErrorCode, message: String) {
        self.send(Response::new_err(id, code as i32, message));
    }

    fn notify(&self, method: &str, params: Value) {
        self.send(Notification { method: method.to_owned(), params });
    }

    fn number(&mut self) -> u64 {
        self.counter += 1;
        self.counter
    }

    // --- requests ------------------------------------------------------------------------------------------------

    fn request(&mut self, request: Request) {
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
        let mut folders: Vec<String> = folders.map(convert::path).collect();
        if folders.is_empty() {
            folders.extend(params["rootUri"].as_str().map(convert::path));
        }
        for folder in folders {
            self.take_in(&folder);
        }
    }

    /// Watches the packages in a folder.
    fn take_in(&mut self, folder: &str) {
        for root in packages_below(&*self.workspace.disk, folder) {
            self.workspace.worlds.entry(root.clone()).or_default();
            self.stale.push(root);
        }
    }

    // --- notifications -------------------------------------------------------------------------------------------

    fn notification(&mut self, notification: Notification) {
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
        let path = convert::path(&item.uri.0);
        let root = self.workspace.root_of(&path);
        let revision = self.number();
        let document = Document::new(item.uri.0, item.version, item.text, revision, root);
        self.workspace.documents.insert(path.clone(), document);
        self.touch(&path);
    }

    fn changed(&mut self, params: lsp::DidChangeTextDocumentParams) {
        let path = convert::path(&params.text_document.text_document_identifier.uri.0);
        let revision = self.number();
        let encoding = self.workspace.client.encoding;
        let Some(document) = self.workspace.documents.get_mut(&path) else { return };
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
        self.prompt.get_or_insert_with(|| Instant::now() + PROMPT);
        self.touch(&path);
    }

    fn closed(&mut self, params: lsp::DidCloseTextDocumentParams) {
        let path = convert::path(&params.text_document.uri.0);
        let Some(document) = self.workspace.documents.remove(&path) else { return };
        self.unparsed.retain(|unparsed| *unparsed != path);
        self.touch(&path);
        self.workspace.tokens.borrow_mut().remove(&document.uri);
        // A file by itself is of no interest any more.
        if document.root == path {
            self.forget(&path);
            self.stale.retain(|stale| *stale != path);
        }
    }

    fn saved(&mut self, params: lsp::DidSaveTextDocumentParams) {
        self.touch(&convert::path(&params.text_document.uri.0));
    }

    fn watched(&mut self, params: lsp::DidChangeWatchedFilesParams) {
        for change in params.changes {
            let path = convert::path(&change.uri.0);
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
                document.root = root;
                self.touch(&path);
            }
        }
    }

    fn folders(&mut self, params: lsp::DidChangeWorkspaceFoldersParams) {
        for folder in params.event.added {
            self.take_in(&convert::path(&folder.uri.0));
        }
        for folder in params.event.removed {
            let prefix = convert::path(&folder.uri.0);
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
        if let Some(pedantic) = params.pointer("/settings/prm/pedantic").and_then(Value::as_bool) {
            self.workspace.client.pedantic = pedantic;
            self.show_all();
        }
    }

    // --- compiling -----------------------------------------------------------------------------------------------

    /// Marks the packages that a file has to do with.
    fn touch(&mut self, path: &str) {
        if let Some(document) = self.workspace.documents.get(path) {
            self.workspace.worlds.entry(document.root.clone()).or_default();
        }
        let holds = |(root, world): &(&String, &World)| {
            let is_below =
                path.strip_prefix(root.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
            is_below || world.snapshot.as_ref().is_some_and(|snapshot| snapshot.file(path).is_some())
        };
        let touched: Vec<String> = self.workspace.worlds.iter().filter(holds).map(|(root, _)| root.clone()).collect();
        for root in touched {
            if let Some(flag) = self.flags.get(&root) {
                flag.store(true, Ordering::Relaxed);
            }
            if !self.stale.contains(&root) {
                self.stale.push(root);
            }
        }
    }

    /// Parses what has been typed, and has what it touches compiled.
    fn catch_up(&mut self) {
        for path in std::mem::take(&mut self.unparsed) {
            if let Some(document) = self.workspace.documents.get_mut(&path) {
                document.parse();
            }
        }
        if self.stale.is_empty() {
            return;
        }
        let mut stale = std::mem::take(&mut self.stale);
        // What is open comes first.
        let is_open = |root: &String| self.workspace.documents.values().any(|document| document.root == *root);
        stale.sort_by_cached_key(|root| !is_open(root));
        let files = self.workspace.files();
        for root in stale {
            let number = self.number();
            let Some(world) = self.workspace.worlds.get_mut(&root) else { continue };
            world.asked = number;
            world.since = Some(Instant::now());
            let is_stale = Arc::new(AtomicBool::new(false));
            if let Some(old) = self.flags.insert(root.clone(), Arc::clone(&is_stale)) {
                old.store(true, Ordering::Relaxed);
            }
            let standard = self.workspace.standard.clone();
            let _ = self.jobs.send(Job { root, number, files: files.clone(), standard, is_stale });
        }
    }

    fn finished(&mut self, done: Done) {
        let Done { root, number, snapshot } = done;
        let Some(world) = self.workspace.worlds.get_mut(&root) else { return };
        if number < world.done {
            return;
        }
        world.done = number;
        if number == world.asked {
            world.took = world.since.map_or(Duration::ZERO, |since| since.elapsed());
        }
        let Some(snapshot) = snapshot.map(Arc::new) else {
            let message = format!("`{root}` could not be compiled; please report it");
            return self.notify("window/logMessage", json!({ "type": 1, "message": message }));
        };
        let old = world.snapshot.replace(Arc::clone(&snapshot));
        self.file_trees(&snapshot);
        self.leave_strays(&snapshot);
        // An older one says what has been said since; only the newest is worth showing.
        let is_newest = self.workspace.worlds.get(&root).is_some_and(|world| world.done == world.asked);
        if is_newest {
            self.prompt = None;
            self.show(&snapshot, old.as_deref());
        }
    }

    /// Gives the trees of buffers the numbers that their files have, so that they need not be copied for it.
    fn file_trees(&mut self, snapshot: &Arc<super::snapshot::Snapshot>) {
        for (path, document) in &mut self.workspace.documents {
            let is_own = document.root == snapshot.root;
            if let Some(file) = snapshot.file(path).filter(|_| is_own) {
                document.buffer.parsed = document.buffer.parsed.filed(file);
            }
        }
    }

    /// A buffer that its folder's package leaves out, as it does what is hidden, is a package by itself.
    fn leave_strays(&mut self, snapshot: &Arc<super::snapshot::Snapshot>) {
        let is_stray = |(path, document): &(&String, &Document)| {
            document.root == snapshot.root
                && snapshot.root != **path
                && !path.ends_with("/prm.toml")
                && snapshot.file(path).is_none()
                && snapshot.revisions.get(*path) == Some(&document.buffer.revision)
        };
        let strays: Vec<String> =
            self.workspace.documents.iter().filter(is_stray).map(|(path, _)| path.clone()).collect();
        for path in strays {
            if let Some(document) = self.workspace.documents.get_mut(&path) {
                document.root.clone_from(&path);
            }
            self.touch(&path);
        }
    }

    /// Watches a package no more.
    fn forget(&mut self, root: &str) {
        if let Some(flag) = self.flags.remove(root) {
            flag.store(true, Ordering::Relaxed);
        }
        let world = self.workspace.worlds.remove(root);
        if let Some(snapshot) = world.and_then(|world| world.snapshot) {
            for (_, source) in snapshot.compilation.sources.iter() {
                self.show_file(&source.display());
            }
        }
    }

    // --- showing -------------------------------------------------------------------------------------------------

    /// Shows the diagnostics of the files of a compilation, where they differ from what was shown.
    fn show(&mut self, snapshot: &super::snapshot::Snapshot, old: Option<&super::snapshot::Snapshot>) {
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

    fn show_all(&mut self) {
        let snapshots: Vec<_> = self.workspace.all_snapshots().cloned().collect();
        for snapshot in snapshots {
            self.show(&snapshot, None);
        }
    }

    fn show_file(&mut self, path: &str) {
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
    fn show_syntax(&mut self) {
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
