//! An editing session in a package of 10,000 processes, replayed: how long a keystroke waits for its answers, while the
//! editor asks for everything else that it shows.
//!
//! `cargo bench --bench editing`; a number behind `--` changes how many processes there are. Nothing here is a test.

#[path = "../speed/model.rs"]
#[allow(dead_code)]
mod model;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use lsp_server::{Connection, Message, Notification, Request};
use model::{Model, Wording};
use prm::lsp::{Host, serve};
use prm::source::Memory;
use serde_json::{Value, json};

const KEYSTROKES: usize = 40;

fn main() {
    let processes = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(10_000);
    let text = Model::new(processes, Wording::Clean).prm();
    println!(
        "{processes} processes, {:.1} MB; milliseconds, middle and worst of {KEYSTROKES} keystrokes",
        text.len() as f64 / 1e6
    );
    println!("  {:<34} {:>9} {:>9} {:>9}", "", "target", "middle", "worst");
    session("one file", &one_file(&text));
    session("100 files", &files(&text, 100));
}

fn one_file(text: &str) -> BTreeMap<String, String> {
    [manifest(), ("p000.prm".to_owned(), text.to_owned())].into()
}

/// The model cut at the statements at its top, into files of about the same size.
fn files(text: &str, count: usize) -> BTreeMap<String, String> {
    let mut files: BTreeMap<String, String> = [manifest()].into();
    let size = text.len() / count;
    let (mut part, mut number) = (String::new(), 0);
    for line in text.split_inclusive('\n') {
        let begins = line.starts_with("process ");
        if begins && part.len() > size {
            files.insert(format!("p{number:03}.prm"), std::mem::take(&mut part));
            number += 1;
        }
        part.push_str(line);
    }
    files.insert(format!("p{number:03}.prm"), part);
    files
}

fn manifest() -> (String, String) {
    ("prm.toml".to_owned(), "[package]\nname = \"house\"\nversion = \"1.0.0\"\n".to_owned())
}

struct Client {
    connection: Connection,
    requests: i32,
    version: i32,
    uri: String,
    /// When diagnostics of the present version were first shown.
    shown: Option<Instant>,
}

impl Client {
    fn tell(&self, method: &str, params: Value) {
        self.connection
            .sender
            .send(Notification { method: method.to_owned(), params }.into())
            .expect("the server is there");
    }

    /// Asks, without waiting.
    fn send(&mut self, method: &str, params: Value) {
        self.requests += 1;
        let request = Request { id: self.requests.into(), method: method.to_owned(), params };
        self.connection.sender.send(request.into()).expect("the server is there");
    }

    /// What VS Code asks after each change for what it shows beside the text; what it asked before, it wants no more.
    fn look(&mut self, document: &Value, line: usize) {
        let start = json!({ "line": line.saturating_sub(30), "character": 0 });
        let range = json!({ "start": start, "end": { "line": line + 30, "character": 0 } });
        let cursor = json!({ "line": line, "character": 0 });
        let here = json!({ "start": cursor, "end": cursor });
        let last = self.requests;
        (last - 5..=last).for_each(|id| self.tell("$/cancelRequest", json!({ "id": id })));
        self.send("textDocument/codeLens", json!({ "textDocument": document }));
        self.send("textDocument/inlayHint", json!({ "textDocument": document, "range": range }));
        self.send("textDocument/semanticTokens/range", json!({ "textDocument": document, "range": range }));
        let context = json!({ "diagnostics": [] });
        self.send("textDocument/codeAction", json!({ "textDocument": document, "range": here, "context": context }));
        self.send("textDocument/documentSymbol", json!({ "textDocument": document }));
    }

    /// Asks, and waits for the answer; how long that took.
    fn ask(&mut self, method: &str, params: Value) -> Duration {
        let start = Instant::now();
        self.send(method, params);
        loop {
            match self.connection.receiver.recv().expect("the server is there") {
                Message::Response(response) if response.id == self.requests.into() => return start.elapsed(),
                other => self.take(&other),
            }
        }
    }

    /// Notes when diagnostics of the present version come.
    fn take(&mut self, message: &Message) {
        if let Message::Notification(note) = message
            && note.params["version"] == json!(self.version)
            && note.params["uri"] == json!(self.uri)
        {
            self.shown.get_or_insert_with(Instant::now);
        }
    }

    /// When diagnostics of the present version are shown.
    fn wait(&mut self) -> Option<Instant> {
        let deadline = Instant::now() + Duration::from_secs(20);
        while self.shown.is_none() {
            let message = self.connection.receiver.recv_deadline(deadline).ok()?;
            self.take(&message);
        }
        self.shown
    }
}

fn session(name: &str, files: &BTreeMap<String, String>) {
    let disk = files.iter().map(|(path, text)| (format!("/house/{path}"), text.clone().into_bytes())).collect();
    let (server, connection) = Connection::memory();
    let host = Host { files: Arc::new(Memory(disk)), standard: None };
    std::thread::spawn(move || serve(&server, host));
    let path = files.keys().filter(|path| path.ends_with(".prm")).nth(files.len() / 2 - 1).expect("there is a file");
    let text = &files[path];
    let mut client = Client { connection, requests: 0, version: 1, uri: format!("file:///house/{path}"), shown: None };
    client.ask(
        "initialize",
        json!({ "capabilities": {}, "workspaceFolders": [{ "uri": "file:///house", "name": "house" }] }),
    );
    client.tell("initialized", json!({}));
    let document = json!({ "uri": client.uri });
    let item = json!({ "uri": client.uri, "languageId": "prm", "version": 1, "text": text });
    let open = Instant::now();
    client.tell("textDocument/didOpen", json!({ "textDocument": item }));
    client.ask("textDocument/diagnostic", json!({ "textDocument": document }));
    println!("{name}\n  {:<34} {:>9} {:>9.1}", "opened and compiled", "", open.elapsed().as_secs_f64() * 1e3);
    // The purpose of a process in the middle of the file.
    let middle = text.len() / 2;
    let at = text[middle..].find("purpose \"").map_or(0, |at| middle + at + 9);
    let line = text[..at].matches('\n').count();
    let column = text[..at].rfind('\n').map_or(at, |start| at - start - 1);
    let mut times: [Vec<Duration>; 4] = Default::default();
    for (number, key) in "The keys are typed one by one, as authors do.".chars().take(KEYSTROKES).enumerate() {
        let position = json!({ "line": line, "character": column + number });
        let range = json!({ "start": position, "end": position });
        client.version += 1;
        client.shown = None;
        let changed = json!({ "uri": client.uri, "version": client.version });
        let start = Instant::now();
        client.tell(
            "textDocument/didChange",
            json!({ "textDocument": changed, "contentChanges": [{ "range": range, "text": key.to_string() }] }),
        );
        let asked = json!({ "textDocument": document, "position": { "line": line + 1, "character": 4 } });
        client.look(&document, line);
        client.ask("textDocument/completion", asked.clone());
        times[0].push(start.elapsed());
        times[1].push(client.ask("textDocument/hover", asked));
        // The first publication is of the syntax, unless the compilation is quicker.
        times[2].extend(client.wait().map(|shown| shown.duration_since(start)));
        client.ask("textDocument/diagnostic", json!({ "textDocument": document }));
        times[3].push(start.elapsed());
    }
    let rows =
        ["keystroke to completion", "hover", "keystroke to diagnostics of syntax", "keystroke to all diagnostics"];
    for ((row, times), target) in rows.iter().zip(&mut times).zip(["50", "50", "50", ""]) {
        times.sort();
        let told = |at: usize| times.get(at).map_or(f64::NAN, |time| time.as_secs_f64() * 1e3);
        println!("  {row:<34} {target:>9} {:>9.1} {:>9.1}", told(times.len() / 2), told(times.len().saturating_sub(1)));
    }
}
