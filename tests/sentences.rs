//! What the checks of wording say of whole sentences: `tests/sentences` has a line for each.
//!
//! Of the good ones nothing is said but hints. Of a bad one all warnings are noted, hints if one likes; and its help
//! proposes just the rewordings that stand behind it, which are good themselves.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

use prm::diagnostic::{Diagnostic, Family, Severity};

use crate::support::Project;

/// What a sentence is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Outcome,
    Purpose,
    Title,
}

/// A sentence, what has to be found in it, and what has to be proposed.
struct Sentence {
    text: String,
    codes: Vec<String>,
    proposals: Vec<String>,
}

/// The sentences of a file, one a line: `CODES | SENTENCE | PROPOSAL / PROPOSAL`, or the sentence alone.
fn sentences(file: &str) -> Vec<Sentence> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sentences").join(file);
    let text = std::fs::read_to_string(path).unwrap();
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let line = if line.contains(" | ") { line.to_owned() } else { format!(" | {line}") };
            let mut cells = line.split(" | ").map(str::trim);
            let (codes, text) = (cells.next().unwrap(), cells.next().unwrap());
            let proposals = cells.next().into_iter().flat_map(|cell| cell.split(" / ")).map(str::to_owned).collect();
            let codes = codes.split_whitespace().map(str::to_owned).collect();
            Sentence { text: text.to_owned(), codes, proposals }
        })
        .collect()
}

/// What the checks of wording say of each sentence, in their order.
fn findings(kind: Kind, sentences: &[String]) -> Vec<Vec<Diagnostic>> {
    let mut text = String::new();
    if kind == Kind::Outcome {
        text.push_str("process SPEC \"Specimen\" {\n  purpose \"The purpose of the specimen process is to teach.\"\n");
    }
    let mut at = BTreeMap::new();
    for (number, sentence) in sentences.iter().enumerate() {
        let quoted = format!("\"{}\"", sentence.replace('\\', "\\\\").replace('"', "\\\""));
        match kind {
            Kind::Outcome => writeln!(text, "  outcome {} {quoted}", number + 1),
            Kind::Purpose => writeln!(text, "process S.{number} \"{}\" {{\n  purpose {quoted}", title(sentence)),
            Kind::Title => writeln!(text, "process S.{number} {quoted} {{"),
        }
        .unwrap();
        at.insert(text.lines().count(), number);
        text.push_str(if kind == Kind::Outcome { "" } else { "}\n" });
    }
    text.push_str(if kind == Kind::Outcome { "}\n" } else { "" });
    let compiled = Project::text(text).compile();
    let mut found = vec![Vec::new(); sentences.len()];
    for diagnostic in compiled.0.diagnostics.iter().filter(|found| found.code.family == Family::Description) {
        if let Some(number) = at.get(&compiled.place(diagnostic).1) {
            found[*number].push(diagnostic.clone());
        }
    }
    found
}

/// The title that a purpose names.
fn title(purpose: &str) -> &str {
    let named = purpose.strip_prefix("The purpose of ").and_then(|rest| rest.split_once(" is to"));
    let title = named.map_or("Specimen", |(title, _)| title.strip_prefix("the ").unwrap_or(title));
    let title = title.strip_suffix(" process").unwrap_or(title);
    if title == "this" { "Specimen" } else { title }
}

/// The codes of warnings, and of those hints that are asked for.
fn codes(found: &[Diagnostic], hints: &[String]) -> BTreeSet<String> {
    let counts =
        |found: &&Diagnostic| found.severity != Severity::Hint || hints.iter().any(|code| code == found.code.code);
    found.iter().filter(counts).map(|found| found.code.code.to_owned()).collect()
}

/// The rewordings in a help: what it quotes, but for mere examples (`as in …`) and single words.
fn proposals(found: &Diagnostic) -> Vec<String> {
    let help = found.help.as_deref().unwrap_or_default();
    let mut parts = help.split('`');
    let mut proposals = Vec::new();
    while let (Some(before), Some(quoted)) = (parts.next(), parts.next()) {
        if !before.ends_with("as in ") && quoted.contains(' ') {
            proposals.push(quoted.to_owned());
        }
    }
    proposals
}

/// Holds the findings in a file against what it notes; returns a line for each difference.
fn differences(kind: Kind, file: &str) -> String {
    let sentences = sentences(file);
    let texts: Vec<String> = sentences.iter().map(|sentence| sentence.text.clone()).collect();
    let mut differences = String::new();
    for (sentence, found) in sentences.iter().zip(findings(kind, &texts)) {
        let expected: BTreeSet<String> = sentence.codes.iter().cloned().collect();
        let said = codes(&found, &sentence.codes);
        if said != expected {
            writeln!(differences, "{said:?} for {:?}", sentence.text).unwrap();
        }
        let of_codes =
            found.iter().filter(|found| said.contains(found.code.code) && expected.contains(found.code.code));
        let proposed: Vec<String> = of_codes.flat_map(proposals).collect();
        if proposed != sentence.proposals && said == expected {
            writeln!(differences, "{proposed:?} proposed for {:?}", sentence.text).unwrap();
        }
    }
    differences
}

/// The files, with what they hold and how many of it at least.
fn assert_as_noted(files: [(Kind, &str, usize); 3]) {
    for (kind, file, least) in files {
        assert!(sentences(file).len() >= least, "{file} has lost its sentences");
        let differences = differences(kind, file);
        assert!(differences.is_empty(), "{file}\n{differences}");
    }
}

#[test]
fn nothing_is_said_of_good_sentences() {
    assert_as_noted([
        (Kind::Outcome, "good-outcomes.txt", 500),
        (Kind::Purpose, "good-purposes.txt", 60),
        (Kind::Title, "good-titles.txt", 40),
    ]);
}

#[test]
fn faults_are_found_and_helped() {
    assert_as_noted([
        (Kind::Outcome, "bad-outcomes.txt", 150),
        (Kind::Purpose, "bad-purposes.txt", 25),
        (Kind::Title, "bad-titles.txt", 10),
    ]);
}

/// Who does what the help says is not told of the same fault again.
#[test]
fn what_help_proposes_is_good() {
    let mut differences = String::new();
    for sentence in sentences("bad-outcomes.txt").iter().filter(|sentence| sentence.codes.len() == 1) {
        let whole: Vec<String> = sentence.proposals.iter().filter(|text| text.ends_with('.')).cloned().collect();
        for (text, found) in whole.iter().zip(findings(Kind::Outcome, &whole)) {
            let said = codes(&found, &[]);
            if !said.is_empty() {
                writeln!(differences, "{said:?} for {text:?}, which is proposed for {:?}", sentence.text).unwrap();
            }
        }
    }
    assert!(differences.is_empty(), "\n{differences}");
}
