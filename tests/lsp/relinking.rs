//! What the server does without a compilation, where links change: at random, held against a compilation.

use prm::syntax::Change;
use proptest::prelude::*;
use serde_json::json;

use super::editor::Editor;
use super::rewording::{Walk, World};
use crate::random;

const MANIFESTS: [&str; 3] = [
    "[package]\nname = \"own\"\nversion = \"1.0.0\"\n[dependencies]\nbase = { path = \"base\" }\n",
    "[package]\nname = \"own\"\nversion = \"1.0.0\"\n[dependencies]\nbase = { path = \"base\" }\n[lints]\nsole-outcome = \"warn\"\nnumber-of-outcomes = \"allow\"\nunmet-purpose = \"warn\"\n",
    "[package]\nname = \"own\"\nversion = \"1.0.0\"\n[dependencies]\nbase = { path = \"base\" }\n[lints]\nP3 = \"error\"\nP6 = \"warn\"\n",
];

const BASE: &str = "catalog rules \"Rules\" {\n  control R1 \"One\"\n  control R2 \"Two\"\n  control R3 \"Three\"\n}\nmodel base \"Base\" {\n  covers rules\n}\nprocess B.1 \"Base care\" {\n  purpose \"The purpose of base care is to care for bases.\"\n  outcome 1 \"Bases are kept.\" satisfies R1, R3\n  outcome 2 \"Bases are reviewed.\" satisfies R2 together with B.2.1\n}\nprocess B.2 \"Base review\" {\n  outcome 1 \"Bases are changed.\"\n}\n";

const MAIN: &str = "use base\nmodel own \"Own\" extends base {\n  covers more\n  covers twin through ties\n  exclude X1 because \"There are no dogs.\"\n}\ncatalog more \"More\" {\n  control S1 \"Single\"\n  control X1 \"Excluded\"\n  clause C1 \"Clause\" {\n    requirement Q1 \"Whole\" \"All of it.\" {\n      requirement Q1.a \"Part a\"\n      requirement Q1.b \"Part b\"\n    }\n    requirement Q2 \"Deep\" \"A text.\"\n  }\n}\ncatalog twin \"Twin\" {\n  control S1 \"Single twin\"\n  control T1 \"Tied\"\n}\ncatalog aside \"Aside\" {\n  control Z1 \"Beside\"\n}\ncrosswalk ties \"Ties\" from more to twin {\n  Q2 equals T1\n}\nitem log \"Log\" kind record\nprocess K.1 \"Key care\" {\n  purpose \"The purpose of key care is to keep keys.\"\n  outcome 1 \"Keys are kept.\" satisfies Q1\n  outcome 2 \"Keys are reviewed.\" satisfies Q2, R2 because \"so\" {\n    note \"Only here.\"\n  }\n  outcome 3 \"Keys are changed.\" satisfies Q1.a together with K.1.1, K.2.1 produces log\n  outcome 4 \"Keys are lent.\" {\n    allow coarse-link because \"we know\"\n  }\n  practice a \"Keep the keys.\" achieves 1\n}\nomit B.2 because \"It is not ours.\"\nextend process B.1 {\n  replace outcome 1 \"Bases are looked after.\" because \"clearer\" satisfies R1\n}\n";

const MORE: &str = "// Größe 😀\nprocess K.2 \"Record review\" {\n  allow repeated-link because \"we like it\"\n  outcome 1 \"Records are reviewed.\" partly satisfies Q1.b\n  outcome 2 \"Records are kept, as [[nothing]] says.\"\n  practice a \"Review the records.\" achieves 1\n}\ngroup G \"Group\" {\n  process G.1 \"Visit planning\" {\n    outcome 1 \"Visits are planned.\" satisfies S1\n    supports K.1 \"It hands over.\"\n  }\n}\nprocess K.3 \"Dog care\" {\n  outcome 1 \"Dogs are fed.\" satisfies more:S1 together with K.2.1\n}\n";

/// What an outcome may say behind its text.
const TAILS: &[&str] = &[
    "",
    " satisfies Q1",
    " satisfies Q1.a, Q1.b",
    " partly satisfies Q2",
    " satisfies R1",
    " satisfies R3, R2",
    " satisfies C1",
    " satisfies X1",
    " satisfies Z1",
    " satisfies T1",
    " satisfies more:S1",
    " satisfies twin:S1 because \"it is\"",
    " satisfies Q2 because \"so\"",
    " satisfies Q2 because \"[[log]]\"",
    " satisfies Q2 because \"\"\"\n      Long.\n      \"\"\"",
    " satisfies Q2 partly satisfies Q1",
    " satisfies Q2, Q2",
    " satisfies Q2 together with K.2.1",
    " satisfies Q1 together with K.1.1",
    " satisfies R2 together with B.1.2, K.1.2",
    " partly satisfies R2 together with K.2.2 because \"both\" satisfies S1",
    " satisfies Q1.b produces log",
    " produces log",
    " satisfies Q9",
    " satisfies S1",
    " satisfies Q1.a together with K.9.1",
    " satisfies Q1.a together with B.2.1",
    " satisfies K.1",
    " satisfies [Q1",
    " satisfies Q1.a.",
    " satisfies Q1,a",
    " satisfies other:Q1",
];

/// What may stand at a name instead of another.
const NAMES: &[&str] =
    &["Q1", "Q2", "Q1.a", "Q1.b", "Q", "R1", "R9", "S1", "Z1", "C1", "X1", "K.1.1", "K.1.2", "B.2.1", "1", "x"];

/// A change at random: mostly of the links of an outcome.
#[derive(Clone, Debug)]
struct Step {
    file: usize,
    place: prop::sample::Index,
    kind: u8,
    piece: prop::sample::Index,
    removed: usize,
}

fn step() -> impl Strategy<Value = Step> {
    (0_usize..2, any::<prop::sample::Index>(), 0_u8..12, any::<prop::sample::Index>(), 0_usize..5)
        .prop_map(|(file, place, kind, piece, removed)| Step { file, place, kind, piece, removed })
}

impl Step {
    /// The bytes that give way, and what comes.
    fn edit(&self, text: &str) -> (std::ops::Range<usize>, &'static str) {
        let tails = tails(text);
        let tail = tails[self.place.index(tails.len())].clone();
        let starts: Vec<usize> = names(text, tail.clone());
        match self.kind {
            0..6 => (tail, TAILS[self.piece.index(TAILS.len())]),
            6..9 if !starts.is_empty() => {
                let start = starts[self.piece.index(starts.len())];
                let length = text[start..].find(|c: char| !is_of_name(c)).unwrap_or(0);
                (start..start + length, NAMES[self.place.index(NAMES.len())])
            }
            9 if !starts.is_empty() => {
                let start = starts[self.piece.index(starts.len())];
                let at = start + self.removed.min(text[start..].find(|c: char| !is_of_name(c)).unwrap_or(0));
                (at..at, ["1", ".a", ", Q2", " "][self.removed % 4])
            }
            10 => {
                let start = tail.start + self.piece.index(tail.len() + 1);
                let start = text.floor_char_boundary(start);
                (start..text.ceil_char_boundary((start + self.removed).min(text.len())), "")
            }
            _ => {
                let quotes: Vec<usize> = text.match_indices('"').map(|(at, _)| at).collect();
                let at = quotes[self.piece.index(quotes.len())];
                (at..at, [" more", "s", "\"", " not "][self.removed % 4])
            }
        }
    }
}

fn is_of_name(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '.' | ':')
}

/// What outcomes say behind their texts: without the brace of a block.
fn tails(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut at = 0;
    let mut tails = Vec::new();
    for line in text.split_inclusive('\n') {
        let behind = line.trim_start().strip_prefix("outcome ").and(line.match_indices('"').nth(1));
        if let Some((quote, _)) = behind {
            let end = line.trim_end().trim_end_matches('{').trim_end().len();
            tails.push(at + quote + 1..(at + end).max(at + quote + 1));
        }
        at += line.len();
    }
    tails
}

/// Where names begin.
fn names(text: &str, tail: std::ops::Range<usize>) -> Vec<usize> {
    let starts =
        tail.clone().filter(|at| text.is_char_boundary(*at) && text[*at..].starts_with(|c: char| c.is_uppercase()));
    starts.filter(|at| text[..*at].ends_with(' ')).collect()
}

/// How often links were taken for what they are.
fn walk(manifest: usize, steps: &[Step]) -> Result<usize, TestCaseError> {
    let mut world = World { manifest: MANIFESTS[manifest], base: BASE, texts: [MAIN.to_owned(), MORE.to_owned()] };
    let mut walk = Walk::of(&world);
    let mut taken = 0;
    for step in steps {
        let text = &mut world.texts[step.file];
        let (bytes, piece) = step.edit(text);
        text.replace_range(bytes.clone(), piece);
        let change = Change { start: bytes.start, removed: bytes.len(), inserted: piece.len() };
        taken += usize::from(walk.step(&world, step.file, change)?);
    }
    Ok(taken)
}

proptest! {
    #![proptest_config(random::cases(250))]
    #[test]
    fn changed_links_say_what_a_compilation_says(
        manifest in 0..MANIFESTS.len(), steps in prop::collection::vec(step(), 1..10)
    ) {
        walk(manifest, &steps)?;
    }
}

/// What is taken for links alone, and what is not: a shortcut that nobody takes proves nothing.
#[test]
fn links_alone_are_taken_for_it() {
    for (file, old, new, is_taken) in [
        (0, "satisfies Q1\n", "satisfies Q2\n", true),
        (0, " satisfies Q1\n", "\n", true),
        (0, "Q2, R2", "Q2", true),
        (0, "satisfies Q2, R2", "partly satisfies Q2", true),
        (0, "R2 because \"so\"", "R2 because \"thus\"", true),
        (0, "R2 because \"so\"", "R3", true),
        (0, "K.1.1, K.2.1", "K.1.1", true),
        (0, "lent.\"", "lent.\" satisfies R1", true),
        (0, "reviewed.\" satisfies Q2", "lent.\" satisfies C1", false),
        (0, "satisfies Q1\n", "satisfies X1\n", true),
        (0, "satisfies Q1\n", "satisfies Z1\n", true),
        (1, "partly satisfies Q1.b", "satisfies Q1.b", true),
        (1, "satisfies S1\n", "satisfies twin:S1\n", false),
        (1, "more:S1", "twin:S1", true),
        // Names that mean nothing, or several things, as all do on the way to those that mean something.
        (0, "satisfies Q1\n", "satisfies Q\n", true),
        (0, "satisfies Q1\n", "satisfies S1\n", true),
        (0, "K.1.1, K.2.1", "K.1.1, K.2", true),
        (0, "K.1.1, K.2.1", "K.1.1, K.2.7", true),
        // What is no link, or says more than links do; another name in the statement means nothing.
        (1, "says.\"", "says.\" satisfies Q2", false),
        (0, "produces log", "", false),
        (0, "achieves 1", "achieves 2", false),
        (0, "R2 because \"so\"", "R2 because \"[[log]]\"", false),
        (0, "because \"clearer\" satisfies R1", "because \"clearer\" satisfies R2", false),
        (0, "Q2 equals T1", "Q1 equals T1", false),
    ] {
        let mut world = World { manifest: MANIFESTS[0], base: BASE, texts: [MAIN.to_owned(), MORE.to_owned()] };
        let mut walk = Walk::of(&world);
        let start = world.texts[file].find(old).unwrap();
        world.texts[file].replace_range(start..start + old.len(), new);
        // As it is typed: what is the same before and behind stays.
        let before = old.bytes().zip(new.bytes()).take_while(|(one, other)| one == other).count();
        let ends = old.bytes().skip(before).rev().zip(new.bytes().skip(before).rev());
        let behind = ends.take_while(|(one, other)| one == other).count();
        let (removed, inserted) = (old.len() - before - behind, new.len() - before - behind);
        let change = Change { start: start + before, removed, inserted };
        assert_eq!(walk.step(&world, file, change).unwrap(), is_taken, "{old:?} {new:?}");
    }
}

/// A package that takes its time, with the links of one file changed key by key, and what the server shows of all files at
/// each: it is what it shows after a compilation.
#[test]
fn what_is_shown_at_each_link_is_what_a_compilation_shows() {
    let manifest = "[package]\nname = \"own\"\nversion = \"1.0.0\"\n";
    let model = "model own \"Own\" {\n  covers rules\n}\ncatalog rules \"Rules\" {\n  control R1 \"One\"\n  control R2 \"Two\"\n}\n";
    let process = |number: usize| {
        format!("process K.{number} \"Care {number}\" {{\n  outcome 1 \"Keys {number} are kept.\" satisfies R1\n}}\n")
    };
    let text: String = (1..400).map(process).collect();
    let files = [("prm.toml", manifest), ("model.prm", model), ("more.prm", &text)];
    let files: std::collections::BTreeMap<_, _> = files.map(|(path, text)| (path.to_owned(), text.to_owned())).into();
    let mut typing = Editor::start(&files);
    typing.open("model.prm", model);
    typing.open("more.prm", &text);
    let before = [typing.diagnostics("model.prm"), typing.diagnostics("more.prm")];
    let (line, column) = (4, "  outcome 1 \"Keys 2 are kept.\" satisfies R".len());
    let mut shown = Vec::new();
    for key in ["2", "1"] {
        let place = |column: usize| json!({ "line": line, "character": column });
        let range = json!({ "start": place(column), "end": place(column + 1) });
        typing.change("more.prm", json!([{ "range": range, "text": key }]));
        shown.push([typing.diagnostics("model.prm"), typing.diagnostics("more.prm")]);
    }
    typing.stop();
    let mut changed = files.clone();
    let other = text.replacen("Keys 2 are kept.\" satisfies R1", "Keys 2 are kept.\" satisfies R2", 1);
    changed.insert("more.prm".to_owned(), other.clone());
    let mut afresh = Editor::start(&changed);
    afresh.open("model.prm", model);
    afresh.open("more.prm", &other);
    assert_ne!(before[0], shown[0][0]);
    assert_eq!(shown[0], [afresh.diagnostics("model.prm"), afresh.diagnostics("more.prm")]);
    assert_eq!(shown[1], before);
    afresh.stop();
}
