//! What a finding is known by from one run to the next, wherever its lines have moved meanwhile.

use std::fmt;

use rustc_hash::FxHashMap;

use crate::diagnostic::Diagnostic;
use crate::source::Sources;
use crate::span::Span;
use crate::syntax::statements::CLAUSE_WORDS;

/// The name of the form: what is a fingerprint of another form has another name, so that the two are never compared.
pub const FORM: &str = "prm/v1";

/// What a finding is about, as a number, and which of those that have the same number it is.
///
/// It is of the code and the subject; where a finding is about nothing that has an id, of the code, the message and the
/// statement at its place. Where several of one code are about one subject, all but one are known by their message and
/// statement as well; which that is, is settled by what they say. Neither file nor line counts, nor how a statement is
/// broken into lines, nor which finding comes first: that is asked only of those in which all of this is the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fingerprint {
    of: u64,
    nth: u32,
}

impl Fingerprint {
    /// Which of those that are about the same it is, from 1.
    pub fn nth(self) -> u32 {
        self.nth
    }

    /// With the name of its form, as it is kept in a file for another run.
    pub fn named(self) -> String {
        format!("{FORM}:{self}")
    }

    /// What [`Fingerprint::named`] wrote; nothing for what is of another form.
    pub fn read(text: &str) -> Option<Fingerprint> {
        let (of, nth) = text.strip_prefix(FORM)?.strip_prefix(':')?.split_once(':')?;
        let found = Fingerprint { of: u64::from_str_radix(of, 16).ok()?, nth: nth.parse().ok()? };
        // Numbers can be written in more than one way.
        (found.named() == text).then_some(found)
    }
}

/// Sixteen digits, a colon and a count: the form that GitHub knows as `primaryLocationLineHash`.
impl fmt::Display for Fingerprint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:016x}:{}", self.of, self.nth)
    }
}

/// The fingerprint of each finding of a run; no two are the same.
pub fn fingerprints(diagnostics: &[Diagnostic], sources: &Sources) -> Vec<Fingerprint> {
    let mut of: Vec<u64> = diagnostics.iter().map(|diagnostic| about(diagnostic, sources)).collect();
    let mut same: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    for (at, of) in of.iter().enumerate().filter(|(at, _)| diagnostics[*at].subject.is_some()) {
        same.entry(*of).or_default().push(at);
    }
    for several in same.into_values().filter(|several| several.len() > 1) {
        let said: Vec<u64> = several.iter().map(|at| said(&diagnostics[*at], sources)).collect();
        let least = said.iter().min().copied();
        // The one that is known by its subject alone stays what it is where the others go.
        several.iter().zip(said).filter(|(_, said)| Some(*said) != least).for_each(|(at, said)| of[*at] = said);
    }
    let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
    let count = |of| {
        let nth = counts.entry(of).or_default();
        *nth += 1;
        Fingerprint { of, nth: *nth }
    };
    of.into_iter().map(count).collect()
}

fn about(diagnostic: &Diagnostic, sources: &Sources) -> u64 {
    match &diagnostic.subject {
        Some(subject) => hash([diagnostic.code.code, &subject.id]),
        None => said(diagnostic, sources),
    }
}

/// What a finding says, and where in which statement.
fn said(diagnostic: &Diagnostic, sources: &Sources) -> u64 {
    let subject = diagnostic.subject.as_ref().map_or("", |subject| &subject.id);
    let place = diagnostic.primary.span;
    let (statement, at) = statement(&sources.file(place.file).text, place);
    let before: usize = statement[..at].split_whitespace().map(str::len).sum();
    let head = [diagnostic.code.code, subject, &diagnostic.message, &before.to_string()];
    hash(head.into_iter().chain(statement.split_whitespace()))
}

fn hash<'a>(parts: impl IntoIterator<Item = &'a str>) -> u64 {
    let mut hash = hmac_sha256::Hash::new();
    for part in parts {
        hash.update(part);
        hash.update([0]);
    }
    hash.finalize().iter().take(8).fold(0, |bits, byte| bits << 8 | u64::from(*byte))
}

/// More of the text before or behind the beginning of a place, in bytes, does not count: a line may be a whole file, and
/// there may be thousands of places in it.
const LONGEST: usize = 1024;

/// The lines of the statement that a place begins in, and where in them.
fn statement(text: &str, place: Span) -> (&str, usize) {
    let at = text.floor_char_boundary(place.start as usize);
    let first = text.ceil_char_boundary(at.saturating_sub(LONGEST));
    let (text, at) = (&text[first..text.floor_char_boundary(at + LONGEST)], at - first);
    let line_of = |at: usize| text[..at].rfind('\n').map_or(0, |end| end + 1);
    let end_of = |at: usize| text[at..].find('\n').map_or(text.len(), |end| at + end);
    let (mut start, mut end) = (line_of(at), end_of(at));
    while start > 0 && goes_on(&text[start..]) {
        start = line_of(text[..start].trim_end().len());
    }
    while goes_on(&text[end..]) {
        end = end_of(text.len() - text[end..].trim_start().len());
    }
    (&text[start..end], at - start)
}

/// Whether what follows belongs to the statement of the line before.
fn goes_on(text: &str) -> bool {
    let text = text.trim_start();
    let word = text.split(|character: char| !character.is_ascii_alphabetic()).next().unwrap_or_default();
    text.starts_with('"') || CLAUSE_WORDS.iter().any(|row| row.begins && row.word == word)
}
