//! Nothing that is written is lost: each text of each statement, and a note in the block of any, reaches the JSON and the
//! documents, but for what a document leaves out for a reason.

use std::collections::BTreeSet;

use prm::emit::{json, markdown, pam, soa};
use prm::span::FileId;
use prm::syntax::statements::{self, Kind};
use prm::syntax::{
    self,
    tree::{Role, Tree},
};
use serde_json::Value;

use crate::support::{Compiled, Project};

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
  outcome 2 "Holders of keys are known." satisfies dropped:2
  practice BP1 "Count keys." achieves 1
}
process K.2 "Key return" {
  purpose "The purpose of the key return process is to get keys back."
  outcome 1 "Keys are back."
}
item list "List" kind record
item plan "Plan" kind plan
term "key" "What opens a lock."
catalog dropped "Dropped" {
  requirement 1 "Keys"
  requirement 2 "Holders"
}
"#;

/// Every statement of the language, one a line, without a note.
const LAYER: &str = r#"
use keys
use iso33004
model acme "Acme" extends keys {
  edition "1"
  source "S"
  domain "D"
  context "C"
  community "C"
  consensus "C"
  covers rules through c1
  drops dropped because "Gone."
  measured by frame
  conforms m1 "So."
  conforms iso33004:5.4 "So it is."
  conforms iso33004:6.2 "So it is, too."
  apply 4 because "Yes." {
    state planned
    answer "Clara"
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
group H "Group" "What it holds." {
  formerly H0
  seat "Hall"
}
process A.1 "Key care" in H {
  purpose "The purpose of the key care process is to care for keys."
  context "Here."
  note "A note."
  keeper "Berta"
  outcome 1 "Keys are cared for." satisfies rules:1 because "Care." produces oil {
    proof "Report"
  }
  practice BP1 "Oil" "Oil keys." achieves 1
  supports K.1 "With care."
  informs K.1 "Of care."
  follows K.1 "After care."
  formerly A.0
}
item oil "Oil" kind record {
  characteristic "It is oil."
  shelf "Third"
}
term "lock" "What a key opens." {
  also "bolt"
  source "S"
}
annex a1 "Annex" "Text."
reference r1 "ISO 1" "Title" normative
reference r2 "ISO 2" "Title"
field owner "Owner" on model
field seat "Seat" on group
field keeper "Keeper" on process
field proof "Proof" on outcome
field shelf "Shelf" on item
field answer "Answer" on control
catalog rules "Rules" {
  edition "1"
  source "S"
  notice "N"
  tailorable
  clause 0 "All" {
    label "0)"
    requirement 1 "One" "One is." {
      label "1)"
    }
    requirement 2 "Two"
    control 3 "Three" "Three is."
    control 4 "Four" {
      label "(4)"
    }
    control 5 "Five"
  }
}
catalog made "For models" {
  for models
  requirement m1 "One"
}
crosswalk c1 "Crosswalk" from dropped to rules {
  source "S"
  notice "N"
  dropped:1 equals rules:1
  dropped:2 equals 5 because "Alike."
  new 2, 3, 4
  withdrawn dropped:1
}
framework frame "Framework" {
  edition "1"
  source "S"
  notice "N"
  scale {
    rating N "Not" 0 50 {
      label "No"
    }
    rating F "Fully" 50 100
  }
  level 0 "Nothing"
  level 1 "Something" {
    attribute PA.1 "Attribute" {
      achievement a "Achieved."
      practice GP.1 "Name" "Achieve." achieves a
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

/// An assessment with its rules and its evidence; documents of models print nothing of it.
const ASSESSED: &str = r#"
model house "House model" {
  measured by frame
}
framework frame "Framework" {
  scale {
    rating N "Not" 0 50 {
      weight 0
    }
    rating F "Fully" 50 100
  }
  reached F below F
  level 0 "Nothing"
  level 1 "Something" {
    attribute PA.1 "Attribute" {
      achievement a "Achieved."
    }
  }
  level 2 "More" {
    attribute PA.2 "Attribute" {
      achievement a "Achieved."
    }
  }
}
process K.1 "Key custody" {
  purpose "The purpose of the key custody process is to keep keys."
  outcome 1 "Keys are known."
}
item list "List" kind record
rules ours "Rules" {
  class 1 {
    instances 1
    kinds 1
  }
  independence B "Nobody rates what is theirs."
}
assessment first "First" of house {
  target K.1 level 1
}
assessment spring "Spring" of house {
  sponsor "The house"
  purpose "To know." amended because "Better."
  unit "All doors"
  class 1
  independence B
  assessor lead "A. N." "Competent."
  period "Spring"
  constraint "None."
  documented "Ours."
  confidentiality "Kept."
  method R1 mean
  target K.1 level 2
  instances up, down of K.1
  takes first
  closed "In May."
}
exhibit E1 "Book" kind record {
  shows item list
  at "Shelf"
}
rate K.1 in spring for up {
  outcome 1 rated F by E1 because "Seen."
  achievement PA.2.a rated F by E1 because "Seen."
  attribute PA.1 rated F by E1 because "Seen."
  strength "Good." of 1
  weakness "Bad." of 1
}
"#;

/// A word that stands nowhere else, and what it was put into: "Process/Outcome Text", "note in Process/Outcome".
type Mark = (String, String);

/// The kind of a statement; of those of which documents print one and not another, with what it is about.
fn named(tree: &Tree, node: u32, text: &str) -> String {
    let kind = tree.node(node).kind;
    let about = match kind {
        Kind::Catalog | Kind::Field => tree.arg(node, Role::Id),
        Kind::Conforms => tree.arg(node, Role::Ref),
        // Which of its lines are fields is told by the package.
        Kind::Other => return "FieldValue".to_owned(),
        _ => None,
    };
    about.map_or_else(|| format!("{kind:?}"), |about| format!("{kind:?} {}", &text[about.range()]))
}

/// The text with a word of its own in each text, and a note with one in every block; a statement that has no block gets
/// one.
fn marked(text: &str) -> (String, Vec<Mark>) {
    let (tree, diagnostics): (Tree, _) = syntax::parse(FileId(0), text);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let mut marks: Vec<Mark> = Vec::new();
    let mut places = Vec::new();
    for (number, node) in (0..).zip(&tree.nodes) {
        let around = node.parent.map(|parent| named(&tree, parent, text) + "/").unwrap_or_default();
        let own = named(&tree, number, text);
        let mut mark = |what: String| {
            let word = format!("mark{}z", marks.len());
            marks.push((word.clone(), what));
            word
        };
        for arg in tree.args(number) {
            // What is replaced is named by its words.
            let is_name = node.kind == Kind::ReplaceTerm && arg.role == Role::Title;
            if text.as_bytes()[arg.start as usize] == b'"' && !is_name {
                let word = mark(format!("{around}{own} {:?}", arg.role));
                places.push((arg.end - 1, format!(" {word}.")));
            }
        }
        let note = mark(format!("note in {around}{own}"));
        places.push(match node.open {
            Some(open) => (open + 1, format!(" note \"{note}\"\n")),
            None => (node.end, format!(" {{ note \"{note}\" }}")),
        });
    }
    places.sort();
    let mut marked = text.to_owned();
    for (at, words) in places.into_iter().rev() {
        marked.insert_str(at as usize, &words);
    }
    (marked, marks)
}

/// The layer over its base, with its marks.
fn sample() -> (Compiled, Vec<Mark>) {
    let (layer, marks) = marked(LAYER);
    let (tree, _) = syntax::parse(FileId(0), &layer);
    let (assessed, _) = syntax::parse(FileId(0), ASSESSED);
    let nodes = tree.nodes.iter().chain(&assessed.nodes);
    let kinds: BTreeSet<String> = nodes.map(|node| format!("{:?}", node.kind)).collect();
    let all = statements::ALL.iter().map(|row| format!("{:?}", row.kind)).chain(["Other".to_owned()]);
    assert_eq!(kinds, all.collect(), "a kind is missing in the sample");
    let compiled = Project::new()
        .with("base/prm.toml", "[package]\nname = \"keys\"\n")
        .with("base/keys.prm", BASE)
        .with("prm.toml", "[package]\nname = \"acme\"\n[dependencies]\nkeys = { path = \"base\" }\n")
        .with("acme.prm", layer)
        .at("")
        .compile();
    assert!(compiled.0.checked().is_some(), "{}", compiled.lines());
    (compiled, marks)
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
fn nothing_that_is_written_is_missing_in_the_json() {
    let (compiled, marks) = sample();
    all_in_json(&compiled, &marks);
    let (assessed, marks) = marked(ASSESSED);
    all_in_json(&Project::new().with("house.prm", assessed).at("house.prm").compile(), &marks);
}

fn all_in_json(compiled: &Compiled, marks: &[Mark]) {
    let mut bytes = Vec::new();
    json::write(&compiled.0.checked().unwrap(), &mut bytes).unwrap();
    let mut found = Vec::new();
    texts(&serde_json::from_slice(&bytes).unwrap(), "", &mut found);
    let is_note = |what: &str| what.starts_with("note ") || what.ends_with("Note Text");
    let is_at = |what: &str, path: &str| {
        !path.starts_with("/diagnostics") && is_note(what) == path.split('/').any(|name| name == "notes")
    };
    let is_found = |(word, what): &&Mark| found.iter().any(|(path, text)| text.contains(word) && is_at(what, path));
    let lost: Vec<&Mark> = marks.iter().filter(|mark| !is_found(mark)).collect();
    assert!(lost.is_empty(), "{lost:#?}");
}

/// What documents leave out: the document, why, and what was written; a star stands for more.
const LEFT_OUT: &[(&str, &str, &[&str])] = &[
    ("model", "declarations are printed with what they serve, or not at all", &["note in Field *", "note in Use"]),
    ("model", "told where it sets a finding aside", &["Model/Allow Reason", "note in Model/Allow"]),
    (
        "model",
        "the statement of applicability answers for controls that apply",
        &["Apply/*", "Model/Apply Reason", "Field answer Title", "note in Apply/*", "note in Model/Apply"],
    ),
    (
        "model",
        "practices are indicators, which the assessment model has",
        &[
            "Process/Practice Text",
            "ExtendProcess/ReplacePractice *",
            "note in Process/Practice",
            "note in ExtendProcess/ReplacePractice",
        ],
    ),
    (
        "model",
        "the capability dimension is the assessment model's",
        &[
            "Framework Title",
            "Framework/Edition Text",
            "Framework/Level Title",
            "Level/*",
            "Attribute/*",
            "Scale/*",
            "Rating/*",
            "note in Framework*",
            "note in Level/*",
            "note in Attribute/*",
            "note in Scale/*",
            "note in Rating/*",
        ],
    ),
    ("model", "cited, and spoken to by number", &["Catalog made/*", "note in Catalog made*"]),
    ("model", "the lines of a crosswalk are told by what they carry", &["note in Crosswalk/Line"]),
    (
        "model",
        "said of an assessment model",
        &["Model/Conforms iso33004:6.2 Text", "note in Model/Conforms iso33004:6.2"],
    ),
    ("assessment model", "as in the model's document", &["note in Field *", "note in Use"]),
    ("assessment model", "told where it sets a finding aside", &["Model/Allow Reason", "note in Model/Allow"]),
    (
        "assessment model",
        "the statement of applicability answers for controls",
        &[
            "Apply/*",
            "Model/Apply Reason",
            "Field answer Title",
            "Model/Exclude Reason",
            "Model/Drops Reason",
            "note in Apply/*",
            "note in Model/Apply",
            "note in Model/Exclude",
            "note in Model/Drops",
        ],
    ),
    (
        "assessment model",
        "requirements are named; what they ask for is printed of those that are open",
        &[
            "Catalog rules/Clause Title",
            "Catalog made/*",
            "Clause/Requirement Text",
            "Clause/Control Text",
            "Clause/Label Text",
            "note in Catalog *",
            "note in Clause/*",
            "note in Requirement/Label",
        ],
    ),
    (
        "assessment model",
        "coverage through crosswalks is shown in the model's document",
        &["Crosswalk/Source Text", "Crosswalk/Line Reason", "note in Crosswalk*"],
    ),
    (
        "assessment model",
        "groups and relations are described in the model's document",
        &[
            "Group Text",
            "Group/FieldValue ExtraText",
            "Field seat Title",
            "Process/Supports Text",
            "Process/Informs Text",
            "Process/Follows Text",
            "note in Group*",
            "note in ExtendGroup",
            "note in Process/Supports",
            "note in Process/Informs",
            "note in Process/Follows",
        ],
    ),
    (
        "assessment model",
        "said of a reference model",
        &[
            "Model/Conforms iso33004:5.4 Text",
            "Model/Conforms m1 Text",
            "note in Model/Conforms iso33004:5.4",
            "note in Model/Conforms m1",
        ],
    ),
    ("statement", "as in the model's document", &["note in Field *", "note in Use"]),
    ("statement", "told where it sets a finding aside", &["Model/Allow Reason", "note in Model/Allow"]),
    (
        "statement",
        "processes are named, and the outcomes that meet a control told; the model's document describes them",
        &[
            "Model/Scope Text",
            "Model/Overview Text",
            "Group *",
            "Group/*",
            "Field seat Title",
            "Process/Purpose Text",
            "Process/Context Text",
            "Process/Note Text",
            "Process/Practice Text",
            "Process/Supports Text",
            "Process/Informs Text",
            "Process/Follows Text",
            "ExtendProcess/*",
            "Omit Reason",
            "note in Model/Overview",
            "note in Group*",
            "note in ExtendGroup",
            "note in Process*",
            "note in Outcome/*",
            "note in ExtendProcess*",
            "note in Omit",
        ],
    ),
    (
        "statement",
        "items and terms are described in the model's document",
        &[
            "Item *",
            "Item/*",
            "Field shelf Title",
            "Term *",
            "Term/*",
            "ReplaceItem *",
            "ReplaceTerm *",
            "note in Item*",
            "note in ExtendItem",
            "note in Term*",
            "note in ReplaceItem",
            "note in ReplaceTerm",
        ],
    ),
    (
        "statement",
        "annexes and what is cited stand in the model's document",
        &["Annex *", "Cited *", "note in Annex", "note in Cited", "note in Model/Covers"],
    ),
    (
        "statement",
        "the capability dimension is the assessment model's",
        &[
            "Framework Title",
            "Framework/Edition Text",
            "Framework/Level Title",
            "Level/*",
            "Attribute/*",
            "Scale/*",
            "Rating/*",
            "note in Framework*",
            "note in Level/*",
            "note in Attribute/*",
            "note in Scale/*",
            "note in Rating/*",
        ],
    ),
    ("statement", "conformity is stated in the model's documents", &["Model/Conforms *", "note in Model/Conforms *"]),
    ("statement", "no control is in it", &["Catalog made *", "Catalog made/*", "note in Catalog made*"]),
    (
        "statement",
        "a control is told by its title, and a line by its reason",
        &["Clause/Control Text", "Clause/Requirement Text", "note in Crosswalk/Line"],
    ),
];

#[test]
fn documents_leave_out_what_is_said_here() {
    let (compiled, marks) = sample();
    let input = compiled.0.checked().unwrap();
    let documents = [
        ("model", markdown::markdown(&input, false)),
        ("assessment model", pam::pam(&input, false)),
        ("statement", soa::markdown(&input)),
    ];
    let mut faults = Vec::new();
    for (document, text) in &documents {
        let lost: BTreeSet<&str> =
            marks.iter().filter(|(word, _)| !text.contains(word.as_str())).map(|(_, what)| what.as_str()).collect();
        let named: Vec<&str> =
            LEFT_OUT.iter().filter(|(of, ..)| of == document).flat_map(|(.., what)| *what).copied().collect();
        let is_named = |what: &str| named.iter().any(|named| matches(named, what));
        faults.extend(lost.iter().filter(|what| !is_named(what)).map(|what| format!("{document} lacks {what}")));
        let has = marks.iter().filter(|(_, what)| is_named(what) && !lost.contains(what.as_str()));
        faults.extend(has.map(|(_, what)| format!("{document} has {what} by now")));
        let idle = named.iter().filter(|named| !lost.iter().any(|what| matches(named, what)));
        faults.extend(idle.map(|named| format!("{document}: nothing is called {named}")));
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

fn matches(pattern: &str, what: &str) -> bool {
    pattern.strip_suffix('*').map_or(pattern == what, |start| what.starts_with(start))
}
