//! The language server, in process: sessions are files, `tests/lsp/<name>.prm` or a folder with a `main.prm`.
//!
//! The requests stand in comments behind `// ---`, a line each, the cursor as `|` in a piece of the text above (of
//! several such pieces the first):
//!
//! ```text
//! // > hover satisfies R|1
//! // > rename process K|.1 => K.2
//! // > type |outcome 2 => note "typed" \n
//! // > action covers ca|t: Exclude
//! ```
//!
//! The answers lie in a snapshot beside it.

mod alone;
mod beside;
pub mod editor;
mod extras;
mod fixes;
mod load;
mod relinking;
mod rewording;
mod robust;
mod roots;
mod slipped;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::support::entries;
use editor::Editor;

#[test]
fn sessions_answer_as_in_their_snapshots() {
    for path in sessions().into_iter().filter(|path| path.extension().is_some_and(|extension| extension == "prm")) {
        let text = fs::read_to_string(&path).unwrap();
        let name = path.file_stem().unwrap().to_str().unwrap();
        check(&path, name, [("main.prm".to_owned(), text)].into());
    }
}

#[test]
fn sessions_of_packages_answer_as_in_their_snapshots() {
    for folder in sessions().into_iter().filter(|path| path.join("main.prm").exists()) {
        let mut files = BTreeMap::new();
        read_folder(&folder, "", &mut files);
        check(&folder, folder.file_name().unwrap().to_str().unwrap(), files);
    }
}

fn sessions() -> Vec<PathBuf> {
    let sessions = entries(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lsp"));
    assert!(sessions.len() > 8, "only {sessions:?} were found");
    sessions
}

fn read_folder(folder: &Path, below: &str, files: &mut BTreeMap<String, String>) {
    for entry in folder.read_dir().unwrap().map(Result::unwrap) {
        let name = format!("{below}{}", entry.file_name().to_str().unwrap());
        if entry.path().is_dir() {
            read_folder(&entry.path(), &format!("{name}/"), files);
        } else {
            files.insert(name, fs::read_to_string(entry.path()).unwrap());
        }
    }
}

/// Plays a session, and holds its answers against the snapshot.
fn check(path: &Path, name: &str, mut files: BTreeMap<String, String>) {
    let whole = files["main.prm"].clone();
    let (text, requests) = whole.split_once("// ---\n").expect("a session has requests behind `// ---`");
    files.insert("main.prm".to_owned(), text.to_owned());
    let answers = played(Editor::start(&files), text, requests);
    let alone = played(Editor::alone(&files), text, requests);
    assert_eq!(answers, alone, "{name}: a server without threads answers otherwise");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(path.parent().unwrap());
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, answers));
}

/// What a server answers.
fn played(editor: Editor, text: &str, requests: &str) -> String {
    let mut session = Session { editor, text: text.to_owned() };
    session.editor.open("main.prm", text);
    let mut answers = String::new();
    for request in requests.lines().filter_map(|line| line.strip_prefix("// > ")) {
        writeln!(answers, "> {request}").unwrap();
        let answer = session.answer(request);
        writeln!(answers, "{}\n", answer.trim_end()).unwrap();
    }
    session.editor.stop();
    answers
}

struct Session {
    editor: Editor,
    text: String,
}

impl Session {
    /// The position of `|` in a piece of the text.
    fn cursor(&self, piece: &str) -> Value {
        let bar = piece.find('|').expect("a cursor");
        let piece = piece.replacen('|', "", 1);
        let at = self.text.find(&piece).unwrap_or_else(|| panic!("`{piece}` is not in the text")) + bar;
        self.position(at)
    }

    fn position(&self, at: usize) -> Value {
        let before = &self.text[..at];
        let line = before.rfind('\n').map_or(0, |at| at + 1);
        json!({ "line": before.matches('\n').count(), "character": before[line..].encode_utf16().count() })
    }

    fn answer(&mut self, request: &str) -> String {
        let (verb, rest) = request.split_once(' ').unwrap_or((request, ""));
        let document = json!({ "uri": self.editor.uri("main.prm") });
        let at =
            |session: &Session, piece: &str| json!({ "textDocument": document, "position": session.cursor(piece) });
        let whole = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 9999, "character": 0 } });
        match verb {
            "hover" => {
                let params = at(self, rest);
                let answer = self.ask("textDocument/hover", params);
                answer.pointer("/contents/value").and_then(Value::as_str).unwrap_or("nothing").to_owned()
            }
            "definition" => {
                let params = at(self, rest);
                let answer = self.ask("textDocument/definition", params);
                self.places(&answer)
            }
            "references" => {
                let mut params = at(self, rest);
                params["context"] = json!({ "includeDeclaration": true });
                let answer = self.ask("textDocument/references", params);
                self.places(&answer)
            }
            "highlight" => {
                let params = at(self, rest);
                let answer = self.ask("textDocument/documentHighlight", params);
                let kinds = answer.as_array().into_iter().flatten();
                kinds.map(|one| format!("{} {}\n", range(&one["range"]), one["kind"])).collect()
            }
            "completion" => {
                let params = at(self, rest);
                completion(&self.ask("textDocument/completion", params))
            }
            "prepare" => {
                let params = at(self, rest);
                let answer = self.ask("textDocument/prepareRename", params);
                if answer.is_string() {
                    text(&answer)
                } else {
                    format!("{} {}", range(&answer["range"]), text(&answer["placeholder"]))
                }
            }
            "rename" => {
                let (piece, new) = rest.split_once(" => ").expect("a new name");
                let mut params = at(self, piece);
                params["newName"] = json!(new);
                let answer = self.ask("textDocument/rename", params);
                if answer.is_string() { text(&answer) } else { self.editor.changes(&answer) }
            }
            "actions" | "action" => {
                let (piece, wanted) = rest.split_once(": ").unwrap_or((rest, ""));
                let cursor = self.cursor(piece);
                let range = json!({ "start": cursor, "end": cursor });
                let mut context = json!({ "diagnostics": [] });
                if wanted.starts_with("Make all") {
                    context["only"] = json!(["source.fixAll"]);
                }
                let params = json!({ "textDocument": document, "range": range, "context": context });
                let answer = self.ask("textDocument/codeAction", params);
                let all = answer.as_array().cloned().unwrap_or_default();
                if verb == "actions" {
                    return all
                        .iter()
                        .map(|action| {
                            let preferred = if action["isPreferred"] == true { ", preferred" } else { "" };
                            format!("{} [{}{preferred}]\n", text(&action["title"]), text(&action["kind"]))
                        })
                        .collect();
                }
                let action = all.iter().find(|action| text(&action["title"]).starts_with(wanted));
                action.map_or("no such action".to_owned(), |action| self.editor.changes(&action["edit"]))
            }
            "type" => {
                let (piece, new) = rest.split_once(" => ").expect("what is typed");
                let new = new.replace("\\n", "\n");
                let (piece, removed) =
                    piece.split_once('~').map_or((piece, 0), |(piece, removed)| (piece, removed.parse().unwrap()));
                let bar = piece.find('|').expect("a cursor");
                let at = self.text.find(&piece.replacen('|', "", 1)).expect("the piece") + bar;
                let range = json!({ "start": self.position(at), "end": self.position(at + removed) });
                self.text.replace_range(at..at + removed, &new);
                self.editor.change("main.prm", json!([{ "range": range, "text": new }]));
                String::new()
            }
            "diagnostics" => {
                let file = if rest.is_empty() { "main.prm" } else { rest };
                self.editor.diagnostics(file).join("\n")
            }
            "format" => {
                let options = json!({ "tabSize": 4, "insertSpaces": true });
                let answer =
                    self.ask("textDocument/formatting", json!({ "textDocument": document, "options": options }));
                self.editor.changes(&json!({ "changes": { (self.editor.uri("main.prm")): answer } }))
            }
            "format-line" => {
                let cursor = self.cursor(rest);
                let range = json!({ "start": cursor, "end": cursor });
                let params = json!({ "textDocument": document, "range": range, "options": { "tabSize": 4, "insertSpaces": true } });
                let answer = self.ask("textDocument/rangeFormatting", params);
                self.editor.changes(&json!({ "changes": { (self.editor.uri("main.prm")): answer } }))
            }
            "symbols" => outline(&self.ask("textDocument/documentSymbol", json!({ "textDocument": document })), 0),
            "find" => {
                let answer = self.ask("workspace/symbol", json!({ "query": rest }));
                let all = answer.as_array().into_iter().flatten();
                all.map(|one| {
                    format!(
                        "{} in {} {}\n",
                        text(&one["name"]),
                        text(&one["containerName"]),
                        self.place(&one["location"])
                    )
                })
                .collect()
            }
            "lenses" => {
                let answer = self.ask("textDocument/codeLens", json!({ "textDocument": document }));
                let all = answer.as_array().into_iter().flatten();
                all.map(|one| format!("{} {}\n", range(&one["range"]), text(&one["command"]["title"]))).collect()
            }
            "hints" => {
                let answer = self.ask("textDocument/inlayHint", json!({ "textDocument": document, "range": whole }));
                let all = answer.as_array().into_iter().flatten();
                all.map(|one| format!("{} {}\n", position(&one["position"]), text(&one["label"]))).collect()
            }
            "folds" => {
                let answer = self.ask("textDocument/foldingRange", json!({ "textDocument": document }));
                let all = answer.as_array().into_iter().flatten();
                let line = |value: &Value| value.as_u64().unwrap() + 1;
                all.map(|one| format!("{}-{} {}\n", line(&one["startLine"]), line(&one["endLine"]), text(&one["kind"])))
                    .collect()
            }
            "links" => {
                let answer = self.ask("textDocument/documentLink", json!({ "textDocument": document }));
                let all = answer.as_array().into_iter().flatten();
                let target = |one: &Value| text(&one["target"]).split('#').next().unwrap_or_default().to_owned();
                all.map(|one| format!("{} {}\n", range(&one["range"]), target(one))).collect()
            }
            "selection" => {
                let cursor = self.cursor(rest);
                let answer =
                    self.ask("textDocument/selectionRange", json!({ "textDocument": document, "positions": [cursor] }));
                let mut lines = String::new();
                let mut step = &answer[0];
                while !step.is_null() {
                    writeln!(lines, "{}", range(&step["range"])).unwrap();
                    step = &step["parent"];
                }
                lines
            }
            "tokens" => {
                let answer = self.ask("textDocument/semanticTokens/full", json!({ "textDocument": document }));
                self.tokens(&answer["data"])
            }
            "incoming" | "outgoing" => {
                let params = at(self, rest);
                let items = self.ask("textDocument/prepareCallHierarchy", params);
                let method = format!("callHierarchy/{verb}Calls");
                let answer = self.ask(&method, json!({ "item": items[0] }));
                let side = if verb == "incoming" { "from" } else { "to" };
                let all = answer.as_array().into_iter().flatten();
                all.map(|one| {
                    format!(
                        "{} {} {}\n",
                        text(&one[side]["name"]),
                        text(&one[side]["detail"]),
                        one["fromRanges"].as_array().unwrap().iter().map(range).collect::<String>()
                    )
                })
                .collect()
            }
            "above" | "below" => {
                let params = at(self, rest);
                let items = self.ask("textDocument/prepareTypeHierarchy", params);
                if items.is_null() {
                    return "nothing".to_owned();
                }
                let mut lines = format!("of {}\n", self.layer(&items[0]));
                let method = format!("typeHierarchy/{}", if verb == "above" { "supertypes" } else { "subtypes" });
                self.layers(&method, &items[0], 1, &mut lines);
                lines
            }
            "signature" | "typed" => {
                let mut params = at(self, rest);
                let kind = if verb == "signature" { 1 } else { 2 };
                params["context"] = json!({ "triggerKind": kind, "triggerCharacter": " ", "isRetrigger": false });
                signature(&self.ask("textDocument/signatureHelp", params))
            }
            _ => panic!("`{verb}` is no request of a session"),
        }
    }

    fn layer(&self, item: &Value) -> String {
        let location = json!({ "uri": item["uri"], "range": item["selectionRange"] });
        format!("{}: {} {}", text(&item["name"]), text(&item["detail"]), self.place(&location))
    }

    /// What stands above or below an item, step by step.
    fn layers(&mut self, method: &str, item: &Value, depth: usize, lines: &mut String) {
        let answer = self.ask(method, json!({ "item": item }));
        for next in answer.as_array().into_iter().flatten() {
            writeln!(lines, "{}{}", "  ".repeat(depth), self.layer(next)).unwrap();
            self.layers(method, next, depth + 1, lines);
        }
    }

    /// The answer, or what is said instead.
    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.editor.ask(method, params).unwrap_or_else(|message| json!(format!("refused: {message}")))
    }

    fn place(&self, location: &Value) -> String {
        // Lines of the standard library come and go.
        if text(&location["uri"]).starts_with("file:///std/") {
            return text(&location["uri"]);
        }
        format!("{}:{}", self.editor.name(location["uri"].as_str().unwrap()), range(&location["range"]))
    }

    fn places(&self, answer: &Value) -> String {
        let all = answer.as_array().into_iter().flatten();
        let lines: String = all.map(|location| format!("{}\n", self.place(location))).collect();
        if lines.is_empty() { "nowhere".to_owned() } else { lines }
    }

    /// The coloured words, a line of text each.
    fn tokens(&self, data: &Value) -> String {
        let data: Vec<usize> = serde_json::from_value(data.clone()).unwrap();
        let lines: Vec<&str> = self.text.split('\n').collect();
        let (mut line, mut column) = (0, 0);
        let mut told = String::new();
        for token in data.chunks(5) {
            column = if token[0] == 0 { column + token[1] } else { token[1] };
            if token[0] > 0 && !told.is_empty() {
                told.push('\n');
            }
            line += token[0];
            let units: Vec<u16> = lines[line].encode_utf16().skip(column).take(token[2]).collect();
            let kind = ["kw", "str", "com", "ns", "class", "prop", "meth", "var", "enum", "num", "type"][token[3]];
            write!(
                told,
                "{kind}{}‹{}› ",
                if token[4] & 1 == 1 { "!" } else { "" },
                String::from_utf16(&units).unwrap()
            )
            .unwrap();
        }
        told
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// `3:5`, both from 1.
fn position(position: &Value) -> String {
    format!("{}:{}", position["line"].as_u64().unwrap() + 1, position["character"].as_u64().unwrap() + 1)
}

fn range(range: &Value) -> String {
    if range.is_null() {
        return "nowhere".to_owned();
    }
    let (start, end) = (&range["start"], &range["end"]);
    if start["line"] == end["line"] {
        return format!("{}-{}", position(start), end["character"].as_u64().unwrap() + 1);
    }
    format!("{}-{}", position(start), position(end))
}

/// The first offers.
fn completion(answer: &Value) -> String {
    let Some(items) = answer["items"].as_array() else { return "nothing".to_owned() };
    let mut items: Vec<&Value> = items.iter().collect();
    items.sort_by_key(|item| text(&item["sortText"]));
    let mut lines = String::new();
    for item in items.iter().take(6) {
        let new = text(&item["textEdit"]["newText"]).replace('\n', "⏎").replace('\t', "⇥");
        writeln!(lines, "{} · {} · {new}", text(&item["label"]), text(&item["detail"])).unwrap();
    }
    writeln!(lines, "{} in all", items.len()).unwrap();
    lines
}

/// The line that is shown, with the place that is due in `‹›`, and what is told of it.
fn signature(answer: &Value) -> String {
    let Some(one) = answer["signatures"].get(0) else { return "nothing".to_owned() };
    let place = &one["parameters"][usize::try_from(one["activeParameter"].as_u64().unwrap()).unwrap()];
    let label: Vec<u16> = text(&one["label"]).encode_utf16().collect();
    let units: Vec<usize> = serde_json::from_value(place["label"].clone()).unwrap();
    let part = |from: usize, to: usize| String::from_utf16(&label[from..to]).unwrap();
    let (before, due, behind) = (part(0, units[0]), part(units[0], units[1]), part(units[1], label.len()));
    let told = [&place["documentation"]["value"], &one["documentation"]["value"]].map(text);
    format!("{before}‹{due}›{behind} · {}", told.join(" · "))
}

fn outline(symbols: &Value, depth: usize) -> String {
    let mut lines = String::new();
    for symbol in symbols.as_array().into_iter().flatten() {
        writeln!(lines, "{}{} {}", "  ".repeat(depth), text(&symbol["name"]), range(&symbol["selectionRange"]))
            .unwrap();
        lines.push_str(&outline(&symbol["children"], depth + 1));
    }
    lines
}
