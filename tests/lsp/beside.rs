//! What stands beside the text: manifests, the document and the pictures of a model as it is being written, layers.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::editor::{Editor, applied};
use super::text;

const MODEL: &str = "use iso27001-2022\nmodel keys \"Keys\" {\n  covers iso27001-2022:A.7\n}\nprocess K.1 \"Key care\" {\n  supports K.2\n  outcome 1 \"Keys are kept.\" satisfies A.7.1\n}\nprocess K.2 \"Lock care\" {\n  outcome 1 \"Locks work.\"\n}\n";

fn files(manifest: &str) -> BTreeMap<String, String> {
    let file = |path: &str, text: &str| (path.to_owned(), text.to_owned());
    [
        file("keys/prm.toml", manifest),
        file("keys/keys.prm", MODEL),
        file("models/locks/prm.toml", "[package]\nname = \"locks\"\n"),
        file("models/locks/locks.prm", "model locks \"Locks\"\n"),
    ]
    .into()
}

/// The labels that are offered at `|` in a manifest, and the manifest after the first is taken.
fn offered(manifest: &str) -> (Vec<String>, String) {
    let at = manifest.find('|').unwrap();
    let manifest = manifest.replacen('|', "", 1);
    let mut editor = Editor::start(&files(&manifest));
    editor.open("keys/prm.toml", &manifest);
    let line = manifest[..at].matches('\n').count();
    let character = manifest[..at].rsplit('\n').next().unwrap().encode_utf16().count();
    let position = json!({ "line": line, "character": character });
    let params = json!({ "textDocument": { "uri": editor.uri("keys/prm.toml") }, "position": position });
    let answer = editor.ask("textDocument/completion", params).unwrap();
    let items = answer["items"].as_array().cloned().unwrap_or_default();
    let taken = items.first().map_or(manifest.clone(), |item| applied(&manifest, &[item["textEdit"].clone()]));
    editor.stop();
    (items.iter().map(|item| text(&item["label"])).collect(), taken)
}

#[test]
fn a_manifest_is_completed_from_the_table_of_its_keys() {
    let heads = ["[package]", "[dependencies]", "[lints]", "[[output]]"];
    assert_eq!(offered("|").0, heads);
    assert_eq!(offered("[|]"), (heads.map(str::to_owned).to_vec(), "[package]".to_owned()));
    let (labels, taken) = offered("[package]\nna|");
    assert_eq!(labels, ["name", "version", "[dependencies]", "[lints]", "[[output]]"]);
    assert_eq!(taken, "[package]\nname = \"$1\"");
    assert_eq!(offered("[package]\nname = \"ä\"\n|").0[0], "version");
    let (labels, taken) = offered("[dependencies]\n|\n[lints]\n");
    assert_eq!(labels[0], "locks");
    assert_eq!(taken, "[dependencies]\nlocks = { path = \"../models/locks\" }\n[lints]\n");
    assert_eq!(offered("[dependencies]\nlocks = { |").0, ["path"]);
    assert_eq!(
        offered("[dependencies]\nlocks = { path = \"|\" }").1,
        "[dependencies]\nlocks = { path = \"../models/locks\" }"
    );
    assert_eq!(offered("[dependencies.locks]\n|").0[0], "path");
    let labels = offered("[lints]\n|").0;
    assert!(labels.contains(&"uncovered-requirement".to_owned()) && labels.contains(&"P4xx".to_owned()), "{labels:?}");
    assert!(!labels.iter().any(|label| label == "P1xx" || label == "unresolved-reference"), "{labels:?}");
    assert_eq!(offered("[lints]\nP4xx = |").1, "[lints]\nP4xx = \"allow\"");
    assert_eq!(offered("[lints]\nP4xx = \"w|rn\"").1, "[lints]\nP4xx = \"allow\"");
    assert_eq!(
        offered("[[output]]\nformat = \"|").0,
        ["json", "markdown", "docx", "adoc", "html", "pam", "soa", "assessment", "csv", "xlsx", "parquet", "oscal"]
    );
    let forms = ["markdown", "docx", "adoc", "html", "csv", "json", "xlsx"];
    assert_eq!(offered("[[output]]\nformat = \"soa\"\nas = |").0, forms);
    assert_eq!(offered("[[output]]\nformat = \"soa\"\ncatalog = |").0, ["iso27001-2022"]);
    // Of each output its own keys, and not those of the one before.
    assert_eq!(
        offered("[[output]]\nformat = \"soa\"\n[[output]]\nformat = \"markdown\"\n|").0[..2],
        ["path", "provenance"]
    );
    for nothing in
        ["# [|", "[package]\nname = \"|", "[package]\nname = \"a\" |", "[nonsense]\nx = |", "[package]\n= |", "\"|"]
    {
        assert_eq!(offered(nothing).0, [""; 0], "{nothing}");
    }
}

#[test]
fn the_words_of_a_manifest_are_explained() {
    let manifest =
        "[package]\nname = \"keys\"\n[lints]\nP301 = \"allow\"\n[[output]]\nformat = \"soa\"\npath = \"format\"\n";
    let mut editor = Editor::start(&files(manifest));
    editor.open("keys/prm.toml", manifest);
    let mut told = |line: u32, character: u32| {
        let document = json!({ "uri": editor.uri("keys/prm.toml") });
        let params = json!({ "textDocument": document, "position": { "line": line, "character": character } });
        text(&editor.ask("textDocument/hover", params).unwrap()["contents"]["value"])
    };
    assert!(told(0, 3).contains("called"));
    assert!(told(1, 0).contains("other packages use"));
    assert!(told(3, 2).contains("uncovered-requirement"));
    assert!(told(3, 9).contains("not told"));
    assert!(told(5, 12).contains("statement of applicability"));
    for (line, character) in [(1, 9), (6, 10), (7, 0), (99, 99)] {
        assert_eq!(told(line, character), "", "{line}:{character}");
    }
    // It is no model, and is not laid out as one.
    let params = json!({ "textDocument": { "uri": editor.uri("keys/prm.toml") }, "options": { "tabSize": 2, "insertSpaces": true } });
    assert_eq!(editor.ask("textDocument/formatting", params), Ok(Value::Null));
    editor.stop();
}

#[test]
fn the_document_and_the_pictures_are_those_of_the_text_as_it_is() {
    let files = files("[package]\nname = \"keys\"\n");
    let mut editor = Editor::start(&files);
    editor.open("keys/keys.prm", MODEL);
    let document = json!({ "uri": editor.uri("keys/keys.prm") });
    let of = |editor: &mut Editor, method: &str, params: Value| {
        let mut params = params;
        params["textDocument"] = document.clone();
        editor.ask(method, params)
    };
    editor.change("keys/keys.prm", json!([{ "text": MODEL.replace("Locks work.", "Locks hold.") }]));
    let answer = of(&mut editor, "prm/document", json!({})).unwrap();
    assert_eq!((&answer["id"], &answer["title"]), (&json!("keys"), &json!("Keys")));
    assert!(text(&answer["text"]).contains("Locks hold."));
    let map = of(&mut editor, "prm/graph", json!({})).unwrap();
    assert!(text(&map["text"]).starts_with("<svg") && text(&map["text"]).contains("Lock care"));
    let trace = of(&mut editor, "prm/graph", json!({ "view": "trace", "process": "K.1" })).unwrap();
    assert!(text(&trace["text"]).contains("A.7.1") && !text(&trace["text"]).contains("Lock care"));
    for params in [json!({ "view": "tree" }), json!({ "process": "K.9" }), json!({ "process": "" })] {
        assert!(of(&mut editor, "prm/graph", params.clone()).is_err(), "{params}");
    }
    // A model with an error is not printed; what is in the way is said.
    editor.change("keys/keys.prm", json!([{ "text": MODEL.replace("A.7.1", "A.7.99") }]));
    for method in ["prm/document", "prm/graph"] {
        let refused = of(&mut editor, method, json!({})).unwrap_err();
        assert!(refused.starts_with("keys.prm:7: P104: ") || refused.contains("keys.prm:7: P104: "), "{refused}");
        for params in [json!({ "textDocument": { "uri": "file:///nowhere.prm" } }), json!({}), json!(7)] {
            assert_eq!(editor.ask(method, params), Ok(Value::Null));
        }
    }
    editor.change("keys/keys.prm", json!([{ "text": "catalog c \"C\" {\n}\n" }]));
    assert_eq!(of(&mut editor, "prm/document", json!({})), Ok(Value::Null));
    editor.stop();
}

#[test]
fn layers_that_are_not_open_stand_below_what_they_are_built_on() {
    let files = super::roots::repository(true);
    // The editor has opened the base alone.
    let folder = format!("{}/repo/models/group", super::editor::ROOT);
    let mut editor = Editor::at(&files, &folder, json!({}), json!({}));
    let model = "repo/models/group/model.prm";
    editor.open(model, &files[model]);
    let params = json!({ "textDocument": { "uri": editor.uri(model) }, "position": { "line": 2, "character": 9 } });
    let items = editor.ask("textDocument/prepareTypeHierarchy", params).unwrap();
    assert_eq!((&items[0]["name"], &items[0]["detail"]), (&json!("K.1"), &json!("process in group")));
    let below = |editor: &mut Editor, item: &Value| {
        editor.ask("typeHierarchy/subtypes", json!({ "item": item })).unwrap().as_array().unwrap().clone()
    };
    let unit = below(&mut editor, &items[0]);
    let details = |items: &[Value]| items.iter().map(|item| text(&item["detail"])).collect::<Vec<_>>();
    assert_eq!(details(&unit), ["extend process in unit"]);
    let team = below(&mut editor, &unit[0]);
    assert_eq!(details(&team), ["extend process in team"]);
    assert!(below(&mut editor, &team[0]).is_empty());
    let above = editor.ask("typeHierarchy/supertypes", json!({ "item": team[0] })).unwrap();
    assert_eq!(details(above.as_array().unwrap()), ["extend process in unit"]);
    for data in [json!(null), json!(["process", "x"]), json!(["nothing", "a", "b", "c"])] {
        let mut item = items[0].clone();
        item["data"] = data;
        assert_eq!(editor.ask("typeHierarchy/subtypes", json!({ "item": item })), Ok(Value::Null));
    }
    editor.stop();
}
