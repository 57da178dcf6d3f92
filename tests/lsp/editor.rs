//! An editor without a screen: files in memory, and a server on the other end of a channel.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use lsp_server::{Connection, Message, Notification, Request, Response};
use prm::lsp::{End, Host, Session, serve};
use prm::source::Memory;
use serde_json::{Value, json};

/// The folder of the workspace.
pub const ROOT: &str = "/w";

/// Serves without threads: the session is called for each message, and when it asked to be.
fn serve_alone(connection: Connection, host: Host) -> End {
    let (begun, mut session) = (Instant::now(), Session::new(host));
    let mut wait = Duration::ZERO;
    loop {
        let Ok(message) = connection.receiver.recv_timeout(wait).map(Some).or_else(|error| match error {
            error if error.is_timeout() => Ok(None),
            error => Err(error),
        }) else {
            return End::Abrupt;
        };
        let turn = session.turn(begun.elapsed(), message);
        for message in turn.messages {
            connection.sender.send(message).unwrap();
        }
        match turn.next {
            Ok(next) => wait = next,
            Err(end) => return end,
        }
    }
}

/// An editor with its server.
pub struct Editor {
    client: Connection,
    server: Option<JoinHandle<End>>,
    files: BTreeMap<String, String>,
    versions: BTreeMap<String, i32>,
    requests: i32,
    /// The diagnostics that were last published, by address.
    pub published: BTreeMap<String, Value>,
    /// What else the server said: the methods of its notifications and requests, with their parameters.
    pub heard: Vec<(String, Value)>,
    /// The answers that came before somebody waited for them.
    early: BTreeMap<i32, Result<Value, String>>,
    /// What the server offers.
    pub capabilities: Value,
}

impl Editor {
    /// Starts a server on some files.
    pub fn start(files: &BTreeMap<String, String>) -> Editor {
        Editor::with(files, json!({}))
    }

    /// As `start`, with what the client says of itself in general.
    pub fn with(files: &BTreeMap<String, String>, general: Value) -> Editor {
        Editor::of(files, json!({ "general": general }), json!({}))
    }

    /// As `start`, with capabilities of the client beyond the usual ones, and options.
    pub fn of(files: &BTreeMap<String, String>, capabilities: Value, options: Value) -> Editor {
        Editor::at(files, ROOT, capabilities, options)
    }

    /// As `of`, with another folder of the workspace.
    pub fn at(files: &BTreeMap<String, String>, folder: &str, capabilities: Value, options: Value) -> Editor {
        Editor::served(|connection, host| serve(&connection.into(), host), files, folder, capabilities, options)
    }

    /// As `start`, with a server that has no threads.
    pub fn alone(files: &BTreeMap<String, String>) -> Editor {
        Editor::served(serve_alone, files, ROOT, json!({ "general": {} }), json!({}))
    }

    fn served(
        serve: fn(Connection, Host) -> End,
        files: &BTreeMap<String, String>,
        folder: &str,
        capabilities: Value,
        options: Value,
    ) -> Editor {
        let disk = files.iter().map(|(path, text)| (format!("{ROOT}/{path}"), text.clone().into_bytes())).collect();
        let host = Host { files: Arc::new(Memory(disk)), standard: Some("/std".to_owned()) };
        let (server, client) = Connection::memory();
        let thread = std::thread::spawn(move || serve(server, host));
        let mut editor = Editor {
            client,
            server: Some(thread),
            files: files.clone(),
            versions: BTreeMap::new(),
            requests: 0,
            published: BTreeMap::new(),
            heard: Vec::new(),
            early: BTreeMap::new(),
            capabilities: Value::Null,
        };
        let mut usual = json!({
            "textDocument": {
                "completion": { "completionItem": { "snippetSupport": true } },
                "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
                "publishDiagnostics": { "relatedInformation": true },
            },
        });
        for (name, value) in capabilities.as_object().unwrap() {
            usual[name] = value.clone();
        }
        let folders = json!([{ "uri": format!("file://{folder}"), "name": "w" }]);
        let params = json!({ "capabilities": usual, "workspaceFolders": folders, "initializationOptions": options });
        let answer = editor.ask("initialize", params).unwrap();
        editor.capabilities = answer["capabilities"].clone();
        editor.tell("initialized", json!({}));
        editor
    }

    /// Says goodbye.
    pub fn stop(mut self) {
        self.ask("shutdown", Value::Null).unwrap();
        self.tell("exit", Value::Null);
        assert_eq!(self.server.take().unwrap().join().unwrap(), End::Orderly);
    }

    /// The address of a file.
    pub fn uri(&self, path: &str) -> String {
        format!("file://{ROOT}/{path}")
    }

    /// The file of an address.
    pub fn name(&self, uri: &str) -> String {
        uri.trim_start_matches("file://").trim_start_matches(&format!("{ROOT}/")).trim_start_matches('/').to_owned()
    }

    /// Sends a notification.
    pub fn tell(&self, method: &str, params: Value) {
        self.client.sender.send(Notification { method: method.to_owned(), params }.into()).unwrap();
    }

    /// Sends a request, without waiting for its answer; gives its number.
    pub fn request(&mut self, method: &str, params: Value) -> i32 {
        self.requests += 1;
        let request = Request { id: self.requests.into(), method: method.to_owned(), params };
        self.client.sender.send(request.into()).unwrap();
        self.requests
    }

    /// Sends a request and waits for its answer, or for what is wrong with it.
    pub fn ask(&mut self, method: &str, params: Value) -> Result<Value, String> {
        let number = self.request(method, params);
        self.answer(number)
    }

    /// Waits for an answer.
    pub fn answer(&mut self, number: i32) -> Result<Value, String> {
        loop {
            if let Some(answer) = self.early.remove(&number) {
                return answer;
            }
            self.listen();
        }
    }

    /// Waits for the first of some answers; gives its number.
    pub fn first_of(&mut self, numbers: &[i32]) -> i32 {
        loop {
            if let Some(number) = numbers.iter().find(|number| self.early.contains_key(number)) {
                return *number;
            }
            self.listen();
        }
    }

    /// How often the server has said something in whose method this occurs.
    pub fn heard_of(&self, method: &str) -> usize {
        self.heard.iter().filter(|(heard, _)| heard.contains(method)).count()
    }

    /// Takes in the next message.
    fn listen(&mut self) {
        match self.client.receiver.recv_timeout(Duration::from_secs(120)).expect("an answer") {
            Message::Response(Response { id, response_result }) => {
                let number = id.to_string().parse().expect("a number of ours");
                let old = self.early.insert(number, response_result.map_err(|error| error.message));
                assert!(old.is_none(), "{number} was answered twice");
            }
            Message::Notification(note) if note.method == "textDocument/publishDiagnostics" => {
                self.published.insert(note.params["uri"].as_str().unwrap().to_owned(), note.params);
            }
            Message::Notification(note) => self.heard.push((note.method, note.params)),
            Message::Request(request) => self.heard.push((request.method, request.params)),
        }
    }

    /// Opens a file.
    pub fn open(&mut self, path: &str, text: &str) {
        self.versions.insert(path.to_owned(), 1);
        self.files.insert(path.to_owned(), text.to_owned());
        let item = json!({ "uri": self.uri(path), "languageId": "prm", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": item }));
    }

    /// Changes an open file.
    pub fn change(&mut self, path: &str, changes: Value) {
        let version = self.versions.get_mut(path).unwrap();
        *version += 1;
        let document = json!({ "uri": format!("file://{ROOT}/{path}"), "version": *version });
        self.tell("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }

    /// The diagnostics of a file, a line each.
    pub fn diagnostics(&mut self, path: &str) -> Vec<String> {
        let document = json!({ "uri": self.uri(path) });
        let answer = self.ask("textDocument/diagnostic", json!({ "textDocument": document })).unwrap();
        let items = answer["items"].as_array().unwrap();
        items.iter().map(|item| self.line(item)).collect()
    }

    fn line(&self, item: &Value) -> String {
        let related = item["relatedInformation"].as_array().into_iter().flatten();
        let related: String = related
            .map(|one| {
                let place = &one["location"];
                format!(
                    "\n    {}:{} {}",
                    self.name(place["uri"].as_str().unwrap()),
                    super::range(&place["range"]),
                    super::text(&one["message"])
                )
            })
            .collect();
        let message = super::text(&item["message"]).replace('\n', "; ");
        let kind = ["", "error", "warning", "information", "hint"]
            [usize::try_from(item["severity"].as_u64().unwrap()).unwrap()];
        format!("{} {kind} {}: {message}{related}", super::range(&item["range"]), super::text(&item["code"]))
    }

    /// What an edit of the workspace changes, as lines taken out and put in.
    pub fn changes(&self, edit: &Value) -> String {
        let mut lines = String::new();
        let changes: BTreeMap<String, Vec<Value>> = serde_json::from_value(edit["changes"].clone()).unwrap_or_default();
        for (uri, edits) in changes {
            let name = self.name(&uri);
            let old = self.files.get(&name).unwrap_or_else(|| panic!("{name} is no file")).clone();
            let new = applied(&old, &edits);
            lines.push_str(&format!("{name}\n"));
            let (mut old, mut new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
            while let (Some(a), Some(b)) = (old.last(), new.last()) {
                if a != b {
                    break;
                }
                old.pop();
                new.pop();
            }
            let (mut a, mut b) = (old.into_iter().peekable(), new.into_iter().peekable());
            // Edits keep the number of lines, or add some in one place: equal lines are passed over.
            while a.peek().is_some() || b.peek().is_some() {
                match (a.peek().copied(), b.peek().copied()) {
                    (Some(x), Some(y)) if x == y => {
                        a.next();
                        b.next();
                    }
                    (Some(_), Some(y)) if b.clone().count() > a.clone().count() => {
                        lines.push_str(&format!("+ {y}\n"));
                        b.next();
                    }
                    (x, y) => {
                        lines.extend(x.map(|x| format!("- {x}\n")));
                        lines.extend(y.map(|y| format!("+ {y}\n")));
                        a.next();
                        b.next();
                    }
                }
            }
        }
        lines
    }
}

/// A text after some edits, the positions in UTF-16.
pub fn applied(text: &str, edits: &[Value]) -> String {
    let offset = |position: &Value| {
        let line = usize::try_from(position["line"].as_u64().unwrap()).unwrap();
        let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        let mut units = position["character"].as_u64().unwrap();
        let within: usize = text[start..]
            .chars()
            .take_while(|c| {
                let goes_on = units > 0;
                units = units.saturating_sub(c.len_utf16() as u64);
                goes_on
            })
            .map(char::len_utf8)
            .sum();
        start + within
    };
    let mut edits: Vec<(usize, usize, &str)> = edits
        .iter()
        .map(|edit| (offset(&edit["range"]["start"]), offset(&edit["range"]["end"]), edit["newText"].as_str().unwrap()))
        .collect();
    edits.sort_unstable();
    let mut new = text.to_owned();
    for (start, end, inserted) in edits.into_iter().rev() {
        new.replace_range(start..end, inserted);
    }
    new
}
