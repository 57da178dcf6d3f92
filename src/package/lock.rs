//! `prm.lock`: which claims of a package people have judged, and on which texts.
//!
//! The file is made to be committed and merged: an entry for each judgement, sorted, without dates or places; a text
//! is there once, whoever rests on it. It holds texts beside their fingerprints, since an old wording is nowhere else
//! once a base is replaced by its next edition.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use toml::Spanned;
use toml_writer::TomlWrite;

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::span::{FileId, Span};

/// The version of the format that files have with links and lines of crosswalks alone, as all of them once did.
const LINKS_ALONE: u32 = 1;

/// The version of files that hold other claims as well.
const VERSION: u32 = 2;

/// The version of files that hold records of closed assessments.
const WITH_RECORDS: u32 = 3;

const HEADER: &str = "\
# prm.lock: the links of this package that people have judged, and the texts on which they judged them.
# Commit it. `prm review` shows what is open; `prm review --accept REF --because \"…\"` writes this file.
# Behind an id stand the first 16 digits of the SHA-256 of its text, white space collapsed, as UTF-8.
";

/// What a lock file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock {
    /// The judgements, in the order of the file.
    pub judgements: Vec<Judgement>,
    /// The texts that they rest on.
    pub texts: BTreeMap<Mark, String>,
    /// The assessments that were closed, in the order of the file.
    pub records: Vec<Record>,
}

/// What was recorded of an assessment when it was closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Its id.
    pub assessment: String,
    /// Its lines, white space collapsed; of a rating behind the process and the instance.
    pub lines: Vec<String>,
}

/// A claim that somebody held to be right, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// The claim, as it was then.
    pub claim: Claim,
    /// Why it was accepted.
    pub because: String,
    /// How many claims were accepted at once with this one, itself among them; `None` for one by itself, and where the
    /// file is from before that was kept.
    pub at_once: Option<u32>,
}

/// What a link, a line of a crosswalk or another statement claims, and of which texts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Claim {
    /// The crosswalk of a line; `None` for all else.
    pub crosswalk: Option<String>,
    /// `satisfies` or `partly satisfies`, or the words of another kind; of a line, what its left side is to its right.
    pub relation: String,
    /// The outcome, then the other members of its joint set; the left side of the line; or what claims something, of a
    /// model what it says of the right side, as `model:catalog:id`.
    pub left: Vec<Mark>,
    /// The requirement, the right side of the line, or what else is spoken of.
    pub right: Vec<Mark>,
    /// What stands below those requirements, and goes with them.
    pub parts: Vec<Mark>,
    /// The wording of a base, as `model:id`, in whose place a layer put that of the left side.
    pub replaces: Vec<Mark>,
}

/// An element by its full id, a requirement by `catalog:id`, or what a model says of one of them by `model:` and that,
/// with its text at a time.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Mark {
    /// The id.
    pub id: String,
    /// The fingerprint of its text; `None` for a member of a joint set that is not there.
    pub fingerprint: Option<Fingerprint>,
}

/// The forms that entries of lock files have, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Entry {
    /// The link of an outcome: `[[link]]`.
    Link,
    /// What else is claimed of one thing: `[[claim]]`.
    Claim,
    /// A line of a crosswalk: `[[line]]`.
    Line,
}

/// The first 64 bits of the SHA-256 of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fingerprint(u64);

impl Fingerprint {
    /// The fingerprint of a text that is [`normal`].
    pub fn of(text: &str) -> Fingerprint {
        let digest = hmac_sha256::Hash::hash(text.as_bytes());
        Fingerprint(digest.iter().take(8).fold(0, |bits, byte| bits << 8 | u64::from(*byte)))
    }
}

impl Lock {
    /// Whether it holds judgements of links and lines alone: all that files from before other claims were reviewed hold.
    pub fn is_of_links_alone(&self) -> bool {
        self.judgements.iter().all(|judgement| judgement.claim.entry() != Entry::Claim)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:016x}", self.0)
    }
}

/// A text with its white space collapsed: how it is broken into lines and indented means nothing.
pub fn normal(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Claim {
    /// Everything that the claim rests on.
    pub fn marks(&self) -> impl Iterator<Item = &Mark> {
        self.stated().chain(&self.replaces)
    }

    /// The texts of which it claims something.
    pub fn stated(&self) -> impl Iterator<Item = &Mark> {
        self.left.iter().chain(&self.right).chain(&self.parts)
    }

    /// How `--accept` names this claim alone: `COM.01.1/iso27001-2022:7.4.a`.
    pub fn reference(&self) -> String {
        let right = self.right.first().map_or_else(String::new, |mark| mark.id.clone());
        match (self.model(), self.left.first()) {
            (Some(model), _) => format!("{model}/{right}"),
            (None, Some(left)) => format!("{}/{right}", left.id),
            (None, None) => format!("/{right}"),
        }
    }

    /// The model that claims something of a requirement, where no element does.
    pub fn model(&self) -> Option<&str> {
        let left = self.left.first().filter(|_| self.crosswalk.is_none())?;
        left.id.split_once(':').map(|(model, _)| model)
    }

    /// In what form the lock file has it.
    pub fn entry(&self) -> Entry {
        match self.relation.as_str() {
            _ if self.crosswalk.is_some() => Entry::Line,
            "satisfies" | "partly satisfies" => Entry::Link,
            _ => Entry::Claim,
        }
    }

    /// What it is called in a sentence.
    pub fn noun(&self) -> &'static str {
        if self.entry() == Entry::Claim { "claim" } else { "link" }
    }
}

/// The claim as a sentence.
impl fmt::Display for Claim {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ids = |marks: &[Mark]| marks.iter().map(|mark| mark.id.as_str()).collect::<Vec<_>>().join(", ");
        if self.crosswalk.is_some() {
            return write!(formatter, "{} {} {}", ids(&self.left), self.relation, ids(&self.right));
        }
        let (outcome, partners) = self.left.split_at(self.left.len().min(1));
        let subject = self.model().map_or_else(|| ids(outcome), str::to_owned);
        write!(formatter, "{subject} {} {}", self.relation, ids(&self.right))?;
        if !partners.is_empty() {
            write!(formatter, " together with {}", ids(partners))?;
        }
        Ok(())
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.fingerprint {
            Some(fingerprint) => write!(formatter, "{} {fingerprint}", self.id),
            None => formatter.write_str(&self.id),
        }
    }
}

/// The file that says this; its entries in the order given.
pub fn write(lock: &Lock) -> String {
    let version = match (lock.records.is_empty(), lock.is_of_links_alone()) {
        (false, _) => WITH_RECORDS,
        (true, true) => LINKS_ALONE,
        (true, false) => VERSION,
    };
    let mut text = format!("{HEADER}version = {version}\n");
    for Judgement { claim, because, at_once } in &lock.judgements {
        match &claim.crosswalk {
            None if claim.entry() == Entry::Claim => {
                text.push_str("\n[[claim]]\n");
                one(&mut text, "left", &claim.left);
                pair(&mut text, "relation", &claim.relation);
                one(&mut text, "right", &claim.right);
            }
            None => {
                text.push_str("\n[[link]]\n");
                let (outcome, partners) = claim.left.split_at(claim.left.len().min(1));
                one(&mut text, "outcome", outcome);
                one(&mut text, &claim.relation.replace(' ', "-"), &claim.right);
                several(&mut text, "together-with", partners);
            }
            Some(crosswalk) => {
                text.push_str("\n[[line]]\n");
                pair(&mut text, "crosswalk", crosswalk);
                several(&mut text, "left", &claim.left);
                pair(&mut text, "relation", &claim.relation);
                several(&mut text, "right", &claim.right);
            }
        }
        several(&mut text, "parts", &claim.parts);
        several(&mut text, "replaces", &claim.replaces);
        pair(&mut text, "because", because);
        if let Some(at_once) = at_once {
            text.push_str(&format!("at-once = {at_once}\n"));
        }
    }
    for Record { assessment, lines } in &lock.records {
        text.push_str("\n[[record]]\n");
        pair(&mut text, "assessment", assessment);
        text.push_str("lines = [\n");
        lines.iter().for_each(|line| text.push_str(&format!("  {},\n", quoted(line))));
        text.push_str("]\n");
    }
    text.push_str("\n[texts]\n");
    for (mark, wording) in &lock.texts {
        text.push_str(&format!("{} = {}\n", quoted(&mark.to_string()), quoted(wording)));
    }
    text
}

fn pair(text: &mut String, key: &str, value: &str) {
    text.push_str(&format!("{key} = {}\n", quoted(value)));
}

fn one(text: &mut String, key: &str, marks: &[Mark]) {
    marks.iter().for_each(|mark| pair(text, key, &mark.to_string()));
}

/// A list, if there is something in it; an id a line where there are several, so that changes of two people meet less.
fn several(text: &mut String, key: &str, marks: &[Mark]) {
    match marks {
        [] => {}
        [mark] => text.push_str(&format!("{key} = [{}]\n", quoted(&mark.to_string()))),
        _ => {
            text.push_str(&format!("{key} = [\n"));
            marks.iter().for_each(|mark| text.push_str(&format!("  {},\n", quoted(&mark.to_string()))));
            text.push_str("]\n");
        }
    }
}

fn quoted(value: &str) -> String {
    let mut text = String::new();
    // Writing to a String cannot fail.
    let _ = text.value(toml_writer::TomlStringBuilder::new(value).as_basic());
    text
}

/// Reads a lock file.
///
/// # Errors
/// What is wrong with it. Nothing of a broken file is taken, so that no judgement is lost by writing it again.
pub fn read(file: FileId, text: &str) -> Result<Lock, Vec<Diagnostic>> {
    let document: Document = toml::from_str(text).map_err(|error| vec![malformed_toml(file, text, &error)])?;
    let mut reader = Reader { file, text, found: Vec::new() };
    let lock = reader.document(document);
    if reader.found.is_empty() { Ok(lock) } else { Err(reader.found) }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    version: Spanned<u32>,
    #[serde(default)]
    link: Vec<Spanned<LinkEntry>>,
    #[serde(default)]
    claim: Vec<Spanned<ClaimEntry>>,
    #[serde(default)]
    line: Vec<Spanned<LineEntry>>,
    #[serde(default)]
    record: Vec<Spanned<RecordEntry>>,
    #[serde(default)]
    texts: BTreeMap<Spanned<String>, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct LinkEntry {
    outcome: Spanned<String>,
    satisfies: Option<Spanned<String>>,
    partly_satisfies: Option<Spanned<String>>,
    #[serde(default)]
    together_with: Vec<Spanned<String>>,
    #[serde(default)]
    parts: Vec<Spanned<String>>,
    #[serde(default)]
    replaces: Vec<Spanned<String>>,
    because: Spanned<String>,
    at_once: Option<Spanned<u32>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ClaimEntry {
    left: Spanned<String>,
    relation: Spanned<String>,
    right: Spanned<String>,
    #[serde(default)]
    parts: Vec<Spanned<String>>,
    #[serde(default)]
    replaces: Vec<Spanned<String>>,
    because: Spanned<String>,
    at_once: Option<Spanned<u32>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct LineEntry {
    crosswalk: Spanned<String>,
    left: Vec<Spanned<String>>,
    relation: Spanned<String>,
    right: Vec<Spanned<String>>,
    #[serde(default)]
    parts: Vec<Spanned<String>>,
    because: Spanned<String>,
    at_once: Option<Spanned<u32>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RecordEntry {
    assessment: Spanned<String>,
    lines: Vec<Spanned<String>>,
}

struct Reader<'a> {
    file: FileId,
    text: &'a str,
    found: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn document(&mut self, document: Document) -> Lock {
        if !(LINKS_ALONE..=WITH_RECORDS).contains(document.version.get_ref()) {
            let written = document.version.get_ref();
            let span = self.span(&document.version);
            self.found.push(
                Diagnostic::new(&codes::MALFORMED_LOCK, span, format!("this lock file has the version {written}"))
                    .label(format!("expected a version from {LINKS_ALONE} to {WITH_RECORDS}"))
                    .help("it was written by another version of prm: use that one, or a later one"),
            );
            return Lock::default();
        }
        let mut judgements: Vec<(Judgement, Span)> = Vec::new();
        for entry in document.link {
            let span = self.head(&entry);
            judgements.extend(self.link(entry.into_inner(), span).map(|judgement| (judgement, span)));
        }
        for entry in document.claim {
            let span = self.head(&entry);
            judgements.extend(self.claim(entry.into_inner()).map(|judgement| (judgement, span)));
        }
        for entry in document.line {
            let span = self.head(&entry);
            judgements.extend(self.line(entry.into_inner()).map(|judgement| (judgement, span)));
        }
        self.judged_once(&judgements);
        let texts = document.texts.into_iter().filter_map(|(key, wording)| self.wording(&key, wording)).collect();
        let records = self.records(document.record);
        Lock { judgements: judgements.into_iter().map(|(judgement, _)| judgement).collect(), texts, records }
    }

    /// Two records of one assessment come from a merge.
    fn records(&mut self, entries: Vec<Spanned<RecordEntry>>) -> Vec<Record> {
        let mut known: BTreeMap<String, Span> = BTreeMap::new();
        let mut records = Vec::new();
        for entry in entries {
            let RecordEntry { assessment, lines } = entry.into_inner();
            let (id, span) = (self.word(&assessment), self.span(&assessment));
            if let Some(first) = known.insert(id.clone(), span) {
                self.found.push(
                    Diagnostic::new(&codes::MALFORMED_LOCK, span, format!("`{id}` is recorded twice"))
                        .label("recorded again here")
                        .also(first, "first recorded here")
                        .help("keep the record that holds, and remove the other"),
                );
            }
            let lines = lines.iter().map(|line| self.word(line)).collect();
            records.push(Record { assessment: id, lines });
        }
        records
    }

    fn link(&mut self, entry: LinkEntry, span: Span) -> Option<Judgement> {
        let (relation, requirement) = match (&entry.satisfies, &entry.partly_satisfies) {
            (Some(requirement), None) => ("satisfies", requirement),
            (None, Some(requirement)) => ("partly satisfies", requirement),
            _ => {
                self.malformed(
                    span,
                    "this link does not say what it claims",
                    "either `satisfies` or `partly-satisfies`",
                );
                return None;
            }
        };
        let claim = Claim {
            crosswalk: None,
            relation: relation.to_owned(),
            left: std::iter::once(&entry.outcome).chain(&entry.together_with).filter_map(|id| self.mark(id)).collect(),
            right: self.mark(requirement).into_iter().collect(),
            parts: self.marks(&entry.parts),
            replaces: self.marks(&entry.replaces),
        };
        let at_once = self.at_once(entry.at_once.as_ref());
        Some(Judgement { claim, because: self.reason(&entry.because)?, at_once })
    }

    fn claim(&mut self, entry: ClaimEntry) -> Option<Judgement> {
        let claim = Claim {
            crosswalk: None,
            relation: self.word(&entry.relation),
            left: self.mark(&entry.left).into_iter().collect(),
            right: self.mark(&entry.right).into_iter().collect(),
            parts: self.marks(&entry.parts),
            replaces: self.marks(&entry.replaces),
        };
        if claim.entry() != Entry::Claim {
            self.malformed(self.span(&entry.relation), "what an outcome satisfies is a link", "an entry `[[link]]`");
        }
        let at_once = self.at_once(entry.at_once.as_ref());
        Some(Judgement { claim, because: self.reason(&entry.because)?, at_once })
    }

    fn line(&mut self, entry: LineEntry) -> Option<Judgement> {
        let claim = Claim {
            crosswalk: Some(self.word(&entry.crosswalk)),
            relation: self.word(&entry.relation),
            left: self.marks(&entry.left),
            right: self.marks(&entry.right),
            parts: self.marks(&entry.parts),
            replaces: Vec::new(),
        };
        let at_once = self.at_once(entry.at_once.as_ref());
        Some(Judgement { claim, because: self.reason(&entry.because)?, at_once })
    }

    fn at_once(&mut self, number: Option<&Spanned<u32>>) -> Option<u32> {
        let number = number?;
        if *number.get_ref() < 2 {
            self.malformed(self.span(number), "this is no number of claims accepted at once", "a number from 2 on");
        }
        Some(*number.get_ref())
    }

    fn reason(&mut self, because: &Spanned<String>) -> Option<String> {
        if because.get_ref().trim().is_empty() {
            self.malformed(self.span(because), "this judgement has no reason", "why the link was accepted");
            return None;
        }
        Some(self.word(because))
    }

    /// A value that is shown as it is; what would move a cursor is in none that `prm` writes.
    fn word(&mut self, value: &Spanned<String>) -> String {
        if value.get_ref().chars().any(char::is_control) {
            self.malformed(self.span(value), "this value holds a control character", "characters that can be seen");
        }
        value.get_ref().clone()
    }

    fn marks(&mut self, values: &[Spanned<String>]) -> Vec<Mark> {
        values.iter().filter_map(|value| self.mark(value)).collect()
    }

    fn mark(&mut self, value: &Spanned<String>) -> Option<Mark> {
        let mark = parse_mark(value.get_ref());
        if mark.is_none() {
            let expected = "an id, and behind a space the 16 digits of its fingerprint";
            self.malformed(self.span(value), format!("`{}` names no text", value.get_ref()), expected);
        }
        mark
    }

    /// A text with its mark; what was changed by hand no longer has its fingerprint.
    fn wording(&mut self, key: &Spanned<String>, wording: String) -> Option<(Mark, String)> {
        let mark = self.mark(key)?;
        let is_seen = !wording.chars().any(char::is_control);
        if is_seen && mark.fingerprint.is_some_and(|fingerprint| fingerprint == Fingerprint::of(&wording)) {
            return Some((mark, wording));
        }
        self.malformed(
            self.span(key),
            "this text does not have this fingerprint",
            Fingerprint::of(&wording).to_string(),
        );
        None
    }

    /// Two judgements of one claim come from a merge; which one holds is for people to say.
    fn judged_once(&mut self, judgements: &[(Judgement, Span)]) {
        let mut known: BTreeMap<String, Span> = BTreeMap::new();
        for (Judgement { claim, .. }, span) in judgements {
            let key = format!("{} {claim}", claim.crosswalk.as_deref().unwrap_or_default());
            if let Some(first) = known.get(&key) {
                self.found.push(
                    Diagnostic::new(&codes::MALFORMED_LOCK, *span, format!("`{claim}` is judged twice"))
                        .label("judged again here")
                        .also(*first, "first judged here")
                        .help(
                            "keep the entry that holds, and remove the other; `prm review` then shows whether it fits",
                        ),
                );
            } else {
                known.insert(key, *span);
            }
        }
    }

    fn malformed(&mut self, span: Span, message: impl Into<String>, expected: impl fmt::Display) {
        self.found.push(
            Diagnostic::new(&codes::MALFORMED_LOCK, span, message).label(format!("expected {expected}")).help(
                "take the file from the version control again, or remove the entry and review what it judged again",
            ),
        );
    }

    fn span<T>(&self, value: &Spanned<T>) -> Span {
        Span::new(self.file, value.span().start, value.span().end)
    }

    /// The first line of an entry.
    fn head<T>(&self, entry: &Spanned<T>) -> Span {
        let range = entry.span();
        let length = self.text.get(range.clone()).and_then(|text| text.find('\n')).unwrap_or(range.len());
        Span::new(self.file, range.start, range.start + length)
    }
}

fn parse_mark(value: &str) -> Option<Mark> {
    let is_id = |id: &str| !id.is_empty() && !id.chars().any(|c| c.is_whitespace() || c.is_control());
    match value.split_once(' ') {
        None => is_id(value).then(|| Mark { id: value.to_owned(), fingerprint: None }),
        Some((id, digits)) => {
            let is_well_formed = digits.len() == 16 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
            let bits = u64::from_str_radix(digits, 16).ok().filter(|_| is_well_formed && is_id(id))?;
            Some(Mark { id: id.to_owned(), fingerprint: Some(Fingerprint(bits)) })
        }
    }
}

fn malformed_toml(file: FileId, text: &str, error: &toml::de::Error) -> Diagnostic {
    let range = error.span().unwrap_or(0..0);
    let span = Span::new(file, range.start.min(text.len()), range.end.min(text.len()));
    let is_merge = text.lines().any(|line| line.starts_with("<<<<<<< "));
    let help = match is_merge {
        true => "a merge left its marks: keep the entries of both sides, and one of two that judge the same link",
        false => "take the file from the version control again; `prm review` and the editor alone write it",
    };
    let message = format!("this lock file cannot be read: {}", error.message().replace('\n', "; "));
    Diagnostic::new(&codes::MALFORMED_LOCK, span, message).label("here").help(help)
}
