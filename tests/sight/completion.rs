//! What the editor offers, taken: the compiler knows it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde_json::{Value, json};

use super::{Finding, Packages, refers};
use crate::cases;
use crate::lsp::editor::{Editor, applied};
use crate::support::Project;
use crate::worlds::world::Dice;

/// How many places of a project are completed, and how many of the offers at each are taken.
const PLACES: usize = 10;
const OFFERS: usize = 2;

/// How many random packages are edited.
const PACKAGES: u64 = 30;

#[test]
fn what_is_offered_in_a_case_is_known() {
    let mut taken = 0;
    // Where ids are words of the language, what is due is a guess.
    let cases = cases::all().into_iter().filter(|case| case.name != "syntax/no-word-is-reserved.prm");
    for (seed, case) in (0..).zip(cases) {
        taken += take(&case.project(), seed).unwrap_or_else(|problem| panic!("{}: {problem}", case.name));
    }
    assert!(taken > 500, "only {taken} offers were taken");
}

#[test]
fn what_is_offered_in_random_packages_is_known() {
    let mut taken = 0;
    for seed in 0..PACKAGES {
        let packages = Packages::random(seed);
        let problem = |problem| panic!("seed {seed}: {problem}\n{}", packages.text());
        taken += take(&packages.project(), seed).unwrap_or_else(problem);
    }
    assert!(taken > PACKAGES * 4, "only {taken} offers were taken");
}

/// Takes some of what is offered at some of the references in the files of the package that is asked for; gives how
/// many offers that were.
fn take(project: &Project, seed: u64) -> Result<u64, String> {
    let found = Finding::of(project);
    let mut dice = Dice(seed ^ 0xc0de);
    let mut places: Vec<(String, usize)> = Vec::new();
    for tree in found.snapshot.loaded.iter().rev().take(1).flat_map(|loaded| &loaded.trees) {
        let path = found.snapshot.source(tree.file).display();
        for (node, statement) in (0..).zip(&tree.nodes) {
            let text = &found.snapshot.source(tree.file).text;
            for arg in tree.args(node).iter().filter(|arg| refers(statement.kind, arg.role)) {
                let written = &text[arg.start as usize..arg.end as usize];
                let within = match written.starts_with('"') {
                    true => written.find("]]").filter(|close| written[..*close].contains("[[")),
                    false => Some(written.len()),
                };
                places.extend(within.map(|within| (path.clone(), arg.start as usize + within)));
            }
        }
    }
    if places.is_empty() {
        return Ok(0);
    }
    let files = project.files().iter();
    let files: Option<BTreeMap<String, String>> =
        files.map(|(path, bytes)| Some((path.clone(), String::from_utf8(bytes.clone()).ok()?))).collect();
    let Some(files) = files else { return Ok(0) };
    let mut editor = Editor::start(&files);
    let mut taken = 0;
    let mut open: BTreeSet<String> = BTreeSet::new();
    for _ in 0..PLACES.min(places.len()) {
        let (path, offset) = places.swap_remove(dice.below(places.len()));
        let text = &files[&path];
        if open.insert(path.clone()) {
            editor.open(&path, text);
        }
        let params = json!({ "textDocument": { "uri": editor.uri(&path) }, "position": position(text, offset) });
        let answer = editor.ask("textDocument/completion", params)?;
        let mut items: Vec<Value> = answer["items"].as_array().cloned().unwrap_or_default();
        // Words of the language are no names.
        items.retain(|item| item["kind"] != 14);
        for _ in 0..OFFERS.min(items.len()) {
            let item = items.swap_remove(dice.below(items.len()));
            taken += 1;
            let edit = &item["textEdit"];
            let new = applied(text, std::slice::from_ref(edit));
            let end = offset + new.len() - text.len();
            let begin = end - edit["newText"].as_str().unwrap().len();
            known(project, &path, &new, begin..end).map_err(|said| {
                let line = 1 + text[..offset].matches('\n').count();
                format!("{path}:{line}: {} is offered: {said}", edit["newText"])
            })?;
        }
    }
    editor.stop();
    Ok(taken)
}

/// Whether nothing is said of names at some bytes.
fn known(project: &Project, path: &str, text: &str, bytes: Range<usize>) -> Result<(), String> {
    let compiled = project.clone().with(path, text).compile();
    let said = compiled.0.diagnostics.iter().find(|found| {
        let span = found.primary.span;
        let is_here = span.range().start < bytes.end && bytes.start < span.range().end;
        is_here && compiled.0.sources.file(span.file).display() == path && found.code.code.starts_with("P1")
    });
    said.map_or(Ok(()), |found| Err(format!("{}: {}", found.code.code, found.message)))
}

fn position(text: &str, offset: usize) -> Value {
    let before = &text[..offset];
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    json!({ "line": before.matches('\n').count(), "character": before[line..].encode_utf16().count() })
}
