//! How processes are described, after ISO/IEC/IEEE 24774 (P4xx). Limits and word lists are our own.
//!
//! All checks of the family share one pass: a process's texts are cut into words once, and each check looks at those.
//! What a check has to know of all processes at once is in [`Survey`].

mod above_basic_level;
mod empty_goal;
mod instruction_in_outcome;
mod joined_verbs;
mod lexicon;
mod long_outcome;
mod long_purpose;
mod long_title;
mod means_in_outcome;
mod means_in_purpose;
mod modal_in_outcome;
mod modal_in_purpose;
mod negative_outcome;
mod number_of_outcomes;
mod outcome_elsewhere;
mod outcome_is_activity;
mod outcome_not_a_statement;
mod outcome_order;
mod outcome_repeats_purpose;
mod practice_copies_outcome;
mod practice_not_imperative;
mod process_in_title;
mod prose;
mod purpose_in_sentences;
mod purpose_lists_outcomes;
mod purpose_of_another;
mod purpose_opening;
mod repeated_outcome;
mod requirement_in_note;
mod sentence_as_item;
mod survey;
mod title_is_id;
mod two_goals;
mod two_results;
mod unclear_force;
mod uneven_full_stops;
mod uneven_title_case;
mod unproduced_item;
mod vague_outcome;
mod verb_in_title;

use std::cell::OnceCell;

use rustc_hash::FxHashMap;

use super::Context;
use crate::codes;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Outcome, Practice, Process};
use prose::{Cutter, Prose, TextId};
use survey::Survey;

/// What a check looks at, and how.
enum Look {
    /// At a process that the package itself declares.
    Process(fn(&Described<'_, '_>, &mut Vec<Diagnostic>)),
    /// At a purpose.
    Purpose(fn(&Described<'_, '_>, &Prose<'_>, &mut Vec<Diagnostic>)),
    /// At an outcome.
    Outcome(fn(&Described<'_, '_>, &Outcome, &Prose<'_>, &mut Vec<Diagnostic>)),
    /// At a practice.
    Practice(fn(&Described<'_, '_>, PracticeProse<'_>, &mut Vec<Diagnostic>)),
    /// At the package as a whole, after its processes.
    Package(fn(&Context<'_>, &Survey, &mut Vec<Diagnostic>)),
}

use Look::{
    Outcome as AtOutcome, Package as AtPackage, Practice as AtPractice, Process as AtProcess, Purpose as AtPurpose,
};

/// Every check of the family. Adding a line here is the whole registration.
const LOOKS: &[(&Code, Look)] = &[
    (&codes::TITLE_IS_ID, AtProcess(title_is_id::check)),
    (&codes::VERB_IN_TITLE, AtProcess(verb_in_title::check)),
    (&codes::LONG_TITLE, AtProcess(long_title::check)),
    (&codes::PROCESS_IN_TITLE, AtProcess(process_in_title::check)),
    (&codes::UNEVEN_TITLE_CASE, AtProcess(uneven_title_case::check)),
    (&codes::PURPOSE_OPENING, AtPurpose(purpose_opening::check)),
    (&codes::PURPOSE_OF_ANOTHER, AtPurpose(purpose_of_another::check)),
    (&codes::PURPOSE_IN_SENTENCES, AtPurpose(purpose_in_sentences::check)),
    (&codes::TWO_GOALS, AtPurpose(two_goals::check)),
    (&codes::MEANS_IN_PURPOSE, AtPurpose(means_in_purpose::check)),
    (&codes::PURPOSE_LISTS_OUTCOMES, AtPurpose(purpose_lists_outcomes::check)),
    (&codes::LONG_PURPOSE, AtPurpose(long_purpose::check)),
    (&codes::MODAL_IN_PURPOSE, AtPurpose(modal_in_purpose::check)),
    (&codes::EMPTY_GOAL, AtPurpose(empty_goal::check)),
    (&codes::OUTCOME_NOT_A_STATEMENT, AtOutcome(outcome_not_a_statement::check)),
    (&codes::OUTCOME_IS_ACTIVITY, AtOutcome(outcome_is_activity::check)),
    (&codes::TWO_RESULTS, AtOutcome(two_results::check)),
    (&codes::JOINED_VERBS, AtOutcome(joined_verbs::check)),
    (&codes::NUMBER_OF_OUTCOMES, AtProcess(number_of_outcomes::check)),
    (&codes::LONG_OUTCOME, AtOutcome(long_outcome::check)),
    (&codes::NEGATIVE_OUTCOME, AtOutcome(negative_outcome::check)),
    (&codes::MODAL_IN_OUTCOME, AtOutcome(modal_in_outcome::check)),
    (&codes::INSTRUCTION_IN_OUTCOME, AtOutcome(instruction_in_outcome::check)),
    (&codes::MEANS_IN_OUTCOME, AtOutcome(means_in_outcome::check)),
    (&codes::ABOVE_BASIC_LEVEL, AtOutcome(above_basic_level::check)),
    (&codes::OUTCOME_ELSEWHERE, AtOutcome(outcome_elsewhere::check)),
    (&codes::OUTCOME_REPEATS_PURPOSE, AtOutcome(outcome_repeats_purpose::check)),
    (&codes::REPEATED_OUTCOME, AtPackage(repeated_outcome::check)),
    (&codes::OUTCOME_ORDER, AtProcess(outcome_order::check)),
    (&codes::VAGUE_OUTCOME, AtOutcome(vague_outcome::check)),
    (&codes::UNEVEN_FULL_STOPS, AtProcess(uneven_full_stops::check)),
    (&codes::PRACTICE_NOT_IMPERATIVE, AtPractice(practice_not_imperative::check)),
    (&codes::PRACTICE_COPIES_OUTCOME, AtPractice(practice_copies_outcome::check)),
    (&codes::UNCLEAR_FORCE, AtPractice(unclear_force::check)),
    (&codes::REQUIREMENT_IN_NOTE, AtPackage(requirement_in_note::check)),
    (&codes::SENTENCE_AS_ITEM, AtPackage(sentence_as_item::check)),
    (&codes::UNPRODUCED_ITEM, AtPackage(unproduced_item::check)),
];

/// The codes that the family can give.
pub const CODES: [&Code; LOOKS.len()] = {
    let mut codes = [&codes::TITLE_IS_ID; LOOKS.len()];
    let mut at = 0;
    while at < codes.len() {
        codes[at] = LOOKS[at].0;
        at += 1;
    }
    codes
};

/// A process with its texts cut into words.
struct Described<'s, 'a> {
    context: &'s Context<'a>,
    survey: &'s Survey,
    process: &'a Process,
    /// Its position in the model.
    index: u32,
    /// Whether the package itself declares it, and not a base of its model.
    is_own: bool,
    cutter: &'s Cutter<'a>,
    texts: &'s Texts,
}

/// The texts of a process, in the order of its parts.
#[derive(Default)]
struct Texts {
    title: Option<TextId>,
    purpose: Option<TextId>,
    /// Where the purpose names its goal: behind `is to`.
    opening: Option<purpose_opening::Opening>,
    outcomes: Vec<TextId>,
    practices: Vec<(Option<TextId>, TextId)>,
    /// The first outcome of each wording, by hash; made for the first practice that asks.
    wordings: OnceCell<FxHashMap<u64, usize>>,
}

/// The texts of a practice.
#[derive(Clone, Copy)]
struct PracticeProse<'p> {
    /// Its name, where it has one.
    name: Option<Prose<'p>>,
    /// What is done.
    text: Prose<'p>,
}

impl<'s> Described<'s, '_> {
    fn title(&self) -> Option<Prose<'s>> {
        self.texts.title.map(|id| self.cutter.prose(id))
    }

    fn purpose(&self) -> Option<Prose<'s>> {
        self.texts.purpose.map(|id| self.cutter.prose(id))
    }

    /// The position of the word with which the purpose names its goal.
    fn goal(&self) -> Option<usize> {
        self.texts.opening.as_ref().map(|opening| opening.goal)
    }

    /// The outcomes with their texts, those of bases and broken ones included.
    fn outcomes(&self) -> impl Iterator<Item = (&'s Outcome, Prose<'s>)> + use<'s, '_> {
        self.process.outcomes.iter().zip(&self.texts.outcomes).map(|(outcome, id)| (outcome, self.cutter.prose(*id)))
    }

    /// The title without a `process` at its end.
    fn name(&self) -> &'s str {
        self.title().map_or("", |title| match title.words {
            [_, .., last] if last.is(lexicon::Classes::PROCESS) => title.before(title.words.len() - 1),
            _ => title.text,
        })
    }
}

/// Looks at all that the package says of its processes.
pub fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let mut survey = Survey::new(context);
    let mut cutter = Cutter::default();
    let mut texts = Texts::default();
    for (process, index) in context.package().model.processes.iter().zip(0..) {
        if process.broken {
            continue;
        }
        cut(context, process, &mut cutter, &mut texts);
        survey.note_outcomes(index, process, texts.outcomes.iter().map(|id| cutter.hash(*id)));
        let is_own = context.is_own(process.origin);
        let (cutter, texts) = (&cutter, &texts);
        Described { context, survey: &survey, process, index, is_own, cutter, texts }.check(diagnostics);
    }
    for (_, look) in LOOKS {
        if let AtPackage(look) = look {
            look(context, &survey, diagnostics);
        }
    }
}

/// Cuts the texts of a process.
fn cut<'a>(context: &Context<'a>, process: &Process, cutter: &mut Cutter<'a>, texts: &mut Texts) {
    let sources = context.sources;
    cutter.clear();
    texts.title = Some(cutter.cut(sources, process.title));
    texts.purpose = process.purpose.map(|purpose| cutter.cut(sources, purpose.text));
    texts.opening = texts.purpose.and_then(|purpose| purpose_opening::read(cutter.prose(purpose)));
    texts.outcomes.clear();
    texts.outcomes.extend(process.outcomes.iter().map(|outcome| cutter.cut(sources, outcome.text)));
    texts.practices.clear();
    for practice in &process.practices {
        let name = practice.name.map(|name| cutter.cut(sources, name));
        texts.practices.push((name, cutter.cut(sources, practice.text)));
    }
}

impl Described<'_, '_> {
    fn check(&self, diagnostics: &mut Vec<Diagnostic>) {
        let is_own = |origin| self.context.is_own(origin);
        if self.is_own {
            for (_, look) in LOOKS {
                if let AtProcess(look) = look {
                    look(self, diagnostics);
                }
            }
        }
        if let Some(purpose) = self.purpose().filter(|purpose| !purpose.words.is_empty())
            && self.process.purpose.is_some_and(|purpose| is_own(purpose.origin))
        {
            for (_, look) in LOOKS {
                if let AtPurpose(look) = look {
                    look(self, &purpose, diagnostics);
                }
            }
        }
        for (outcome, prose) in self.outcomes() {
            if outcome.broken || !is_own(outcome.origin) || prose.words.is_empty() {
                continue;
            }
            for (_, look) in LOOKS {
                if let AtOutcome(look) = look {
                    look(self, outcome, &prose, diagnostics);
                }
            }
        }
        for (practice, prose) in self.practices() {
            if practice.broken || !is_own(practice.origin) || prose.text.words.is_empty() {
                continue;
            }
            for (_, look) in LOOKS {
                if let AtPractice(look) = look {
                    look(self, prose, diagnostics);
                }
            }
        }
    }

    fn practices(&self) -> impl Iterator<Item = (&Practice, PracticeProse<'_>)> {
        self.process.practices.iter().zip(&self.texts.practices).map(|(practice, (name, text))| {
            let name = name.map(|name| self.cutter.prose(name));
            (practice, PracticeProse { name, text: self.cutter.prose(*text) })
        })
    }
}
