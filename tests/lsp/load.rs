//! A client that does not wait: it types while it asks, cancels, looks at two files at once, and takes answers in parts.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::{Value, json};

use super::editor::Editor;

/// A package that takes its time to compile.
fn large() -> BTreeMap<String, String> {
    let mut text = "catalog rules \"Rules\" {\n".to_owned();
    (0..300).for_each(|number| writeln!(text, "  control R{number} \"Rule {number}\"").unwrap());
    text.push_str("}\nmodel large \"Large\" {\n  covers rules\n}\n");
    for number in 0..600 {
        writeln!(text, "process P.{number} \"Process {number}\" {{").unwrap();
        writeln!(text, "  purpose \"The purpose of the process {number} process is to do something else.\"").unwrap();
        for outcome in 1..5 {
            let rule = (number * 7 + outcome) % 300;
            writeln!(text, "  outcome {outcome} \"Thing {outcome} is done.\" satisfies R{rule}").unwrap();
        }
        text.push_str("}\n");
    }
    [("prm.toml", "[package]\nname = \"large\"\nversion = \"1.0.0\"\n"), ("large.prm", text.as_str())]
        .map(|(path, text)| (path.to_owned(), text.to_owned()))
        .into()
}

fn typed(line: usize, column: usize, text: &str) -> Value {
    let at = json!({ "line": line, "character": column });
    json!([{ "range": { "start": at, "end": at }, "text": text }])
}

#[test]
fn no_request_keeps_a_keystroke_waiting() {
    let files = large();
    let mut editor = Editor::start(&files);
    editor.open("large.prm", &files["large.prm"]);
    let document = json!({ "uri": editor.uri("large.prm") });
    assert!(editor.ask("textDocument/codeLens", json!({ "textDocument": document })).unwrap().is_array());
    // The line of a purpose.
    let (line, column) = (306, 12);
    let whole = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 400, "character": 0 } });
    let mut stopped = 0;
    for (number, key) in "abcdefgh".chars().enumerate() {
        editor.change("large.prm", typed(line, column + number, &key.to_string()));
        let lens = editor.request("textDocument/codeLens", json!({ "textDocument": document }));
        let hints = editor.request("textDocument/inlayHint", json!({ "textDocument": document, "range": whole }));
        editor.tell("$/cancelRequest", json!({ "id": hints }));
        let at = json!({ "line": line + 1, "character": 4 });
        let completion = editor.request("textDocument/completion", json!({ "textDocument": document, "position": at }));
        // The next key is there before anything has been answered.
        editor.change("large.prm", typed(line + 1, 2, "x"));
        editor.change("large.prm", json!([{ "range": {
            "start": { "line": line + 1, "character": 2 }, "end": { "line": line + 1, "character": 3 } }, "text": "" }]));
        assert_eq!(editor.answer(hints), Err("cancelled".to_owned()));
        assert_eq!(editor.answer(lens), Err("the text has changed".to_owned()));
        // A completion is answered from what is known, or is of a text that is no more.
        match editor.answer(completion) {
            Ok(answer) => assert!(answer["items"].is_array()),
            Err(message) => {
                stopped += 1;
                assert_eq!(message, "the text has changed");
            }
        }
    }
    assert!(stopped < 8, "no completion was answered");
    // While a lens waits, a completion does not.
    editor.change("large.prm", typed(line, column, "z"));
    let lens = editor.request("textDocument/codeLens", json!({ "textDocument": document }));
    let at = json!({ "line": line + 1, "character": 4 });
    let completion = editor.request("textDocument/completion", json!({ "textDocument": document, "position": at }));
    assert_eq!(editor.first_of(&[lens, completion]), completion);
    assert!(editor.answer(lens).unwrap().is_array());
    editor.stop();
}

#[test]
fn what_is_cancelled_is_answered_at_once_and_once() {
    let files = large();
    let mut editor = Editor::start(&files);
    editor.open("large.prm", &files["large.prm"]);
    let document = json!({ "uri": editor.uri("large.prm") });
    // Before it has been compiled, while it is, and behind what is being answered.
    let rename = json!({ "textDocument": document, "position": { "line": 305, "character": 9 }, "newName": "Q.1" });
    let requests = [
        editor.request("textDocument/rename", rename),
        editor.request("textDocument/codeLens", json!({ "textDocument": document })),
        editor.request("workspace/symbol", json!({ "query": "thing" })),
    ];
    for number in requests {
        editor.tell("$/cancelRequest", json!({ "id": number }));
        editor.tell("$/cancelRequest", json!({ "id": number }));
    }
    for number in requests {
        assert_eq!(editor.answer(number), Err("cancelled".to_owned()));
    }
    editor.tell("$/cancelRequest", json!({ "id": "never asked" }));
    editor.tell("$/cancelRequest", json!({}));
    assert!(editor.ask("textDocument/codeLens", json!({ "textDocument": document })).unwrap().is_array());
    editor.stop();
}

fn pair() -> BTreeMap<String, String> {
    let model = "catalog rules \"Rules\" {\n  control R1 \"Keys\"\n  control R2 \"Doors\"\n}\nmodel house \"House\" {\n  covers rules\n}\n";
    let processes = "process K.1 \"Keys\" {\n  purpose \"The purpose of the keys process is to keep keys.\"\n  outcome 1 \"Keys are kept.\" satisfies R1\n}\n";
    [
        ("prm.toml", "[package]\nname = \"house\"\nversion = \"1.0.0\"\n"),
        ("a.prm", model),
        ("b.prm", processes),
        ("c.prm", "process K.2 \"Doors\" {\n}\n"),
    ]
    .map(|(path, text)| (path.to_owned(), text.to_owned()))
    .into()
}

#[test]
fn what_another_file_changes_is_asked_for_anew() {
    let files = pair();
    let takes = json!({ "refreshSupport": true });
    let capabilities = json!({ "workspace": { "codeLens": takes, "inlayHint": takes } });
    let mut editor = Editor::of(&files, capabilities, json!({}));
    editor.open("a.prm", &files["a.prm"]);
    editor.open("b.prm", &files["b.prm"]);
    let document = json!({ "uri": editor.uri("a.prm") });
    let lenses = |editor: &mut Editor| {
        let answer = editor.ask("textDocument/codeLens", json!({ "textDocument": document })).unwrap();
        answer.to_string()
    };
    assert!(lenses(&mut editor).contains("1 of 2 requirements covered"));
    editor.heard.clear();
    // A text changes nothing that lenses tell; a link does.
    editor.change("b.prm", typed(2, 13, "All "));
    assert!(lenses(&mut editor).contains("1 of 2 requirements covered"));
    assert_eq!(editor.heard_of("refresh"), 0);
    editor.change("b.prm", typed(2, 46, ", R2"));
    assert!(lenses(&mut editor).contains("2 of 2 requirements covered"));
    assert_eq!(editor.heard_of("workspace/codeLens/refresh"), 1);
    assert_eq!(editor.heard_of("workspace/inlayHint/refresh"), 1);
    assert_eq!(editor.heard_of("semanticTokens"), 0, "the client does not take it");
    editor.stop();
}

#[test]
fn first_compilations_tell_how_far_they_are() {
    let files = large();
    let mut editor = Editor::of(&files, json!({ "window": { "workDoneProgress": true } }), json!({}));
    editor.ask("workspace/symbol", json!({ "query": "rule" })).unwrap();
    assert_eq!(editor.heard_of("window/workDoneProgress/create"), 1);
    let told = editor.heard.iter().filter(|(_, params)| params["token"] == "prm-reading");
    let kinds: Vec<&str> = told.filter_map(|(_, params)| params["value"]["kind"].as_str()).collect();
    assert_eq!(kinds, ["begin", "end"]);
    editor.stop();
    // Who does not show it is not told.
    let mut editor = Editor::start(&files);
    editor.ask("workspace/symbol", json!({ "query": "rule" })).unwrap();
    assert_eq!(editor.heard_of("rogress"), 0);
    editor.stop();
}

#[test]
fn answers_come_in_parts_to_who_takes_them() {
    let files = pair();
    let mut editor = Editor::of(&files, json!({}), json!({ "diagnostics": "pull" }));
    let whole = editor.ask("workspace/diagnostic", json!({ "previousResultIds": [] })).unwrap();
    let items = whole["items"].as_array().unwrap().clone();
    assert!(items.len() >= 2, "{whole}");
    editor.heard.clear();
    let params = json!({ "previousResultIds": [], "partialResultToken": "part" });
    let rest = editor.ask("workspace/diagnostic", params).unwrap();
    assert_eq!(rest["items"], json!([]));
    let parts = editor.heard.iter().filter(|(method, params)| method == "$/progress" && params["token"] == "part");
    let parts: Vec<Value> =
        parts.flat_map(|(_, params)| params["value"]["items"].as_array().unwrap().clone()).collect();
    assert_eq!(parts, items);
    // What is known already is not said again.
    let known: Vec<Value> = items.iter().map(|item| json!({ "uri": item["uri"], "value": item["resultId"] })).collect();
    let again = editor.ask("workspace/diagnostic", json!({ "previousResultIds": known })).unwrap();
    assert!(again["items"].as_array().unwrap().iter().all(|item| item["kind"] == "unchanged"), "{again}");
    let uri = editor.uri("c.prm");
    let one = editor.ask("textDocument/diagnostic", json!({ "textDocument": { "uri": uri } })).unwrap();
    let params = json!({ "textDocument": { "uri": uri }, "previousResultId": one["resultId"] });
    assert_eq!(editor.ask("textDocument/diagnostic", params).unwrap()["kind"], "unchanged");
    editor.heard.clear();
    let symbols = editor.ask("workspace/symbol", json!({ "query": "keys", "partialResultToken": 7 })).unwrap();
    assert!(symbols.as_array().unwrap().is_empty() && editor.heard_of("$/progress") > 0);
    // A rename tells how far it is under the token of the request.
    editor.heard.clear();
    let position = json!({ "line": 0, "character": 9 });
    let document = json!({ "uri": editor.uri("c.prm") });
    editor.open("c.prm", &files["c.prm"]);
    let params = json!({ "textDocument": document, "position": position, "newName": "K.7", "workDoneToken": "work" });
    assert!(editor.ask("textDocument/rename", params).unwrap().to_string().contains("K.7"));
    let kinds: Vec<&str> = editor
        .heard
        .iter()
        .filter(|(_, params)| params["token"] == "work")
        .filter_map(|(_, params)| params["value"]["kind"].as_str())
        .collect();
    assert_eq!((kinds.first(), kinds.last()), (Some(&"begin"), Some(&"end")), "{kinds:?}");
    editor.stop();
}
