//! Differences between models: what is found, what makes none, and what holds for all of them.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};
use std::path::Path;

use prm::diff::{Change, Diff, Effect, FactChange, diff};
use prm::document::words::{self, EN};
use prm::document::{ADOC, Block, DOCX, Document, HTML, Inline, Part, Setting, Table, Writer};
use prm::emit;
use proptest::prelude::*;
use serde_json::Value;

use crate::random;
use crate::support::{Compiled, Project, assert_follows};

const OLD: &str = r#"
catalog rules "House rules" {
  requirement R.1 "The house is led." "Somebody leads."
  control C.1 "Keys are known"
  control C.2 "Doors are locked"
  control C.3 "Visits are recorded"
  control C.4 "Lights are on"
}
field owner "Owner" on process
model house "House model" {
  edition "1"
  covers rules
  exclude C.4 because "There are no lights."
}
group DOOR "Doors and keys"
group OUT "Outside"
process DOOR.1 "Key management" {
  owner "Ann"
  purpose "The purpose of the key management process is to keep keys in known hands."
  outcome 1 "Keys are listed with their holders." satisfies R.1, C.1
  outcome 2 "Keys are counted."
  outcome 3 "Doors are locked at night." satisfies C.2 together with VIS.1
  practice BP1 "List the keys." achieves 1
  supports VIS
}
process VIS "Visits" in OUT {
  purpose "The purpose of the visits process is to know who is there, see [[DOOR.1]]."
  outcome 1 "Visits are recorded." satisfies C.3
}
item key-list "List of keys" kind register { characteristic "Names the holder." }
term "key" "A secret that opens something."
"#;

const NEW: &str = r#"
catalog rules "House rules" {
  requirement R.1 "The house is led." "Somebody leads it."
  control C.1 "Keys are known"
  control C.2 "Doors are locked"
  control C.3 "Visits are recorded"
  control C.5 "Lights are on"
  control C.6 "Cats are fed"
}
field owner "Owner" on process
model house "House model" {
  edition "2"
  covers rules
  exclude C.6 because "There are no cats."
}
group DOOR "Doors and keys"
group OUT "Outside"
process DOOR.2 "Key management" {
  formerly DOOR.1
  owner "Bob"
  purpose "The purpose of the key management process is to keep keys in known hands."
  outcome 1 "Keys are listed with their present holders." satisfies R.1, C.1
  outcome 2 "Locks are oiled."
  outcome 3 "Keys are counted."
  outcome 4 "Doors are locked at night." satisfies C.2 together with VIS.1
  practice BP1 "List the keys." achieves 1
  supports VIS
}
process VIS "Visits" in DOOR {
  purpose "The purpose of the visits process is to know who is there, see [[DOOR.2]]."
  outcome 1 "Visits are recorded." partly satisfies C.3 because "Only by day."
}
term "key" "A thing that opens something."
"#;

fn between(old: &Compiled, new: &Compiled) -> Diff {
    let side = |compiled: &Compiled| compiled.lines();
    let (Some(before), Some(after)) = (old.0.checked(), new.0.checked()) else { panic!("{}{}", side(old), side(new)) };
    diff(&before, &after)
}

fn texts(old: &str, new: &str) -> Diff {
    between(&Project::text(old).compile(), &Project::text(new).compile())
}

#[test]
fn every_kind_of_difference_is_shown() {
    insta::assert_snapshot!(emit::diff::text(&texts(OLD, NEW), &[], false));
}

#[test]
fn what_is_added_or_removed_says_how_far_its_links_go() {
    let more = "  outcome 3 \"Keys are counted.\"\n  outcome 7 \"Keys are cut.\" partly satisfies C.3 because \"By day.\"\n    \
        satisfies C.1, C.2 together with VIS.1 satisfies R.1 produces list\n";
    let new = NEW.replace("  outcome 3 \"Keys are counted.\"\n", more) + "item list \"List\" kind register\n";
    let said = "satisfies rules:C.1, rules:C.2 together with VIS.1; partly satisfies rules:C.3 because By day.; satisfies rules:R.1; produces list";
    for (sign, text) in [('+', texts(NEW, &new)), ('-', texts(&new, NEW))] {
        let shown = emit::diff::text(&text, &[], false);
        assert!(shown.contains(&format!("{sign} {said}\n")), "{shown}");
        let shown = emit::diff::markdown(&EN, &text, &[], "v1", "v2");
        assert!(shown.contains(said), "{shown}");
    }
}

/// What an organization answers for a control is a statement like others.
#[test]
fn what_applies_and_how_far_is_told() {
    let model = |said: &str| {
        format!(
            "catalog c \"Rules\" {{\n  control C.1 \"One\"\n  control C.2 \"Two\"\n}}\nfield owner \"Owner\" on control\n\
             model m \"M\" {{\n  covers c\n{said}}}\n"
        )
    };
    let old = model(
        "  apply C.1 because \"Contract.\" {\n    state implemented\n    owner \"Ann\"\n  }\n  exclude C.2 because \"None.\" {\n    owner \"Ann\"\n  }\n",
    );
    let new = model(
        "  apply C.1 because \"Law.\" {\n    state planned\n    owner \"Bob\"\n  }\n  exclude C.2 because \"None.\" {\n    owner \"Eve\"\n  }\n",
    );
    insta::assert_snapshot!(emit::diff::text(&texts(&old, &new), &[], false));
    let bare = model("  apply C.1 because \"Law.\"\n  exclude C.2 because \"None.\"\n");
    insta::assert_snapshot!(emit::diff::text(&texts(&new, &bare), &[], false));
}

#[test]
fn a_review_reads_it_as_tables() {
    insta::assert_snapshot!(emit::diff::markdown(&EN, &texts(OLD, NEW), &[], "v1", "v2"));
}

#[test]
fn json_follows_its_schema() {
    let schema: Value = serde_json::from_str(&emit::diff::schema()).unwrap();
    for diff in [texts(OLD, NEW), texts(NEW, OLD), texts(OLD, OLD)] {
        let mut bytes = Vec::new();
        emit::diff::write_json(&diff, &[], &mut bytes).unwrap();
        let json: Value = serde_json::from_slice(&bytes).unwrap();
        assert_follows(&schema, &json);
    }
}

#[test]
fn layout_comments_and_order_make_no_difference() {
    let relaid = OLD
        .replace("field owner", "// a comment\nfield   owner")
        .replace("\"Keys are counted.\"", "\"\"\"\n      Keys   are\n      counted.\n      \"\"\"")
        .replace('\n', "\r\n");
    assert!(texts(OLD, &relaid).is_empty());
    let mut parts: Vec<&str> = OLD.split_inclusive("\n}\n").collect();
    parts.reverse();
    let files = parts
        .iter()
        .enumerate()
        .fold(Project::new().with("prm.toml", "[package]\nname = \"main\"\n").at(""), |project, (number, part)| {
            project.with(&format!("part-{number}.prm"), *part)
        });
    let diff = between(&Project::text(OLD).compile(), &files.compile());
    assert!(diff.is_empty(), "{}", emit::diff::text(&diff, &[], false));
}

#[test]
fn what_is_inserted_renumbers_the_rest() {
    let old = model(&["A is known.", "B is known.", "C is known."]);
    let new = model(&["Z is known.", "A is known.", "B is known.", "C is known."]);
    let diff = texts(&old, &new);
    let counts = diff.counts();
    assert_eq!((counts.added, counts.removed, counts.changed), (1, 0, 3));
    assert!(diff.changes.iter().all(|change| change.old.is_none() || change.renamed.is_some()));
}

fn model(outcomes: &[&str]) -> String {
    let rows = outcomes.iter().enumerate().map(|(at, text)| format!("  outcome {} \"{text}\"\n", at + 1));
    format!("model m \"M\" {{ }}\nprocess X.1 \"Things\" {{\n  purpose \"To know.\"\n{}}}\n", rows.collect::<String>())
}

#[test]
fn coverage_that_is_lost_or_gained_is_told() {
    let effects = |old: &str, new: &str| -> Vec<(String, Effect)> {
        let rows = texts(old, new).coverage.into_iter().flat_map(|catalog| catalog.requirements);
        rows.map(|row| (row.new_id.or(row.old_id).unwrap(), row.effect)).collect()
    };
    let told: Vec<(String, Effect)> = effects(OLD, NEW);
    let wanted = [("C.3", Effect::Lost), ("C.5", Effect::Lost), ("C.6", Effect::New)];
    assert_eq!(told, wanted.map(|(id, effect)| (id.to_owned(), effect)));
    // Who covers a catalog no more loses all that was settled; to see less of it loses that part.
    let uncovered = OLD.replace("  covers rules\n", "").replace("  exclude C.4 because \"There are no lights.\"\n", "");
    assert!(effects(OLD, &uncovered).iter().all(|(_, effect)| *effect == Effect::Lost));
    assert!(effects(&uncovered, OLD).iter().all(|(_, effect)| *effect == Effect::Gained));
}

#[test]
fn a_new_catalog_speaks_for_its_requirements() {
    let more = format!("{OLD}\ncatalog more \"More\" {{\n  requirement M.1 \"One\"\n  requirement M.2 \"Two\"\n}}\n");
    let diff = texts(OLD, &more);
    assert_eq!(diff.changes.len(), 1, "{diff:#?}");
    assert_eq!(diff.counts().added, 1);
}

#[test]
fn layers_and_editions_are_compared_as_they_are_resolved() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let [base, layer] =
        ["stdlib/iso33052", "stdlib/iso33052-2022"].map(|path| Project::read(&root.join(path)).compile());
    assert!(between(&base, &base).is_empty());
    let there = between(&base, &layer);
    assert!(there.counts().removed == 0 && there.counts().added > 5, "{:?}", there.counts());
    assert_eq!(mirrored(&there), bare(between(&layer, &base)));
}

/// A difference seen from the other side.
fn mirrored(diff: &Diff) -> Diff {
    let mut mirror = Diff::default();
    for change in &diff.changes {
        let facts = change.facts.iter().cloned().map(|fact| FactChange { old: fact.new, new: fact.old, ..fact });
        mirror.changes.push(Change {
            kind: change.kind,
            old: change.new.clone(),
            new: change.old.clone(),
            renamed: change.renamed,
            moved: change.moved.clone().map(|(old, new)| (new, old)),
            facts: facts.collect(),
        });
    }
    for mut catalog in diff.coverage.clone() {
        std::mem::swap(&mut catalog.old, &mut catalog.new);
        for row in &mut catalog.requirements {
            std::mem::swap(&mut row.old, &mut row.new);
            std::mem::swap(&mut row.old_id, &mut row.new_id);
            std::mem::swap(&mut row.old_outcomes, &mut row.new_outcomes);
            row.effect = match row.effect {
                Effect::Gained => Effect::Lost,
                Effect::Lost => Effect::Gained,
                Effect::New => Effect::Gone,
                Effect::Gone => Effect::New,
                Effect::Changed => Effect::Changed,
            };
            row.title.clear();
        }
        mirror.coverage.push(catalog);
    }
    bare(mirror)
}

/// Without what is told by the ids or the words of the new side only.
fn bare(mut diff: Diff) -> Diff {
    diff.titles.clear();
    for side in diff.changes.iter_mut().flat_map(|change| [&mut change.old, &mut change.new]).flatten() {
        side.within = None;
    }
    for catalog in &mut diff.coverage {
        catalog.title.clear();
        catalog.requirements.iter_mut().for_each(|row| row.title.clear());
    }
    diff
}

/// The wording of an outcome, and which control it satisfies, in full or in part.
type Outcome = (usize, Option<(u8, bool)>);

/// A small model as numbers: per process its group, its word, and its outcomes: word and link.
#[derive(Clone, Debug)]
struct Small {
    processes: Vec<(u8, usize, Vec<Outcome>)>,
    exclusions: BTreeSet<u8>,
}

const CONTROLS: u8 = 6;

impl Small {
    fn text(&self) -> String {
        let mut text = String::from("group G0 \"Zero\"\ngroup G1 \"One\"\ncatalog c \"Rules\" {\n");
        (0..CONTROLS).for_each(|at| text.push_str(&format!("  control C.{at} \"Control {at}\"\n")));
        text.push_str("}\nmodel m \"M\" {\n  covers c\n");
        self.exclusions.iter().for_each(|at| text.push_str(&format!("  exclude C.{at} because \"No.\"\n")));
        text.push_str("}\n");
        for (number, (group, word, outcomes)) in self.processes.iter().enumerate() {
            text.push_str(&format!(
                "process P{number} \"Process {word}\" in G{group} {{\n  purpose \"To do {word}.\"\n"
            ));
            for (at, (word, link)) in outcomes.iter().enumerate() {
                let link = link.map_or(String::new(), |(control, is_full)| {
                    format!(" {}satisfies C.{control}", if is_full { "" } else { "partly " })
                });
                text.push_str(&format!("  outcome o{at} \"Thing {word} of {number} is known.\"{link}\n"));
            }
            text.push_str("}\n");
        }
        text
    }
}

fn small() -> impl Strategy<Value = Small> {
    let link = proptest::option::of((0..CONTROLS, any::<bool>()));
    let outcomes = proptest::collection::vec((0..1000usize, link), 0..5);
    let processes = proptest::collection::vec((0..2u8, 0..1000usize, outcomes), 1..5);
    (processes, proptest::collection::btree_set(0..CONTROLS, 0..3))
        .prop_map(|(processes, exclusions)| Small { processes, exclusions })
}

/// An edit, and the change that it makes: its kind, its id, and whether it is added, removed or changed.
#[derive(Clone, Copy, Debug)]
enum Edit {
    Reword(usize, usize),
    Move(usize),
    Retitle(usize),
    Relink(usize, usize),
    Append(usize),
    Drop(usize),
    Exclude(u8),
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let at = 0..5usize;
    proptest::collection::vec(
        prop_oneof![
            (at.clone(), at.clone()).prop_map(|(process, outcome)| Edit::Reword(process, outcome)),
            at.clone().prop_map(Edit::Move),
            at.clone().prop_map(Edit::Retitle),
            (at.clone(), at.clone()).prop_map(|(process, outcome)| Edit::Relink(process, outcome)),
            at.clone().prop_map(Edit::Append),
            at.prop_map(Edit::Drop),
            (0..CONTROLS).prop_map(Edit::Exclude),
        ],
        0..4,
    )
}

/// Makes an edit, if nothing else has touched its place; what it changes is noted.
fn edit(model: &mut Small, edit: Edit, fresh: usize, noted: &mut BTreeSet<(String, &'static str)>) {
    let at = |process: usize, outcome: usize| format!("P{process}.o{outcome}");
    // What was added has nothing that could change.
    if let Edit::Reword(process, outcome) | Edit::Relink(process, outcome) = edit
        && noted.contains(&(at(process, outcome), "added"))
    {
        return;
    }
    match edit {
        Edit::Reword(process, outcome) => {
            if let Some((word, _)) = model.processes.get_mut(process).and_then(|one| one.2.get_mut(outcome))
                && noted.insert((at(process, outcome), "changed"))
            {
                *word = fresh;
            }
        }
        Edit::Relink(process, outcome) => {
            if let Some((_, link)) = model.processes.get_mut(process).and_then(|one| one.2.get_mut(outcome))
                && noted.insert((at(process, outcome), "changed"))
            {
                *link = match link {
                    Some((control, is_full)) => Some((*control, !*is_full)),
                    None => Some((0, true)),
                };
            }
        }
        Edit::Move(process) => {
            if let Some(one) = model.processes.get_mut(process)
                && noted.insert((format!("P{process}"), "changed"))
            {
                one.0 = 1 - one.0;
            }
        }
        Edit::Retitle(process) => {
            if let Some(one) = model.processes.get_mut(process)
                && noted.insert((format!("P{process}"), "changed"))
            {
                one.1 = fresh;
            }
        }
        Edit::Append(process) => {
            if let Some(one) = model.processes.get_mut(process)
                && !noted.iter().any(|(id, what)| *what != "changed" && id.starts_with(&format!("P{process}.")))
            {
                noted.insert((at(process, one.2.len()), "added"));
                one.2.push((fresh, None));
            }
        }
        Edit::Drop(process) => {
            if let Some(one) = model.processes.get_mut(process)
                && let Some(last) = one.2.len().checked_sub(1)
                && !noted.iter().any(|(id, what)| {
                    id == &at(process, last) || *what != "changed" && id.starts_with(&format!("P{process}."))
                })
            {
                noted.insert((at(process, last), "removed"));
                one.2.pop();
            }
        }
        Edit::Exclude(control) => {
            if model.exclusions.insert(control) {
                noted.insert(("m".to_owned(), "changed"));
            }
        }
    }
}

fn found(diff: &Diff) -> BTreeSet<(String, &'static str)> {
    let told = diff.changes.iter().map(|change| match (&change.old, &change.new) {
        (None, Some(new)) => (new.id.clone(), "added"),
        (Some(old), None) => (old.id.clone(), "removed"),
        (_, new) => (new.as_ref().unwrap().id.clone(), "changed"),
    });
    told.collect()
}

proptest! {
    #![proptest_config(random::cases(96))]

    #[test]
    fn a_model_does_not_differ_from_itself(model in small()) {
        let text = model.text();
        prop_assert!(texts(&text, &text).is_empty());
        // Where all bytes are the same nobody looks further; here one has to.
        prop_assert!(texts(&text, &(text.clone() + "// The same.\n")).is_empty());
    }

    #[test]
    fn the_way_back_is_the_mirror_image(old in small(), new in small()) {
        let (old, new) = (Project::text(old.text()).compile(), Project::text(new.text()).compile());
        prop_assert_eq!(mirrored(&between(&old, &new)), bare(between(&new, &old)));
    }

    #[test]
    fn edits_are_found_and_nothing_else(model in small(), edits in edits()) {
        let mut edited = model.clone();
        let mut noted = BTreeSet::new();
        for (number, one) in edits.into_iter().enumerate() {
            edit(&mut edited, one, 5000 + number, &mut noted);
        }
        let diff = texts(&model.text(), &edited.text());
        prop_assert_eq!(found(&diff), noted);
    }

    #[test]
    fn coverage_differs_where_statuses_do(old in small(), new in small()) {
        let (old, new) = (Project::text(old.text()).compile(), Project::text(new.text()).compile());
        let differ = old.statuses().into_iter().zip(new.statuses()).filter(|(old, new)| old.3 != new.3);
        let differ: Vec<String> = differ.map(|(old, _)| old.2).collect();
        let rows = between(&old, &new).coverage.into_iter().flat_map(|catalog| catalog.requirements);
        let told: Vec<String> = rows.map(|row| format!("c:{}", row.new_id.unwrap())).collect();
        prop_assert_eq!(told, differ);
    }
}

/// What a line says to whoever takes the changes of one side.
fn taken(line: &Inline, is_new: bool) -> String {
    let said = line.parts().map(|part| match part {
        Part::Inserted(words) if is_new => words.shown(),
        Part::Struck(words) if !is_new => words.shown(),
        Part::Inserted(_) | Part::Struck(_) => "",
        Part::Text(words) => words,
        other => panic!("{other:?}"),
    });
    said.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn tables(document: &Document) -> Vec<&Table> {
    let tables = document.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    tables.collect()
}

#[test]
fn a_redline_holds_both_wordings_and_refers_to_its_tables() {
    for (old, new) in [(OLD, NEW), (NEW, OLD), (OLD, OLD)] {
        let diff = texts(old, new);
        let (plain, redline) =
            (emit::diff::document(&EN, &diff, &[], "v1", "v2"), emit::diff::redline(&EN, &diff, &[], "v1", "v2"));
        let of_changes =
            |document| tables(document).into_iter().filter(|table| table.head[0][0].words.shown() == "What");
        let rows = of_changes(&plain).zip(of_changes(&redline)).flat_map(|(a, b)| a.rows.iter().zip(&b.rows));
        let rows: Vec<_> = rows.collect();
        assert_eq!(rows.is_empty(), old == new);
        for (plain, redline) in rows {
            let squeezed = |cell: usize| plain[cell].words.shown().split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(taken(&redline[2].words, false), squeezed(2));
            assert_eq!(taken(&redline[2].words, true), squeezed(3));
        }
        let paragraphs: Vec<&str> = redline
            .blocks
            .iter()
            .filter_map(|block| match block {
                Block::Paragraph(words) => Some(words.shown()),
                _ => None,
            })
            .collect();
        for label in redline.labels() {
            assert!(paragraphs.iter().any(|words| words.starts_with(&format!("{label} "))), "{label}: {paragraphs:?}");
        }
    }
}

/// A redline speaks the language of the model: nothing but the texts of the two sides is as in the English one.
#[test]
fn a_redline_speaks_the_language_of_the_model() {
    let diff = texts(OLD, NEW);
    let cells = |words| {
        let document = emit::diff::redline(words, &diff, &[], "v1", "v2");
        let tables = document.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        });
        let lines = tables.flat_map(|table| table.head.iter().chain(&table.rows).flatten());
        lines.map(|cell| cell.words.shown().to_owned()).collect::<Vec<_>>()
    };
    let english = cells(&EN);
    for tag in ["de", "fr"] {
        let told = cells(words::of(tag));
        assert_eq!(told.len(), english.len());
        for (own, english) in told.iter().zip(&english) {
            let is_ours = ["added", "removed", "changed: ", "renamed: ", "was ", "moved ", "covered", "gained", "lost"]
                .iter()
                .any(|word| english.starts_with(word));
            assert!(!is_ours || own != english, "{tag}: {english}");
        }
    }
    insta::assert_snapshot!(emit::diff::markdown(words::of("de"), &diff, &[], "v1", "v2"));
}

#[test]
fn a_redline_is_struck_and_inserted_in_each_form() {
    let document = emit::diff::redline(&EN, &texts(OLD, NEW), &[], "v1", "v2");
    let lines = document.blocks.iter().flat_map(|block| match block {
        Block::Paragraph(words) => vec![words],
        Block::Table(table) => table.rows.iter().flatten().map(|cell| &cell.words).collect(),
        _ => Vec::new(),
    });
    let (mut inserted, mut struck) = (0, 0);
    for part in lines.flat_map(Inline::parts) {
        inserted += usize::from(matches!(part, Part::Inserted(_)));
        struck += usize::from(matches!(part, Part::Struck(_)));
    }
    assert!(inserted > 5 && struck > 5, "{inserted} {struck}");
    let written = |writer: &Writer| (writer.write)(&document, &Setting::default()).unwrap();
    let shown = |writer| String::from_utf8(written(writer)).unwrap();
    let count = |text: &str, mark: &str| text.matches(mark).count();
    let (page, adoc) = (shown(&HTML), shown(&ADOC));
    assert_eq!((count(&page, "<ins>"), count(&page, "<del>")), (inserted, struck));
    assert_eq!((count(&adoc, "[.underline]##"), count(&adoc, "[.line-through]##")), (inserted, struck));
    let mut archive = zip::ZipArchive::new(Cursor::new(written(&DOCX))).unwrap();
    let mut word = String::new();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut word).unwrap();
    assert_eq!((count(&word, "<w:ins "), count(&word, "<w:del ")), (inserted, struck));
    let ids = word.split("w:id=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
    let opened = ids.clone().count() - count(&word, "<w:bookmarkEnd");
    assert_eq!(ids.collect::<BTreeSet<_>>().len(), opened);
    // What is struck is text of another kind, or programs show it twice.
    for (at, _) in word.match_indices("<w:del ") {
        let inner = &word[at..at + word[at..].find("</w:del>").unwrap()];
        assert!(inner.contains("<w:delText ") && !inner.contains("<w:t ") && !inner.contains("<w:t>"), "{inner}");
    }
}

/// Documents name no package by its id, while a process with the id of a catalog keeps its own.
#[test]
fn a_document_of_differences_calls_catalogs_and_models_as_documents_do() {
    let text = |rest: &str| {
        format!(
            "catalog rules \"Rules\" {{\n  source \"ISO 1:2020\"\n  requirement 4.1 \"Keys\"\n  requirement 4.2 \"Doors\"\n}}\n\
             model house \"House model\" {{\n  covers rules\n}}\nprocess rules \"Ruling\" {{\n  purpose \"To rule.\"\n  {rest}\n}}\n"
        )
    };
    let old = Project::text(text("outcome 1 \"Keys are known.\"\n    satisfies 4.1")).compile();
    let new = text("outcome 1 \"Keys are known.\"\n    satisfies 4.2").replace("covers rules", "domain \"Houses\"");
    let new = Project::text(new).compile();
    let (old, new) = (old.0.checked().unwrap(), new.0.checked().unwrap());
    let found = prm::emit::diff::for_people(&prm::diff::diff(&old, &new), &old, &new);
    let words = &prm::document::words::EN;
    let documents = [
        prm::emit::diff::markdown(words, &found, &[], "a", "b"),
        prm::document::markdown::markdown(&prm::emit::diff::redline(words, &found, &[], "a", "b")),
    ];
    for document in documents {
        for words in
            ["ISO 1:2020, 4.2", "covers ISO 1:2020", "odel House model", "rocess rules Ruling", "Changes of rules"]
        {
            assert!(document.contains(words), "{words}\n{document}");
        }
        assert!(!document.contains("rules:4") && !document.contains("odel house"), "{document}");
    }
}
