//! What goes beyond the protocol, and what clients may do without: the coverage for a view, links accepted with a reason,
//! settings, clients without Markdown.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::editor::{Editor, applied};
use super::text;

const MODEL: &str = "use iso27001-2022 as new\nmodel keys \"Keys\" {\n  covers new:A.7\n}\nprocess K.1 \"Key care\" {\n  outcome 1 \"Keys are kept.\" satisfies new:A.7.1\n  outcome 2 \"Keys are listed.\"\n    partly satisfies A.7.2\n}\n";

fn one(text: &str) -> BTreeMap<String, String> {
    [("keys.prm".to_owned(), text.to_owned())].into()
}

#[test]
fn codes_and_words_are_explained() {
    let mut editor = Editor::start(&BTreeMap::new());
    let mut explained = |word: Value| editor.ask("prm/explain", json!({ "word": word }));
    assert!(text(&explained(json!("p104")).unwrap()["text"]).contains("unknown-requirement"));
    assert!(text(&explained(json!("outcome")).unwrap()["text"]).contains("outcome N"));
    assert!(explained(json!("P10")).unwrap_err().contains("there is no diagnostic `P10`"));
    assert!(explained(json!(7)).is_err());
    editor.stop();
}

#[test]
fn the_coverage_is_told_with_titles_places_and_near_misses() {
    let mut editor = Editor::start(&one(MODEL));
    editor.open("keys.prm", MODEL);
    let document = json!({ "uri": editor.uri("keys.prm") });
    let answer = editor.ask("prm/coverage", json!({ "textDocument": document })).unwrap();
    assert_eq!(answer["title"], "Keys");
    let catalog = &answer["catalogs"][0];
    assert_eq!(catalog["summary"], "1 of 14 requirements covered, 1 partial, 12 uncovered");
    assert_eq!(catalog["clauses"], json!(["A.7"]));
    let row = |id: &str| catalog["requirements"].as_array().unwrap().iter().find(|row| row["id"] == id).unwrap();
    assert_eq!((&row("A.7.1")["status"], &row("A.7.1")["near"][0]["text"]), (&json!("covered"), &json!("K.1.1")));
    assert_eq!(row("A.7.2")["title"], "Physical entry");
    assert_eq!(row("A.7.2")["near"][0]["text"], "K.1.2 contributes");
    assert_eq!(row("A.7.2")["near"][0]["location"]["range"]["start"]["line"], 7);
    assert!(text(&row("A.7.3")["location"]["uri"]).starts_with("file:///std/"));
    // What is not saved counts, and what is no model has no coverage.
    editor.change("keys.prm", json!([{ "text": MODEL.replace("partly ", "") }]));
    let answer = editor.ask("prm/coverage", json!({ "textDocument": document })).unwrap();
    assert_eq!(answer["catalogs"][0]["summary"], "2 of 14 requirements covered, 12 uncovered");
    for params in [json!({ "textDocument": { "uri": "file:///nowhere.prm" } }), json!({}), json!(7)] {
        assert_eq!(editor.ask("prm/coverage", params), Ok(Value::Null));
    }
    editor.stop();
}

#[test]
fn a_link_is_accepted_with_the_reason_that_is_given() {
    let read = |name: &str| std::fs::read_to_string(format!("tests/lsp/suspect/{name}")).unwrap();
    let model = read("main.prm").split("// ---").next().unwrap().to_owned();
    let files: BTreeMap<String, String> = [
        ("prm.toml".to_owned(), read("prm.toml")),
        ("prm.lock".to_owned(), read("prm.lock")),
        ("main.prm".to_owned(), model.clone()),
    ]
    .into();
    let mut editor = Editor::of(&files, json!({}), json!({ "acceptLink": true }));
    editor.open("main.prm", &model);
    let document = json!({ "uri": editor.uri("main.prm") });
    let line = model.lines().position(|line| line.contains("satisfies R1")).unwrap();
    let at = json!({ "line": line, "character": 16 });
    let params =
        json!({ "textDocument": document, "range": { "start": at, "end": at }, "context": { "diagnostics": [] } });
    let actions = editor.ask("textDocument/codeAction", params).unwrap();
    let is_meant = |action: &&Value| action["command"]["command"] == "prm.acceptLink";
    let command = actions.as_array().unwrap().iter().find(is_meant).expect("an action")["command"].clone();
    assert_eq!(command["arguments"], json!([document["uri"], "K.1.1 satisfies house:R1"]));
    assert_eq!(command["title"], "Accept `K.1.1 satisfies house:R1` with a reason");
    let mut accept = |link: &str, because: &str| {
        editor.ask("prm/acceptLink", json!({ "textDocument": document, "link": link, "because": because }))
    };
    for (link, because) in [("K.1.1/house:R1", "…"), ("K.1.1/house:R1", ""), ("K.1.1/house:R9", "It holds."), ("", "x")]
    {
        assert!(accept(link, because).is_err(), "{link} because {because}");
    }
    assert!(accept("K.1.1/house:R1", "The list is counted.").is_ok());
    let edit = accept("K.1.1 satisfies house:R1", "The list is\n counted.").unwrap();
    let edits = edit["changes"][editor.uri("prm.lock").as_str()].as_array().unwrap().clone();
    let lock = applied(&files["prm.lock"], &edits);
    let is_accepted = lock.contains("because = \"The list is counted.\"") && lock.contains("house:R1 48aed57861b238bf");
    assert!(is_accepted, "{lock}");
    editor.stop();
}

#[test]
fn settings_switch_off_what_stands_beside_the_text() {
    let takes = json!({ "refreshSupport": true });
    let capabilities = json!({ "workspace": { "codeLens": takes, "inlayHint": takes } });
    let mut editor = Editor::of(&one(MODEL), capabilities, json!({ "lenses": false }));
    editor.open("keys.prm", MODEL);
    let document = json!({ "uri": editor.uri("keys.prm") });
    let whole = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } });
    let shown = |editor: &mut Editor| {
        let lenses = editor.ask("textDocument/codeLens", json!({ "textDocument": document })).unwrap();
        let params = json!({ "textDocument": document, "range": whole });
        (lenses.is_array(), editor.ask("textDocument/inlayHint", params).unwrap().is_array())
    };
    assert_eq!(shown(&mut editor), (false, true));
    for (settings, expected) in [
        (json!({ "prm": { "lenses": true, "hints": false } }), (true, false)),
        (json!({ "prm": { "lenses": "yes", "hints": null } }), (true, false)),
        (json!({ "other": {} }), (true, false)),
        (json!({ "prm": { "hints": true, "pedantic": true } }), (true, true)),
    ] {
        editor.tell("workspace/didChangeConfiguration", json!({ "settings": settings }));
        assert_eq!(shown(&mut editor), expected, "{settings}");
    }
    assert_eq!(editor.heard_of("codeLens/refresh"), 2);
    editor.stop();
}

#[test]
fn clients_get_the_texts_that_they_can_show() {
    let plain = json!({ "contentFormat": ["plaintext"] });
    for (hover, marks) in [(plain, false), (json!({ "contentFormat": ["markdown"] }), true), (json!({}), true)] {
        let mut editor = Editor::of(&one(MODEL), json!({ "textDocument": { "hover": hover } }), json!({}));
        editor.open("keys.prm", MODEL);
        let document = json!({ "uri": editor.uri("keys.prm") });
        let at =
            |character: usize| json!({ "textDocument": document, "position": { "line": 5, "character": character } });
        let answer = editor.ask("textDocument/hover", at(45)).unwrap();
        let value = text(&answer["contents"]["value"]);
        assert!(value.contains("Physical security perimeters"), "{value}");
        assert_eq!(answer["contents"]["kind"] == "markdown", marks);
        assert_eq!(value.contains("**") || value.contains('`'), marks, "{value}");
        // An alias tells of what it stands for.
        let answer = editor.ask("textDocument/hover", at(40)).unwrap();
        let value = text(&answer["contents"]["value"]).replace('`', "");
        assert!(value.contains("new for iso27001-2022") && !value.contains("model"), "{value}");
        // Letters in their order find a name, and an outcome is known by its full id.
        let found = editor.ask("workspace/symbol", json!({ "query": "kycr" })).unwrap();
        assert!(found.to_string().contains("K.1 Key care"), "{found}");
        let found = editor.ask("workspace/symbol", json!({ "query": "k.1.2" })).unwrap();
        assert!(found.to_string().contains("K.1.2 Keys are listed."), "{found}");
        editor.stop();
    }
}
