//! What the server does without a compilation, where words alone change: at random, held against a compilation. Links are
//! in `relinking`.

use std::convert::Infallible;
use std::sync::Arc;

use prm::compile::reworded::{Edit, Reworded, reworded};
use prm::compile::{Analysis, analyze};
use prm::diagnostic::{self, Diagnostic};
use prm::emit::output::formats;
use prm::package::Parse;
use prm::source::{Memory, Source};
use prm::span::{FileId, Span};
use prm::syntax::tree::Tree;
use prm::syntax::{self, Change};
use proptest::prelude::*;
use serde_json::json;

use super::editor::Editor;
use crate::random;

/// What authors write, well and badly: most of the checks have something to say of some of it.
const WORDS: &[&str] = &[
    "The purpose of key care is to keep keys.",
    "Keys",
    "keys are kept",
    "Keys are kept.",
    "Key care",
    "Records are kept",
    "and",
    "is",
    "are reviewed",
    "should be",
    "must",
    "ensure that",
    "Review the records",
    "by using a tool",
    "not",
    "process",
    "The process",
    "so that it is safe",
    ";",
    ".",
    ",",
    "(R1)",
    "in order to",
    "supports",
    "a list of them",
    "The purpose of record review is to review records.",
    "Größe",
    "[[key]]",
    "[[R1]]",
    "[[nothing]]",
    "![a](a.png)",
    "\\\"",
    "\\n",
    "—",
    " ",
];

/// What is no word: it may end the text, or be read as something else.
const MARKS: &[&str] = &["\"", "\n", "\"\"\"", "[[", "]]", "\\", "// c", "/*", "{", "}", "\u{1}"];

/// What may stand at a link or an id instead of another.
const NAMES: &[&str] = &["R1", "R2", "R3", "R9", "rules:R2", "1", "2", "7", "b", "K.1", "log"];

const BASE: &str = "catalog rules \"Rules\" {\n  control R1 \"One\"\n  control R2 \"Two\"\n  control R3 \"Three\"\n}\nmodel base \"Base\" {\n  covers rules\n}\nprocess B.1 \"Base care\" {\n  purpose \"The purpose of base care is to care for bases.\"\n  outcome 1 \"Bases are kept.\" satisfies R1\n  outcome 2 \"Bases are reviewed.\"\n}\nprocess B.2 \"Base review\" {\n  purpose \"The purpose of base review is to keep keys.\"\n  outcome 1 \"Keys are kept.\"\n}\n";

const MAIN: &str = "use base\nmodel own \"Own\" extends base {\n  domain \"Keys\"\n}\nterm \"key\" \"secret\"\nitem log \"Log\" kind record\nprocess K.1 \"Key care\" {\n  purpose \"The purpose of key care is to keep keys.\"\n  context \"Everywhere\"\n  allow vague-outcome because \"we know\"\n  outcome 1 \"Keys are kept.\" satisfies R1 {\n    note \"Only here.\"\n  }\n  outcome 2 \"Keys are reviewed\" satisfies R2, R3 because \"so\"\n  outcome 3 \"The keys [[key]] are changed.\" produces log\n  practice a \"Keep the keys.\" achieves 1\n  practice b \"Review\" \"Keys are reviewed.\" achieves 2, 3\n  note \"They shall be kept.\"\n}\nextend process B.1 {\n  replace purpose \"The purpose of base care is to look after bases.\" because \"clearer\"\n  outcome 3 \"More is kept.\"\n}\n";

const MORE: &str = "// Größe 😀\nprocess K.2 \"Record review\" {\n  purpose \"The purpose of record review is to review records.\"\n  outcome 1 \"Records are reviewed.\" satisfies R1\n  outcome 2 \"Records are kept.\"\n  outcome 3 \"Faults are corrected.\"\n  practice a \"Review the records.\" achieves 1\n}\ngroup G \"Group\" {\n  process G.1 \"Visit planning\" {\n    purpose \"The purpose of visit planning is to plan visits.\"\n    outcome 1 \"Visits are planned.\"\n    supports K.1 \"It hands over.\"\n  }\n}\n";

const MANIFESTS: [&str; 3] = [
    "[package]\nname = \"own\"\nversion = \"1.0.0\"\n[dependencies]\nbase = { path = \"base\" }\n",
    "[package]\nname = \"own\"\nversion = \"1.0.0\"\n[dependencies]\nbase = { path = \"base\" }\n[lints]\nvague-outcome = \"error\"\nnumber-of-outcomes = \"allow\"\nunmet-purpose = \"warn\"\n",
    "[package]\nname = \"own\"\nversion = \"1.0.0\"\n[dependencies]\nbase = { path = \"base\" }\n[lints]\nP4 = \"warn\"\n",
];

/// Parses, and keeps the trees.
struct Keeping;

impl Parse for Keeping {
    fn parse(&mut self, file: FileId, source: &Source) -> (Arc<Tree>, Vec<Diagnostic>) {
        let (tree, diagnostics) = syntax::parse(file, &source.text);
        (Arc::new(tree), diagnostics)
    }
}

/// A package of two files and its base.
#[derive(Clone)]
pub struct World {
    pub manifest: &'static str,
    pub base: &'static str,
    pub texts: [String; 2],
}

impl World {
    fn analysis(&self) -> Analysis {
        let files = [
            ("base/prm.toml", "[package]\nname = \"base\"\nversion = \"1.0.0\"\n"),
            ("base/base.prm", self.base),
            ("prm.toml", self.manifest),
            ("main.prm", &self.texts[0]),
            ("more.prm", &self.texts[1]),
        ];
        let files = files.map(|(path, text)| (format!("/w/{path}"), text.as_bytes().to_vec()));
        let Ok(analysis) =
            analyze::<Infallible>(&Memory(files.into()), "/w", &formats(), &mut Keeping, &|_, _| true, &|| Ok(()));
        analysis
    }
}

/// A change at random: mostly of words within a text.
#[derive(Clone, Debug)]
struct Step {
    file: usize,
    place: prop::sample::Index,
    removed: usize,
    kind: u8,
    piece: prop::sample::Index,
}

fn step() -> impl Strategy<Value = Step> {
    (0_usize..2, any::<prop::sample::Index>(), 0_usize..14, 0_u8..20, any::<prop::sample::Index>())
        .prop_map(|(file, place, removed, kind, piece)| Step { file, place, removed, kind, piece })
}

impl Step {
    /// The bytes that give way, and what comes.
    fn edit(&self, text: &str) -> (std::ops::Range<usize>, &'static str) {
        let quotes: Vec<usize> = text.match_indices('"').map(|(at, _)| at).collect();
        let (piece, within) = match self.kind {
            0..15 => (WORDS[self.piece.index(WORDS.len())], true),
            15 => (MARKS[self.piece.index(MARKS.len())], true),
            16..19 => (NAMES[self.piece.index(NAMES.len())], false),
            _ => (" ", false),
        };
        let (from, to) = match quotes.chunks_exact(2).nth(self.place.index(quotes.len().max(2) / 2)) {
            Some([from, to]) if within => (from + 1, *to),
            _ => (0, text.len()),
        };
        let start = text.floor_char_boundary(from + self.place.index(to - from + 1));
        let end = text.floor_char_boundary((start + self.removed).min(to)).max(start);
        (start..end, piece)
    }
}

/// The findings after changed words, as a compilation would list them.
fn listed(base: &Analysis, change: Change, file: FileId, reworded: &Reworded) -> Vec<Diagnostic> {
    let (from, to) = (change.start, change.start + change.removed);
    let now = |at: u32| {
        at.wrapping_add(u32::try_from(change.inserted).unwrap()).wrapping_sub(u32::try_from(change.removed).unwrap())
    };
    let forward = |span: &mut Span| {
        if span.file == file {
            let (start, end) = (span.start as usize, span.end as usize);
            let is_beside = start < end && (end <= from || start >= to);
            let is_around = start < from && end > to;
            assert!(end < from || start > to || is_around || is_beside, "{change:?} {span:?}");
            span.start = if start >= to && !is_around { now(span.start) } else { span.start };
            span.end = if end > to || start >= to && !is_around { now(span.end) } else { span.end };
        } else if span.file == reworded.file {
            let start = u32::try_from(reworded.start).unwrap();
            *span = Span { file, start: span.start + start, end: span.end + start };
        }
    };
    let kept = base.compilation.diagnostics.iter().enumerate().filter(|(at, _)| !reworded.gone.contains(at));
    let mut all: Vec<Diagnostic> = kept.map(|(_, found)| found).chain(&reworded.said).cloned().collect();
    for found in &mut all {
        forward(&mut found.primary.span);
        found.secondary.iter_mut().for_each(|label| forward(&mut label.span));
        found.edit.iter_mut().for_each(|edit| forward(&mut edit.span));
    }
    diagnostic::sort(&mut all);
    all
}

/// A walk through the states of a package.
pub struct Walk {
    base: Analysis,
    /// What has changed since.
    pending: Option<(usize, Change)>,
}

impl Walk {
    pub fn of(world: &World) -> Walk {
        Walk { base: world.analysis(), pending: None }
    }

    /// Whether a change of one file was one of words, or of links, alone; if so, what is said is what a compilation says.
    pub fn step(&mut self, world: &World, file: usize, change: Change) -> Result<bool, TestCaseError> {
        let change = match self.pending {
            None => Some(change),
            Some((earlier, whole)) if earlier == file => Some(whole.then(change)),
            Some(_) => None,
        };
        let fresh = world.analysis();
        let path = ["main.prm", "more.prm"][file];
        let (id, _) = self.base.compilation.sources.iter().find(|(_, source)| source.path == path).unwrap();
        let trees = &self.base.loaded.last().unwrap().trees;
        let old = trees.iter().find(|tree| tree.file == id).unwrap();
        let text = &world.texts[file];
        let (new, syntax) = syntax::parse(id, text);
        let answer = change.and_then(|change| {
            let edit = Edit { old, new: &new, text, syntax: &syntax, change };
            Some((change, reworded(&self.base.compilation, &self.base.loaded, &self.base.learnt, edit)?))
        });
        let Some((change, reworded)) = answer else {
            *self = Walk { base: fresh, pending: None };
            return Ok(false);
        };
        let found = listed(&self.base, change, id, &reworded);
        prop_assert_eq!(&found, &fresh.compilation.diagnostics, "{}", text);
        self.pending = Some((file, change));
        Ok(true)
    }
}

proptest! {
    #![proptest_config(random::cases(250))]
    #[test]
    fn changed_words_say_what_a_compilation_says(
        manifest in 0..MANIFESTS.len(), steps in prop::collection::vec(step(), 1..12)
    ) {
        let mut world = World { manifest: MANIFESTS[manifest], base: BASE, texts: [MAIN.to_owned(), MORE.to_owned()] };
        let mut walk = Walk::of(&world);
        for step in steps {
            let text = &mut world.texts[step.file];
            let (bytes, piece) = step.edit(text);
            text.replace_range(bytes.clone(), piece);
            let change = Change { start: bytes.start, removed: bytes.len(), inserted: piece.len() };
            walk.step(&world, step.file, change)?;
        }
    }
}

/// What is taken for words alone, and what is not: a shortcut that nobody takes proves nothing.
#[test]
fn words_alone_are_taken_for_it() {
    for (file, old, new, is_taken) in [
        (1, "to review records.", "to review all records.", true),
        (1, "Faults are", "Faults should be", true),
        (1, "Visits are planned.", "Visits are ensured by planning.", true),
        (0, "Keep the keys.", "Keys kept.", true),
        (0, "\"Review\"", "\"Reviewing\"", true),
        (0, "[[key]] are", "[[key]] not are", true),
        // Another process has the purpose, or the outcome, before or after.
        (0, "keep keys", "keep the keys", false),
        (1, "Faults are corrected.", "records are kept", false),
        // Something else reads it.
        (0, "Keys are reviewed\"", "[[key]]s are reviewed\"", false),
        (1, "Record review", "Record reviews", false),
        (1, "achieves 1", "achieves 2", false),
        (0, "Only here", "Only there", true),
        (0, "They shall be", "They are", true),
        (0, "They shall be", "They must be", true),
        (0, "Everywhere", "Nowhere", true),
        (0, "because \"so\"", "because \"it is so\"", true),
        (1, "It hands over", "It does not", true),
        (0, "we know", "we hope", false),
        (0, "look after", "look behind", false),
    ] {
        let mut world = World { manifest: MANIFESTS[0], base: BASE, texts: [MAIN.to_owned(), MORE.to_owned()] };
        let mut walk = Walk::of(&world);
        let start = world.texts[file].find(old).unwrap();
        let change = Change { start, removed: old.len(), inserted: new.len() };
        world.texts[file].replace_range(start..start + old.len(), new);
        assert_eq!(walk.step(&world, file, change).unwrap(), is_taken, "{new}");
    }
}

/// Typed key by key in a text, with what the server shows at each: it is what it shows after a compilation.
#[test]
fn what_is_shown_at_each_key_is_what_a_compilation_shows() {
    let files = [("prm.toml", "[package]\nname = \"own\"\nversion = \"1.0.0\"\n"), ("more.prm", MORE)]
        .map(|(path, text)| (path.to_owned(), text.to_owned()));
    let (mut typing, files) = (Editor::start(&files.clone().into()), files.into());
    typing.open("more.prm", MORE);
    typing.diagnostics("more.prm");
    let at = MORE.find("Records are kept").unwrap();
    let (line, column) = (MORE[..at].matches('\n').count(), at - MORE[..at].rfind('\n').unwrap() - 1);
    let mut text = MORE.to_owned();
    for (number, key) in "Should be, and ensure that ".char_indices() {
        let place = json!({ "line": line, "character": column + number });
        typing.change("more.prm", json!([{ "range": { "start": place, "end": place }, "text": key.to_string() }]));
        text.insert(at + number, key);
        let found = typing.diagnostics("more.prm");
        let mut afresh = Editor::start(&files);
        afresh.open("more.prm", &text);
        assert_eq!(found, afresh.diagnostics("more.prm"), "{text}");
        afresh.stop();
    }
    typing.stop();
}
