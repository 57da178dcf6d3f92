//! An editor without a screen: it writes and reads messages, and keeps the server's time.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use serde::Deserialize;
use serde_json::{Value, json};

use super::{behind, place};

/// What is read of a message: of answers of megabytes, that is all a client without a screen needs.
#[derive(Deserialize)]
struct Heard {
    id: Option<Value>,
    method: Option<String>,
    params: Option<Shown>,
}

#[derive(Deserialize)]
struct Shown {
    uri: Option<String>,
    version: Option<i32>,
}

/// What a keystroke cost.
#[derive(Clone, Copy, Debug, Default)]
pub struct Keystroke {
    pub completion: Duration,
    pub hover: Duration,
    /// Until diagnostics of the text were shown.
    pub shown: Duration,
    /// Until all diagnostics were known.
    pub all: Duration,
    /// The processor time of the server until then.
    pub cpu: Duration,
}

/// The editor, with its server.
pub struct Client {
    server: Child,
    input: ChildStdin,
    heard: Receiver<Heard>,
    requests: i32,
    version: i32,
    pub uri: String,
    /// When diagnostics of the present version were first shown.
    shown: Option<Instant>,
}

impl Drop for Client {
    fn drop(&mut self) {
        // What has ended need not be stopped.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

impl Client {
    pub fn start(folder: &str, path: &str) -> Client {
        let program = std::env::current_exe().expect("this program has a path");
        let mut command = Command::new(program);
        command.arg("--serve");
        let mut server = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the server starts");
        let input = server.stdin.take().expect("it has an input");
        let mut output = BufReader::new(server.stdout.take().expect("it has an output"));
        let (sender, heard) = channel();
        std::thread::spawn(move || {
            while let Some(message) = read(&mut output) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        let uri = format!("file://{folder}/{path}");
        let mut client = Client { server, input, heard, requests: 0, version: 1, uri, shown: None };
        let folders = json!([{ "uri": format!("file://{folder}"), "name": "house" }]);
        let documents = json!({ "documentSymbol": { "hierarchicalDocumentSymbolSupport": true } });
        let capabilities = json!({ "textDocument": documents });
        client.ask("initialize", json!({ "capabilities": capabilities, "workspaceFolders": folders }));
        client.tell("initialized", json!({}));
        client
    }

    /// Opens the file; how long it takes until all diagnostics are known, and of that the processor.
    pub fn open(&mut self, text: &str) -> (Duration, Duration) {
        let (start, cpu) = (Instant::now(), self.cpu());
        let item = json!({ "uri": self.uri, "languageId": "prm", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": item }));
        self.diagnostics();
        (start.elapsed(), self.cpu() - cpu)
    }

    /// Waits until nothing is left to do.
    pub fn rest(&mut self) {
        let mut last = Duration::ZERO;
        while self.cpu() > last {
            last = self.cpu();
            std::thread::sleep(Duration::from_millis(900));
        }
    }

    /// Types, and waits for all diagnostics.
    pub fn type_and_wait(&mut self, (line, column): (usize, usize), keys: &[String]) -> Vec<Keystroke> {
        let keys = keys.iter().enumerate();
        keys.map(|(number, key)| self.keystroke((line, column + number), 0, key, |_| {})).collect()
    }

    /// Types, while the editor asks for everything that it shows.
    pub fn type_and_look(&mut self, (line, column): (usize, usize), keys: &[String]) -> Vec<Keystroke> {
        let document = json!({ "uri": self.uri });
        let asked = json!({ "textDocument": document, "position": { "line": line + 1, "character": 4 } });
        let mut keystroke = |(number, key): (usize, &String)| {
            let mut cost = Keystroke::default();
            let start = Instant::now();
            let whole = self.keystroke((line, column + number), 0, key, |client| {
                client.look(&document, line);
                client.ask("textDocument/completion", asked.clone());
                cost.completion = start.elapsed();
                cost.hover = client.ask("textDocument/hover", asked.clone()).all;
            });
            Keystroke { shown: whole.shown, all: whole.all, cpu: whole.cpu, ..cost }
        };
        keys.iter().enumerate().map(&mut keystroke).collect()
    }

    /// Gives the first reference behind a word in a process the name of the next, and the former again.
    pub fn change_names(&mut self, text: &str, process: usize, word: &str) -> Vec<Keystroke> {
        let start = behind(text, process, word);
        let length = text[start..].find([',', ' ', '\n']).expect("a name ends");
        let old = text[start..start + length].to_owned();
        let other = behind(text, start + length, word);
        let new = text[other..].split([',', ' ', '\n']).next().expect("there is a name").to_owned();
        let at = place(text, start);
        let mut names = (new, old);
        let mut costs = Vec::new();
        for _ in 0..super::KEYSTROKES {
            costs.push(self.keystroke(at, names.1.len(), &names.0.clone(), |_| {}));
            names = (names.1, names.0);
        }
        costs
    }

    /// Changes the text, does something, and waits for all diagnostics.
    fn keystroke(
        &mut self,
        (line, column): (usize, usize),
        removed: usize,
        new: &str,
        and: impl FnOnce(&mut Client),
    ) -> Keystroke {
        self.version += 1;
        self.shown = None;
        let (from, to) =
            (json!({ "line": line, "character": column }), json!({ "line": line, "character": column + removed }));
        let change = json!({ "range": { "start": from, "end": to }, "text": new });
        let document = json!({ "uri": self.uri, "version": self.version });
        let (start, cpu) = (Instant::now(), self.cpu());
        self.tell("textDocument/didChange", json!({ "textDocument": document, "contentChanges": [change] }));
        and(self);
        self.diagnostics();
        let (all, cpu) = (start.elapsed(), self.cpu() - cpu);
        let shown = self.shown.map_or(Duration::MAX, |shown| shown.duration_since(start));
        Keystroke { shown, all, cpu, ..Keystroke::default() }
    }

    fn diagnostics(&mut self) {
        self.ask("textDocument/diagnostic", json!({ "textDocument": { "uri": self.uri } }));
    }

    /// What VS Code asks after each change for what it shows beside the text; what it asked before, it wants no more.
    fn look(&mut self, document: &Value, line: usize) {
        let start = json!({ "line": line.saturating_sub(30), "character": 0 });
        let range = json!({ "start": start, "end": { "line": line + 30, "character": 0 } });
        let cursor = json!({ "line": line, "character": 0 });
        let here = json!({ "start": cursor, "end": cursor });
        let last = self.requests;
        (last - 8..=last).for_each(|id| self.tell("$/cancelRequest", json!({ "id": id })));
        self.send("textDocument/codeLens", json!({ "textDocument": document }));
        self.send("textDocument/inlayHint", json!({ "textDocument": document, "range": range }));
        self.send("textDocument/semanticTokens/range", json!({ "textDocument": document, "range": range }));
        let context = json!({ "diagnostics": [] });
        self.send("textDocument/codeAction", json!({ "textDocument": document, "range": here, "context": context }));
        self.send("textDocument/documentSymbol", json!({ "textDocument": document }));
    }

    /// Asks, and waits for the answer; how long that took, and what it cost.
    pub fn ask(&mut self, method: &str, params: Value) -> Keystroke {
        let (start, cpu) = (Instant::now(), self.cpu());
        self.send(method, params);
        loop {
            let message = self.heard.recv_timeout(Duration::from_secs(120)).expect("an answer");
            if message.method.is_none() && message.id == Some(json!(self.requests)) {
                return Keystroke { all: start.elapsed(), cpu: self.cpu() - cpu, ..Keystroke::default() };
            }
            self.take(&message);
        }
    }

    /// Notes when diagnostics of the present version come.
    fn take(&mut self, message: &Heard) {
        let shown = message.params.as_ref().filter(|shown| shown.version == Some(self.version));
        if shown.is_some_and(|shown| shown.uri.as_ref() == Some(&self.uri)) {
            self.shown.get_or_insert_with(Instant::now);
        }
    }

    fn tell(&mut self, method: &str, params: Value) {
        self.write(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Asks, without waiting.
    fn send(&mut self, method: &str, params: Value) {
        self.requests += 1;
        self.write(&json!({ "jsonrpc": "2.0", "id": self.requests, "method": method, "params": params }));
    }

    fn write(&mut self, message: &Value) {
        let body = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{body}", body.len()).expect("the server is there");
        self.input.flush().expect("the server is there");
    }

    /// The processor time of the server's threads; nothing where the system does not tell.
    fn cpu(&self) -> Duration {
        let tasks = std::fs::read_dir(format!("/proc/{}/task", self.server.id())).into_iter().flatten().flatten();
        let times = tasks.filter_map(|task| {
            let text = std::fs::read_to_string(task.path().join("schedstat")).ok()?;
            text.split_whitespace().next()?.parse::<u64>().ok()
        });
        Duration::from_nanos(times.sum())
    }

    /// The most memory that the server has had, in MiB.
    pub fn peak(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.server.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
        kib.map_or(f64::NAN, |kib| kib / 1024.0)
    }
}

fn read(output: &mut impl BufRead) -> Option<Heard> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim().strip_prefix("Content-Length: ") {
            Some(value) => length = value.parse().ok()?,
            None if line.trim().is_empty() => break,
            None => {}
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}
