//! What the checks of this family have to know of all processes at once.

use rustc_hash::FxHashMap;

use super::prose::{Cutter, Marks, Prose, hash_of, mix, plural_key};
use crate::checks::Context;
use crate::english::{Classes, key};
use crate::model::Process;

/// What a title has to do with a subject of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    /// The subject is the title: `Incident management is …`.
    Title,
    /// The subject is what the process is about: `Incidents are …`.
    Object,
}

/// How a title is capitalized.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// Like a sentence: `Key management`.
    Sentence,
    /// Like a headline: `Key Management`.
    Headline,
    /// Neither, or both.
    Other,
}

/// An outcome, by its position, with a number that outcomes of the same words share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OutcomeKey {
    /// The number.
    pub hash: u64,
    /// The position of its process.
    pub process: u32,
    /// Its own position.
    pub outcome: u32,
}

/// What is known of all processes.
#[derive(Debug, Default)]
pub struct Survey {
    subjects: FxHashMap<u64, (u32, Naming)>,
    /// The capitalization that most titles of the package have.
    pub usual_case: Option<Case>,
    /// The outcomes that were cut so far.
    pub outcomes: Vec<OutcomeKey>,
}

impl Survey {
    /// Reads all titles.
    pub fn new(context: &Context<'_>) -> Survey {
        let mut survey = Survey::default();
        let mut cutter = Cutter::default();
        let (mut sentences, mut headlines) = (0_usize, 0_usize);
        for (process, index) in context.package().model.processes.iter().zip(0..) {
            cutter.clear();
            let title = cutter.cut(context.sources, process.title);
            let title = cutter.prose(title);
            survey.note_title(title, index);
            if context.is_own(process.origin) {
                match case(title) {
                    Case::Sentence => sentences += 1,
                    Case::Headline => headlines += 1,
                    Case::Other => {}
                }
            }
        }
        survey.usual_case = match sentences.cmp(&headlines) {
            std::cmp::Ordering::Greater => Some(Case::Sentence),
            std::cmp::Ordering::Less => Some(Case::Headline),
            std::cmp::Ordering::Equal => None,
        };
        survey
    }

    fn note_title(&mut self, title: Prose<'_>, index: u32) {
        let words = match title.words {
            [rest @ .., last] if !rest.is_empty() && last.is(Classes::PROCESS) => rest,
            words => words,
        };
        // A title of one word is a common noun, which any outcome may use.
        if words.len() < 2 {
            return;
        }
        self.subjects.insert(hash_of(words), (index, Naming::Title));
        let [object @ .., last] = words else { return };
        if last.key == const { key("management") }
            && object.len() < 3
            && let [first @ .., noun] = object
        {
            let hash = mix(hash_of(first), plural_key(noun));
            self.subjects.entry(hash).or_insert((index, Naming::Object));
        }
    }

    /// The process that the subject of a sentence names, by its position.
    pub fn process_named(&self, subject: u64) -> Option<(u32, Naming)> {
        self.subjects.get(&subject).copied()
    }
}

/// The outcomes of a process, with the hashes of their words.
pub fn outcomes(
    process: u32,
    described: &Process,
    hashes: impl Iterator<Item = u64>,
) -> impl Iterator<Item = OutcomeKey> {
    let outcomes = described.outcomes.iter().zip(hashes).zip(0..);
    let whole = outcomes.filter(|((outcome, _), _)| !outcome.broken);
    whole.map(move |((_, hash), outcome)| OutcomeKey { hash, process, outcome })
}

/// How a title is capitalized: acronyms and short function words do not count.
pub fn case(title: Prose<'_>) -> Case {
    let (mut small, mut capital) = (0_usize, 0_usize);
    for (at, word) in title.words.iter().enumerate().skip(1) {
        let text = title.slice(at..at + 1);
        if !word.is_content() || text.chars().skip(1).any(|character| !character.is_lowercase()) {
            continue;
        }
        if word.marks.any(Marks::CAPITAL) {
            capital += 1;
        } else if text.starts_with(char::is_lowercase) {
            small += 1;
        }
    }
    match (small, capital) {
        (_, 0) => Case::Sentence,
        (0, _) => Case::Headline,
        _ => Case::Other,
    }
}
