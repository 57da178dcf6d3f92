//! What a server has to bear: messages that make no sense, files that come and go, and any number of edits.

use std::collections::BTreeMap;

use prm::diagnostic::Severity;
use prm::source::Memory;
use serde_json::{Value, json};

use super::editor::{Editor, ROOT};

/// Every request that the server answers.
const REQUESTS: &[&str] = &[
    "textDocument/hover",
    "textDocument/definition",
    "textDocument/references",
    "textDocument/documentHighlight",
    "textDocument/completion",
    "textDocument/prepareRename",
    "textDocument/rename",
    "textDocument/codeAction",
    "textDocument/codeLens",
    "textDocument/inlayHint",
    "textDocument/documentSymbol",
    "textDocument/foldingRange",
    "textDocument/documentLink",
    "textDocument/selectionRange",
    "textDocument/semanticTokens/full",
    "textDocument/semanticTokens/full/delta",
    "textDocument/semanticTokens/range",
    "textDocument/prepareCallHierarchy",
    "textDocument/diagnostic",
    "workspace/symbol",
    "workspace/diagnostic",
];

fn package() -> BTreeMap<String, String> {
    let files = [
        ("base/prm.toml", "[package]\nname = \"base\"\nversion = \"1.0.0\"\n"),
        ("base/base.prm", include_str!("layers/base/base.prm")),
        ("prm.toml", "[package]\nname = \"own\"\nversion = \"1.0.0\"\n[dependencies]\nbase = { path = \"base\" }\n"),
        ("main.prm", include_str!("layers/main.prm")),
        (
            "more.prm",
            "// Größe 😀\nprocess M.1 \"More 😀\" {\n  purpose \"The purpose of more is to be more.\"\n  outcome 1 \"Ümlauts are kept.\" satisfies R1\n}\n",
        ),
    ];
    files.into_iter().map(|(path, text)| (path.to_owned(), text.replace("\r", ""))).collect()
}

/// Parameters that fit all requests, at a position.
fn params(uri: &str, line: u64, character: u64) -> Value {
    let position = json!({ "line": line, "character": character });
    json!({
        "textDocument": { "uri": uri }, "position": position, "positions": [position],
        "range": { "start": position, "end": { "line": line + 1, "character": character } },
        "context": { "includeDeclaration": true, "diagnostics": [] },
        "newName": "X.9", "query": "k", "previousResultId": "1", "previousResultIds": [],
    })
}

#[test]
fn senseless_messages_are_answered_and_do_no_harm() {
    let files = package();
    let mut editor = Editor::start(&files);
    editor.open("main.prm", &files["main.prm"]);
    for method in REQUESTS {
        for params in [Value::Null, json!({}), json!([1, 2]), json!("x"), json!({ "textDocument": { "uri": 7 } })] {
            let _ = editor.ask(method, params);
        }
        for (line, character) in [(0, 99_999), (99_999, 0), (4_294_967_295, 4_294_967_295)] {
            let uri = editor.uri("main.prm");
            let _ = editor.ask(method, params(&uri, line, character));
        }
        for uri in ["file:///nowhere.prm", "untitled:Untitled-1", "%%%", ""] {
            let _ = editor.ask(method, params(uri, 0, 0));
        }
    }
    for method in ["textDocument/didOpen", "textDocument/didChange", "textDocument/didClose", "made/up"] {
        editor.tell(
            method,
            json!({ "textDocument": { "uri": "file:///w/never-opened.prm", "version": 1 }, "contentChanges": [] }),
        );
        editor.tell(method, json!(7));
    }
    assert!(editor.ask("made/up", json!({})).unwrap_err().contains("made/up"));
    assert!(editor.ask("initialize", json!({})).is_err());
    let numbers: Vec<i32> = (0..20).map(|_| editor.request("workspace/symbol", json!({ "query": "" }))).collect();
    for number in &numbers {
        editor.tell("$/cancelRequest", json!({ "id": number }));
    }
    for number in numbers {
        let answer = editor.answer(number);
        assert!(answer.is_ok() || answer == Err("cancelled".to_owned()));
    }
    assert_eq!(editor.diagnostics("more.prm").len(), 1, "one outcome is few");
    editor.stop();
}

#[test]
fn files_come_and_go() {
    let mut files = package();
    let mut editor = Editor::start(&files);
    // A buffer that is on no disk is a file of its package all the same, and gone when it is closed.
    let twin = "process M.1 \"Twin\" {\n}\n";
    editor.open("new/twin.prm", twin);
    assert!(editor.diagnostics("new/twin.prm").iter().any(|line| line.contains("P201")), "a duplicate");
    editor.tell("textDocument/didClose", json!({ "textDocument": { "uri": editor.uri("new/twin.prm") } }));
    editor.tell(
        "workspace/didChangeWatchedFiles",
        json!({ "changes": [{ "uri": editor.uri("new/twin.prm"), "type": 3 }] }),
    );
    assert!(!editor.diagnostics("more.prm").iter().any(|line| line.contains("P201")));
    // A buffer without a place is a package by itself.
    let uri = "untitled:Untitled-1";
    let item = json!({ "uri": uri, "languageId": "prm", "version": 1, "text": twin });
    editor.tell("textDocument/didOpen", json!({ "textDocument": item }));
    let answer = editor.ask("textDocument/diagnostic", json!({ "textDocument": { "uri": uri } })).unwrap();
    assert!(answer["items"].to_string().contains("P508"), "{answer}");
    // The base is changed in its buffer: the layer hears of it.
    let base = files.remove("base/base.prm").unwrap();
    editor.open("base/base.prm", &base);
    editor.change("base/base.prm", json!([{ "text": base.replace("process K.1", "process K.7") }]));
    assert!(editor.diagnostics("main.prm").iter().any(|line| line.contains("no base has")));
    editor.tell("textDocument/didClose", json!({ "textDocument": { "uri": editor.uri("base/base.prm") } }));
    assert!(!editor.diagnostics("main.prm").iter().any(|line| line.contains("no base has")));
    editor.stop();
}

#[test]
fn columns_count_what_was_agreed_on() {
    let files = package();
    for (encodings, column) in [(json!(["utf-8", "utf-16"]), 13), (json!(["utf-16"]), 10), (json!(null), 10)] {
        let mut editor = Editor::with(&files, json!({ "positionEncodings": encodings }));
        let text = "/* ä😀 */ nonsense \"x\"\n";
        editor.open("odd.prm", text);
        let document = json!({ "uri": editor.uri("odd.prm") });
        let answer = editor.ask("textDocument/diagnostic", json!({ "textDocument": document })).unwrap();
        assert_eq!(answer["items"][0]["range"]["start"]["character"], json!(column));
        editor.stop();
    }
}

/// A small generator, so that a failure can be seen again: the numbers depend on the seed alone.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound.max(1)
    }
}

const PIECES: &[&str] = &[
    "",
    " ",
    "\n",
    "\r\n",
    "\t",
    "{",
    "}",
    "\"",
    "\"\"\"",
    "//",
    "/*",
    "*/",
    ",",
    "[[",
    "]]",
    "\\",
    "ä",
    "😀",
    "1",
    "K.1",
    "R1",
    "catalog",
    "process ",
    "outcome 9 \"x\"",
    "satisfies R1",
    "extend process K.1 {\n",
    "}\n",
    "because \"y\"",
    "together with K.1.1",
    "\nprocess Z.1 \"Z\" {\n  outcome 1 \"Z is.\" satisfies R2\n}\n",
    "term \"t\" \"u\"\n",
    "owner \"o\"",
    "use iso27001-2022\n",
];

/// A hundred thousand of them with `PRM_EDITS=100000`.
#[test]
fn after_any_edits_the_diagnostics_are_those_of_a_fresh_compilation() {
    let edits: usize = std::env::var("PRM_EDITS").ok().and_then(|edits| edits.parse().ok()).unwrap_or(300);
    let seed: u64 = std::env::var("PRM_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(7);
    let mut chance = Chance(seed);
    let files = package();
    let open = ["main.prm", "more.prm", "base/base.prm"];
    let mut editor = Editor::start(&files);
    let mut texts: BTreeMap<String, String> = files.clone();
    // Of many edits most go by without anybody looking, as they do for who types quickly.
    let (asks, looks) = if edits > 10_000 { (40, 1_000) } else { (5, 100) };
    for path in open {
        editor.open(path, &files[path]);
    }
    for number in 1..=edits {
        let path = open[chance.below(open.len())];
        let text = texts.get_mut(path).unwrap();
        let changes: Vec<Value> = if number % 50 == 0 || text.len() > 20_000 {
            text.clone_from(&files[path]);
            vec![json!({ "text": files[path] })]
        } else {
            (0..=chance.below(2)).map(|_| edit(text, &mut chance)).collect()
        };
        editor.change(path, json!(changes));
        if number % asks == 0 {
            let method = REQUESTS[chance.below(REQUESTS.len())];
            let (line, column) = (chance.below(40) as u64, chance.below(60) as u64);
            let uri = editor.uri(path);
            if let Err(message) = editor.ask(method, params(&uri, line, column)) {
                assert!(!message.contains("please report"), "{method}: {message}");
            }
        }
        if number % looks == 0 || number == edits {
            for path in open {
                let expected = fresh(&texts, path);
                let mut found = editor.diagnostics(path);
                found.iter_mut().for_each(|line| *line = line.lines().next().unwrap().to_owned());
                found.sort();
                assert_eq!(found, expected, "{path} after {number} edits with seed {seed}:\n{}", texts[path]);
            }
        }
    }
    editor.stop();
}

/// Changes a text at random, and gives the change as the protocol has it.
fn edit(text: &mut String, chance: &mut Chance) -> Value {
    let from = text.floor_char_boundary(chance.below(text.len() + 1));
    let to = text.floor_char_boundary((from + chance.below(12)).min(text.len())).max(from);
    // The protocol has no position within a line break.
    let within = |at: usize| at > 0 && text.as_bytes()[at - 1] == b'\r' && text.as_bytes().get(at) == Some(&b'\n');
    let (from, to) = (from - usize::from(within(from)), to - usize::from(within(to)));
    let to = to.max(from);
    let piece = PIECES[chance.below(PIECES.len())];
    let range = json!({ "start": position(text, from), "end": position(text, to) });
    text.replace_range(from..to, piece);
    json!({ "range": range, "text": piece })
}

fn position(text: &str, at: usize) -> Value {
    let line = text[..at].rfind('\n').map_or(0, |at| at + 1);
    json!({ "line": text[..at].matches('\n').count(), "character": text[line..at].encode_utf16().count() })
}

/// What the compiler says of a file, as `Editor::diagnostics` tells it: the union of what its packages say.
fn fresh(texts: &BTreeMap<String, String>, path: &str) -> Vec<String> {
    let disk = texts.iter().map(|(path, text)| (format!("{ROOT}/{path}"), text.clone().into_bytes())).collect();
    let files = Memory(disk);
    let mut lines = Vec::new();
    for root in [ROOT.to_owned(), format!("{ROOT}/base")] {
        let compilation = prm::compile(&files, &root);
        let mut of_root: Vec<String> = Vec::new();
        for diagnostic in compilation.diagnostics.iter().filter(|diagnostic| diagnostic.severity != Severity::Hint) {
            let span = diagnostic.primary.span;
            let source = compilation.sources.file(span.file);
            if source.display() != format!("{ROOT}/{path}") {
                continue;
            }
            let range = json!({
                "start": position(&source.text, span.start as usize),
                "end": position(&source.text, span.end as usize),
            });
            let kind = diagnostic.severity.word();
            let help = diagnostic.help.as_ref().map(|help| format!("; help: {help}")).unwrap_or_default();
            of_root.push(
                format!("{} {kind} {}: {}{}", super::range(&range), diagnostic.code.code, diagnostic.message, help)
                    .replace('\n', "; "),
            );
        }
        of_root.retain(|line| !lines.contains(line));
        lines.extend(of_root);
    }
    lines.sort();
    lines
}
