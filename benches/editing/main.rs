//! An editing session in a package of 10,000 processes, replayed: what a keystroke costs, and how long it waits for its
//! answers while the editor asks for everything else that it shows.
//!
//! The server is a process of its own, so that its time and its memory are its own. Time that passes is told beside
//! targets for what people wait for, processor time for the rest.
//!
//! `cargo bench --bench editing`; a number behind `--` changes how many processes there are. Nothing here is a test.

mod client;
#[path = "../speed/model.rs"]
#[allow(dead_code)]
mod model;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use std::{fs, io};

use client::Client;
use model::{Model, Wording};
use prm::lsp::{Host, serve, stdio};
use prm::source::{Entry, Files};
use serde_json::json;

const KEYSTROKES: usize = 40;
const FILES: usize = 1_255;

fn main() {
    let numbers: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    if std::env::args().any(|argument| argument == "--serve") {
        return be_server();
    }
    let processes = numbers.first().copied().unwrap_or(10_000);
    println!("{processes} processes; milliseconds, middle and worst of {KEYSTROKES} keystrokes");
    println!("  {:<58} {:>7} {:>9} {:>9}", "", "target", "middle", "worst");
    for count in [1, FILES] {
        session(processes, count);
    }
}

/// Serves on standard input and output.
fn be_server() {
    let (line, writer) = stdio();
    serve(&line, Host { files: Arc::new(Disk), standard: None });
    drop(line);
    writer.join().expect("the writer ends");
}

/// The disk, as a server without the command sees it.
struct Disk;

impl Files for Disk {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        fs::read(path)
    }

    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        let entries = fs::read_dir(folder)?;
        entries.map(|entry| Ok(Entry::file(&entry?.file_name().to_string_lossy()))).collect()
    }
}

/// The model cut at the statements at its top, into files of as many processes.
fn package(processes: usize, count: usize) -> BTreeMap<String, String> {
    let text = Model::new(processes, Wording::Clean).prm();
    let manifest = "[package]\nname = \"house\"\nversion = \"1.0.0\"\n".to_owned();
    let mut files: BTreeMap<String, String> = [("prm.toml".to_owned(), manifest)].into();
    let most = processes.div_ceil(count);
    let (mut part, mut held) = (String::new(), 0);
    for line in text.split_inclusive('\n') {
        if line.starts_with("process ") {
            if held == most {
                files.insert(format!("p{:04}.prm", files.len()), std::mem::take(&mut part));
                held = 0;
            }
            held += 1;
        }
        part.push_str(line);
    }
    files.insert(format!("p{:04}.prm", files.len()), part);
    files
}

fn session(processes: usize, count: usize) {
    let files = package(processes, count);
    let folder = std::env::temp_dir().join(format!("prm-editing-{}-{count}", std::process::id()));
    fs::create_dir_all(&folder).expect("there is room");
    files.iter().for_each(|(path, text)| fs::write(folder.join(path), text).expect("there is room"));
    replay(&files, &folder.to_string_lossy());
    fs::remove_dir_all(&folder).expect("it is ours");
}

fn replay(files: &BTreeMap<String, String>, folder: &str) {
    let path = files.keys().filter(|path| path.ends_with(".prm")).nth(files.len() / 2 - 1).expect("there is a file");
    let text = &files[path];
    let mut client = Client::start(folder, path);
    let (opened, cpu) = client.open(text);
    println!(
        "{} files, {:.1} MB, the one that is open {:.2} MB",
        files.len() - 1,
        bytes(files),
        text.len() as f64 / 1e6
    );
    row("opened and compiled", "", [opened]);
    row("the same, processor time", "", [cpu]);
    let before = client.peak();
    for method in ["textDocument/documentSymbol", "textDocument/semanticTokens/full", "textDocument/codeLens"] {
        let cost = client.ask(method, json!({ "textDocument": { "uri": client.uri } }));
        row(&format!("{method}, processor time"), "", [cost.cpu]);
    }
    memory("peak with these, MiB; behind it, before", "300", [client.peak(), before]);
    // A process in the middle of the file.
    let middle = text[text.len() / 2..].find("\nprocess ").map_or(0, |at| text.len() / 2 + at);
    let purpose = behind(text, middle, "purpose \"");
    let keys = |words: &str| words.chars().take(KEYSTROKES).map(String::from).collect::<Vec<_>>();
    let typed = keys("The keys are typed one by one, as authors do.");
    let costs = client.type_and_wait(place(text, purpose), &typed);
    row("a key in a text to all diagnostics, processor time", "10", costs.iter().map(|key| key.cpu));
    row("the same, time that passes", "", costs.iter().map(|key| key.all));
    client.rest();
    let costs = client.type_and_look(place(text, purpose + KEYSTROKES), &typed);
    row("a key to completion, with lenses, hints, tokens, outline", "30", costs.iter().map(|key| key.completion));
    row("the same to hover", "30", costs.iter().map(|key| key.hover));
    row("the same to diagnostics of the syntax", "50", costs.iter().map(|key| key.shown));
    client.rest();
    let costs = client.change_names(text, middle, "satisfies ");
    row("a change of a link to all diagnostics, processor time", "40", costs.iter().map(|key| key.cpu));
    row("the same, time that passes", "", costs.iter().map(|key| key.all));
    client.rest();
    let costs = client.change_names(text, middle, "achieves ");
    row("what has all compiled to all diagnostics, processor time", "", costs.iter().map(|key| key.cpu));
    memory("peak at the end, MiB", "", [client.peak(), client.peak()]);
}

fn memory(name: &str, target: &str, [one, other]: [f64; 2]) {
    println!("  {name:<58} {target:>7} {one:>9.0} {other:>9.0}");
}

fn bytes(files: &BTreeMap<String, String>) -> f64 {
    files.values().map(String::len).sum::<usize>() as f64 / 1e6
}

/// Behind the first such text behind a place.
fn behind(text: &str, from: usize, mark: &str) -> usize {
    text[from..].find(mark).map_or(0, |at| from + at + mark.len())
}

/// The line and the column of a byte.
fn place(text: &str, at: usize) -> (usize, usize) {
    (text[..at].matches('\n').count(), text[..at].rfind('\n').map_or(at, |start| at - start - 1))
}

fn row(name: &str, target: &str, times: impl IntoIterator<Item = Duration>) {
    let mut times: Vec<Duration> = times.into_iter().collect();
    times.sort();
    let told = |at: usize| times.get(at).map_or(f64::NAN, |time| time.as_secs_f64() * 1e3);
    let (middle, worst) = (told(times.len() / 2), told(times.len().saturating_sub(1)));
    println!("  {name:<58} {target:>7} {middle:>9.1} {worst:>9.1}");
}
