//! What help says, written into the case and compiled: then the message is gone, and nothing is broken that was whole.
//!
//! Help quotes what can be written. Where it goes, people see from the words around it; here it is tried at each place
//! that can be meant: in the place of what is complained of, behind its statement, in the block around it, or at an outcome
//! of the model.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use prm::codes;
use prm::diagnostic::{Diagnostic, Family};
use prm::span::{FileId, Span};
use prm::syntax::statements::{Kind, clause_word, statement_words};
use prm::syntax::tree::{NodeId, Role, Tree};

use crate::cases;
use crate::support::{Compiled, Project};

/// What help quotes that mends nothing by itself, by code and the words of the help, and why.
const ADVICE: &[(&str, &str, &str)] = &[
    ("*", "it is written", "it shows the form of a statement, which says what goes where"),
    ("P012", "say why", "it shows the form of a statement, with the reason that is missing"),
    ("P102", "before its block", "it shows the form of a clause, which moves"),
    ("P103", "its place is", "it names the block, and what stands there is the author's"),
    ("P001", "as in `process", "an example of a statement with a block"),
    ("P009", "as in `outcome", "an example; the number is the last part of what stands there"),
    ("P104", "as with `use", "an example; which catalog is meant, the author knows"),
    ("P013", "between the two sides", "how the sides relate, the author knows"),
    ("P119", "bring in the package", "the package that is missing cannot be written here"),
    ("P205", "delete `in", "it names what to delete"),
    ("P208", "change the declaration", "it says what the statement is for"),
    ("P209", " …` in this model", "which framework, order or language holds, the author knows"),
    ("P702", "anew without it", "it takes the place of the statement that is there, with all that this says"),
    ("P220", "`conforms REF", "the link goes, and the model says how it meets the requirement: two steps"),
    ("P310", "alone", "which outcomes work together, the author knows"),
    ("P708", "make one line", "which of the lines holds, the author knows"),
    ("P803", "the highest level that is looked at", "what is looked at, the assessor knows"),
    ("P804", "say for which", "for which instance it is meant, the assessor knows"),
    ("P811", "name more instances", "which instances there are, the assessor knows"),
    ("P804", "rate the outcomes", "an example; the ratings are the assessor's"),
    ("P809", "name what was seen", "what was seen, the assessor knows"),
    (
        "P810",
        "on a line of its own",
        "what it asks for, the assessor knows; the quoted line is for where there is none",
    ),
    ("P813", "cite it where", "where it was looked at, the assessor knows"),
    ("P720", "prm review", "a command, which the tests of reviews run"),
    ("P721", "prm review", "a command, which the tests of reviews run"),
];

/// How many findings with the same help are tried.
const TRIED: usize = 2;

/// How many places are tried for what one help quotes.
const PLACES: usize = 250;

#[test]
fn what_help_says_mends_what_was_said() {
    let mut failures = String::new();
    let mut tried: BTreeMap<(String, String), usize> = BTreeMap::new();
    for case in cases::all() {
        let project = case.project();
        let compiled = project.compile();
        let is_of_model = |found: &&Diagnostic| {
            found.edit.is_none() && compiled.0.sources.file(found.primary.span.file).display().ends_with(".prm")
        };
        for found in compiled.0.diagnostics.iter().take(40).filter(is_of_model) {
            let help = found.help.clone().unwrap_or_default();
            let written = quoted(&help);
            let is_advice =
                |(code, words, _): &&(&str, &str, &str)| ["*", found.code.code].contains(code) && help.contains(words);
            if written.is_empty() || ADVICE.iter().any(|row| is_advice(&row)) {
                continue;
            }
            let form = help.split('`').step_by(2).collect::<Vec<_>>().join("_");
            let count = tried.entry((found.code.code.to_owned(), form)).or_default();
            *count += 1;
            if *count <= TRIED && !is_mended(&project, &compiled, found, &written) {
                writeln!(failures, "{}: {} {}: {help}", case.name, found.code.code, found.message).unwrap();
            }
        }
    }
    assert!(tried.len() > 40, "only {} kinds of help were tried", tried.len());
    assert!(failures.is_empty(), "\n{failures}");
}

/// What a help quotes that is a statement, a clause or a sentence; and all that it quotes, as a list.
fn quoted(help: &str) -> Vec<String> {
    let parts: Vec<&str> = help.split('`').skip(1).step_by(2).collect();
    let can_be_written = |part: &&str| {
        let first = part.split(' ').next().unwrap_or_default();
        let is_word = statement_words().any(|word| word == first) || clause_word(first).is_some();
        let is_sentence = part.starts_with(char::is_uppercase) && part.ends_with(['.', '…']);
        part.contains(' ') && (is_word || is_sentence)
    };
    // Words for what an author alone knows.
    let filled = |part: &str| {
        let part = part
            .replace("GP… ", "GP.99 ")
            .replace("\"…\"", "\"Keys are kept in known hands.\"")
            .replace("{ … }", "{ }");
        part.replace(" …", " keep keys in known hands.")
    };
    let mut all: Vec<String> = parts.iter().filter(|part| can_be_written(part)).map(|part| filled(part)).collect();
    // What is proposed together is written together.
    if all.len() > 1 {
        all.insert(0, all.join(" "));
    }
    all
}

fn counts(compiled: &Compiled) -> BTreeMap<(String, String), usize> {
    let mut counts = BTreeMap::new();
    for found in &compiled.0.diagnostics {
        *counts.entry((found.code.code.to_owned(), found.message.clone())).or_default() += 1;
    }
    counts
}

/// Whether what is quoted mends a finding at one of the places that can be meant.
fn is_mended(project: &Project, compiled: &Compiled, found: &Diagnostic, written: &[String]) -> bool {
    let before = counts(compiled);
    let key = (found.code.code.to_owned(), found.message.clone());
    let tries = written.iter().flat_map(|words| places(project, compiled, found, words));
    tries.take(PLACES).any(|changed| {
        let after = changed.compile();
        let now = counts(&after);
        let is_gone = now.get(&key).copied().unwrap_or(0) < before[&key];
        // The wording is the test's, and what it says of the model may be wrong; it is read, and means something.
        let is_breach = |found: &Diagnostic| matches!(found.code.family, Family::Syntax | Family::Names);
        let breaks = after.0.diagnostics.iter().filter(|found| is_breach(found)).any(|found| {
            let key = (found.code.code.to_owned(), found.message.clone());
            now[&key] > before.get(&key).copied().unwrap_or(0)
        });
        is_gone && !breaks
    })
}

/// The project with some words at each place that can be meant, those at the finding first.
fn places(project: &Project, compiled: &Compiled, found: &Diagnostic, words: &str) -> Vec<Project> {
    let sources = &compiled.0.sources;
    let spans: Vec<Span> =
        std::iter::once(found.primary.span).chain(found.secondary.iter().map(|label| label.span)).collect();
    let (mut near, mut far) = (Vec::new(), Vec::new());
    for (path, bytes) in project.files().iter().filter(|(path, _)| path.ends_with(".prm")) {
        let Ok(text) = std::str::from_utf8(bytes) else { continue };
        if text.starts_with('\u{feff}') {
            continue;
        }
        let (tree, _) = prm::syntax::parse(FileId(0), text);
        let changed = |(start, end, new): (usize, usize, String)| {
            project.clone().with(path, [&text[..start], &new, &text[end..]].concat())
        };
        let mut edits: BTreeSet<(usize, usize, String)> = BTreeSet::new();
        for span in spans.iter().filter(|span| sources.file(span.file).display() == *path) {
            edits.insert((span.start as usize, span.end as usize, words.to_owned()));
            let node = tree.at(span.start as usize);
            node.into_iter().for_each(|node| around(&tree, node, words, &mut edits));
        }
        near.extend(edits.into_iter().map(changed));
        let mut edits: BTreeSet<(usize, usize, String)> = BTreeSet::new();
        for node in tree.ids() {
            let (end, kind) = (tree.node(node).end as usize, tree.node(node).kind);
            if takes_clauses(kind) {
                edits.insert((end, end, format!(" {words}")));
                // A clause that is there takes one more.
                let (clause, rest) = words.split_once(' ').unwrap_or((words, ""));
                let has_it = text[tree.head(node).range()].contains(&format!(" {clause} "));
                edits.extend(has_it.then(|| (end, end, format!(", {rest}"))));
            }
            let open = tree.node(node).open.filter(|_| kind == Kind::Model || kind == Kind::ExtendProcess);
            edits.extend(open.map(|open| (open as usize + 1, open as usize + 1, format!("\n{words}\n"))));
        }
        edits.insert((0, 0, format!("{words}\n")));
        edits.insert((text.len(), text.len(), format!("\n{words}\n")));
        far.extend(edits.into_iter().map(changed));
    }
    near.extend(far);
    near
}

fn takes_clauses(kind: Kind) -> bool {
    matches!(kind, Kind::Outcome | Kind::ExtendOutcome | Kind::ReplaceOutcome | Kind::Practice | Kind::ReplacePractice)
}

/// The places at a statement: in its stead, behind it, as its text, in its block and in those around it.
fn around(tree: &Tree, node: NodeId, words: &str, edits: &mut BTreeSet<(usize, usize, String)>) {
    let (head, whole) = (tree.head(node).range(), tree.whole(node).range());
    edits.insert((head.start, head.end, words.to_owned()));
    edits.insert((head.end, head.end, format!(" {words}")));
    edits.insert((whole.end, whole.end, format!("\n{words}\n")));
    let kind = tree.arg(node, Role::ItemKind).filter(|_| words.starts_with("kind "));
    edits.extend(kind.map(|kind| (kind.start as usize, kind.end as usize, words["kind ".len()..].to_owned())));
    for arg in tree.args(node).iter().filter(|arg| matches!(arg.role, Role::Text | Role::Title)) {
        edits.insert((arg.start as usize, arg.end as usize, format!("\"{words}\"")));
    }
    for block in std::iter::once(node).chain(tree.around(node)) {
        match tree.node(block).open {
            Some(open) => edits.insert((open as usize + 1, open as usize + 1, format!("\n{words}\n"))),
            None => edits.insert((
                tree.node(block).end as usize,
                tree.node(block).end as usize,
                format!(" {{\n{words}\n}}"),
            )),
        };
    }
}

#[test]
fn what_is_only_advice_is_told_apart_by_codes_that_are_there() {
    for (code, ..) in ADVICE.iter().filter(|(code, ..)| *code != "*") {
        assert!(codes::ALL.iter().any(|row| row.code == *code), "{code}");
    }
}
