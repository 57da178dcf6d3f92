//! Renaming from a package that the editor has opened alone: what depends on it is found in its repository.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::editor::{Editor, applied};

pub fn repository(git: bool) -> BTreeMap<String, String> {
    let manifest = |name: &str, needs: &str| {
        format!("[package]\nname = \"{name}\"\nversion = \"1.0.0\"\n[dependencies]\n{needs}\n")
    };
    let group = "model group \"Group\"\nfield owner \"Owner\" on process\nprocess K.1 \"Keys\" {\n  owner \"Porter\"\n  outcome 1 \"Keys are kept.\"\n}\n";
    let unit = "use group\nmodel unit \"Unit\" extends group\nextend process K.1 {\n  owner \"Guard\"\n  note \"See [[K.1.1]].\"\n}\n";
    let team = "use unit\nmodel team \"Team\" extends unit\nextend process K.1 {\n  owner \"Team lead\"\n}\n";
    let files = [
        ("repo/models/group/prm.toml", manifest("group", "")),
        ("repo/models/group/model.prm", group.to_owned()),
        ("repo/models/unit/prm.toml", manifest("unit", "group = { path = \"../group\" }")),
        ("repo/models/unit/model.prm", unit.to_owned()),
        ("repo/deep/er/team/prm.toml", manifest("team", "unit = { path = \"../../../models/unit\" }")),
        ("repo/deep/er/team/model.prm", team.to_owned()),
        // What has nothing to do with it, what is broken, and what is hidden, does no harm.
        ("repo/other/prm.toml", manifest("other", "")),
        ("repo/other/model.prm", "model other \"Other\"\nfield owner \"Owner\" on process\n".to_owned()),
        ("repo/broken/prm.toml", "[dependencies\n\u{0}group = { path = \"../models/group\" }".to_owned()),
        ("repo/wild/prm.toml", manifest("wild", "group = { path = \"../models/group\" }")),
        ("repo/wild/model.prm", "use group\nmodel wild \"Wild\" extends nobody {\n }}} owner \"\n".to_owned()),
        ("repo/.hidden/prm.toml", manifest("hidden", "group = { path = \"../models/group\" }")),
        ("repo/.hidden/model.prm", unit.replace("unit", "hidden")),
        // Another repository is another matter.
        ("elsewhere/prm.toml", manifest("elsewhere", "group = { path = \"../repo/models/group\" }")),
        ("elsewhere/model.prm", unit.replace("unit", "elsewhere")),
    ];
    let mut files: BTreeMap<String, String> = files.map(|(path, text)| (path.to_owned(), text)).into();
    if git {
        files.insert("repo/.git/HEAD".to_owned(), "ref: refs/heads/main\n".to_owned());
    } else {
        files.insert("repo/prm.toml".to_owned(), manifest("all", ""));
    }
    files
}

/// Renames something in a file, in an editor that has opened one folder; gives the paths that change.
fn rename(files: &BTreeMap<String, String>, folder: &str, piece: &str, new: &str) -> Result<Vec<String>, String> {
    let mut editor = Editor::at(files, &format!("/w/{folder}"), json!({}), json!({}));
    let path = format!("{folder}/model.prm");
    editor.open(&path, &files[&path]);
    let at = files[&path].find(piece).unwrap();
    let before = &files[&path][..at];
    let column = at - before.rfind('\n').map_or(0, |at| at + 1);
    let params = json!({
        "textDocument": { "uri": editor.uri(&path) },
        "position": { "line": before.matches('\n').count(), "character": column },
        "newName": new,
    });
    let answer = editor.ask("textDocument/rename", params);
    editor.stop();
    let changes: BTreeMap<String, Vec<Value>> = serde_json::from_value(answer?["changes"].clone()).unwrap();
    for (uri, edits) in &changes {
        let path = uri.trim_start_matches("file:///w/");
        assert!(applied(&files[path], edits).contains(new), "{path}");
    }
    Ok(changes.into_keys().map(|uri| uri.trim_start_matches("file:///w/").to_owned()).collect())
}

#[test]
fn a_rename_reaches_every_layer_of_the_repository() {
    let layers = ["repo/deep/er/team/model.prm", "repo/models/group/model.prm", "repo/models/unit/model.prm"];
    for git in [true, false] {
        let files = repository(git);
        for folder in ["repo/models/group", "repo/models/unit", "repo/deep/er/team"] {
            assert_eq!(rename(&files, folder, "owner", "steward").unwrap(), layers, "from {folder}, git: {git}");
        }
        let ids = rename(&files, "repo/models/group", "K.1", "K.7").unwrap();
        assert_eq!(ids, layers);
    }
    // A worktree has a file of that name.
    let mut files = repository(true);
    files.remove("repo/.git/HEAD");
    files.insert("repo/.git".to_owned(), "gitdir: /elsewhere\n".to_owned());
    assert_eq!(rename(&files, "repo/models/group", "owner", "steward").unwrap(), layers);
    // What another layer would make of the new name counts too.
    let clash = files["repo/deep/er/team/model.prm"].clone() + "process K.7 \"Sevens\" {\n}\n";
    files.insert("repo/deep/er/team/model.prm".to_owned(), clash);
    assert!(rename(&files, "repo/models/group", "K.1", "K.7").unwrap_err().contains("with this name"));
}

#[test]
fn a_renamed_process_keeps_its_group_and_may_keep_its_name() {
    let text = "model m \"M\"\ngroup K \"Keys\"\ngroup L \"Locks\"\nprocess K.1 \"Keys\" {\n  outcome 1 \"Keys are kept.\"\n}\nprocess L.1 \"Locks\"\nprocess X.1 \"Other\"\ngroup N \"Nested\" {\n  process N.1 \"Inside\"\n}\n";
    let files: BTreeMap<String, String> =
        [("prm.toml", "[package]\nname = \"m\"\nversion = \"1.0.0\"\n"), ("model.prm", text)]
            .map(|(path, text)| (path.to_owned(), text.to_owned()))
            .into();
    let mut editor = Editor::start(&files);
    editor.open("model.prm", text);
    let document = json!({ "uri": editor.uri("model.prm") });
    let rename = |editor: &mut Editor, line: usize, new: &str| {
        let params = json!({ "textDocument": document, "position": { "line": line, "character": 9 }, "newName": new });
        editor.ask("textDocument/rename", params).map(|answer| match answer.is_null() {
            true => text.to_owned(),
            false => applied(text, answer["changes"][document["uri"].as_str().unwrap()].as_array().unwrap()),
        })
    };
    assert!(rename(&mut editor, 3, "L.5").unwrap().contains("process L.5 \"Keys\" in K {"));
    assert!(rename(&mut editor, 3, "K.5").unwrap().contains("process K.5 \"Keys\" {"));
    assert_eq!(rename(&mut editor, 3, "K.1").unwrap(), text, "the same name changes nothing");
    assert!(rename(&mut editor, 7, "L.7").unwrap_err().contains("would belong to the group `L`"));
    assert!(rename(&mut editor, 7, "Y.7").unwrap().contains("process Y.7 \"Other\"\n"));
    let params = json!({ "textDocument": document, "position": { "line": 9, "character": 11 }, "newName": "L.9" });
    let nested = editor.ask("textDocument/rename", params).unwrap().to_string();
    assert!(nested.contains("L.9") && !nested.contains(" in "), "{nested}");
    let renamed = rename(&mut editor, 3, "Z.5").unwrap();
    assert!(renamed.contains("process Z.5 \"Keys\" in K {"));
    // Once it is done, the first id is offered for the record.
    let offers = |editor: &mut Editor| {
        let at = json!({ "line": 3, "character": 9 });
        let params =
            json!({ "textDocument": document, "range": { "start": at, "end": at }, "context": { "diagnostics": [] } });
        let answer = editor.ask("textDocument/codeAction", params).unwrap();
        let is_meant = |action: &&Value| super::text(&action["title"]).contains("former id");
        answer.as_array().unwrap().iter().find(is_meant).cloned()
    };
    assert!(offers(&mut editor).is_none());
    editor.change("model.prm", json!([{ "text": renamed }]));
    let action = offers(&mut editor).expect("an offer");
    assert_eq!(super::text(&action["title"]), "Record its former id: `formerly K.1`");
    let changes = action["edit"]["changes"][document["uri"].as_str().unwrap()].as_array().unwrap();
    let recorded = applied(&renamed, changes);
    assert!(recorded.contains("in K {\n  formerly K.1\n"), "{recorded}");
    editor.change("model.prm", json!([{ "text": recorded }]));
    assert!(offers(&mut editor).is_none(), "it stands there");
    editor.stop();
}
