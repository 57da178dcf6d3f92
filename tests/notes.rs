//! A note in the block of any statement reaches the JSON.

use std::collections::BTreeSet;

use prm::emit::json;
use prm::span::FileId;
use prm::syntax::statements::{self, Kind};
use prm::syntax::{self, tree::Tree};
use serde_json::Value;

use crate::support::Project;

const BASE: &str = r#"
model keys "Key model" {
  domain "Keys"
  covers dropped
}
group G "Group"
process K.1 "Key custody" {
  purpose "The purpose of the key custody process is to keep keys."
  context "Everywhere."
  outcome 1 "Keys are known."
  outcome 2 "Holders of keys are known."
  practice BP1 "Count keys." achieves 1
}
process K.2 "Key return" {
  purpose "The purpose of the key return process is to get keys back."
  outcome 1 "Keys are back."
}
item list "List" kind record
item plan "Plan" kind plan
term "key" "What opens a lock."
catalog dropped "Dropped" { requirement 1 "Keys" }
"#;

/// Every statement of the language, one a line, without a note.
const LAYER: &str = r#"
use keys
model acme "Acme" extends keys {
  edition "1"
  source "S"
  domain "D"
  context "C"
  community "C"
  consensus "C"
  covers rules
  drops dropped because "Gone."
  measured by frame
  conforms m1 "So."
  apply 4 because "Yes." {
    state planned
  }
  exclude 3 because "No."
  order by id
  order groups H, G
  language en
  notice "N"
  foreword "F"
  introduction "I"
  scope "S"
  overview "O"
  allow P421 because "All."
  owner "Anna"
}
group H "Group"
process A.1 "Key care" {
  purpose "The purpose of the key care process is to care for keys."
  context "Here."
  note "A note."
  outcome 1 "Keys are cared for." satisfies rules:1
  practice BP1 "Oil keys." achieves 1
  supports K.1
  informs K.1
  follows K.1
  formerly A.0
}
item oil "Oil" kind record {
  characteristic "It is oil."
}
term "lock" "What a key opens." {
  also "bolt"
  source "S"
}
annex a1 "Annex" "Text."
reference r1 "ISO 1" "Title" normative
field owner "Owner" on model
catalog rules "Rules" {
  tailorable
  clause 0 "All" {
    label "0)"
    requirement 1 "One"
    requirement 2 "Two"
    control 3 "Three"
    control 4 "Four"
  }
}
catalog made "For models" {
  for models
  requirement m1 "One"
}
crosswalk c1 "Crosswalk" from dropped to rules {
  1 equals 1
  new 2, 3, 4
  withdrawn dropped:1
}
framework frame "Framework" {
  scale {
    rating N "Not" 0 50
    rating F "Fully" 50 100
  }
  level 0 "Nothing"
  level 1 "Something" {
    attribute PA.1 "Attribute" {
      achievement a "Achieved."
      practice GP.1 "Achieve." achieves a
    }
  }
}
extend process K.1 {
  extend outcome 2
  replace outcome 1 "Keys are well known." because "Better."
  replace practice BP1 "Count all keys." because "Better." achieves 1
  replace purpose "The purpose of the key custody process is to keep all keys." because "Better."
  replace context "There." because "Better."
}
extend group G
extend item list
replace item plan "The plan" because "Better."
replace term "key" "What opens doors." because "Better."
omit K.2 because "No returns."
"#;

/// The text with a note in every block, and a block with one at every statement that has none; and the notes.
fn noted(text: &str) -> (String, Vec<(Kind, String)>) {
    let (tree, diagnostics): (Tree, _) = syntax::parse(FileId(0), text);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let mut notes = Vec::new();
    let mut places = Vec::new();
    for (number, node) in tree.nodes.iter().enumerate() {
        let note = format!("the {number}th, of {:?}", node.kind);
        let block = match node.open {
            Some(open) => (open + 1, format!(" note \"{note}\"\n")),
            None => (node.end, format!(" {{ note \"{note}\" }}")),
        };
        places.push(block);
        // Which of its lines are fields is told by the package.
        let kind = if node.kind == Kind::Other { Kind::FieldValue } else { node.kind };
        notes.push((kind, note));
    }
    places.sort();
    let mut noted = text.to_owned();
    for (at, note) in places.into_iter().rev() {
        noted.insert_str(at as usize, &note);
    }
    (noted, notes)
}

/// All texts of a value, each with the path that leads there.
fn texts(value: &Value, path: &str, found: &mut Vec<(String, String)>) {
    match value {
        Value::String(text) => found.push((path.to_owned(), text.clone())),
        Value::Array(values) => values.iter().for_each(|value| texts(value, path, found)),
        Value::Object(fields) => {
            fields.iter().for_each(|(name, value)| texts(value, &format!("{path}/{name}"), found));
        }
        _ => {}
    }
}

#[test]
fn no_note_is_lost_whatever_it_is_a_note_to() {
    let (layer, notes) = noted(LAYER);
    let kinds: BTreeSet<String> = notes.iter().map(|(kind, _)| format!("{kind:?}")).collect();
    let all = statements::ALL.iter().map(|row| format!("{:?}", row.kind)).chain(["FieldValue".to_owned()]);
    assert_eq!(kinds, all.collect(), "a kind is missing in the sample");
    let compiled = Project::new()
        .with("base/prm.toml", "[package]\nname = \"keys\"\n")
        .with("base/keys.prm", BASE)
        .with("prm.toml", "[package]\nname = \"acme\"\n[dependencies]\nkeys = { path = \"base\" }\n")
        .with("acme.prm", layer)
        .at("")
        .compile();
    let Ok(input) = compiled.0.checked().ok_or(()) else { panic!("{}", compiled.lines()) };
    let mut bytes = Vec::new();
    json::write(&input, &mut bytes).unwrap();
    let mut found = Vec::new();
    texts(&serde_json::from_slice(&bytes).unwrap(), "", &mut found);
    let is_note = |path: &str| path.ends_with("/notes") || path.ends_with("/notes/text");
    let lost: Vec<&(Kind, String)> =
        notes.iter().filter(|(_, note)| !found.iter().any(|(path, text)| is_note(path) && text == note)).collect();
    assert!(lost.is_empty(), "{lost:#?}");
}
