//! Finds outcomes that say what is not (PD-O6).

use super::prose::{Prose, Word, is_modal};
use super::{Check, Described, Look};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::english::{self, Classes, Key, key, keys};
use crate::model::Outcome;

/// P427.
pub const CHECK: Check = Check { code: &codes::NEGATIVE_OUTCOME, run: Look::Outcome(check) };

/// Looks for a negation of the main statement.
fn check(_: &Described<'_, '_>, _: &Outcome, outcome: &Prose<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !outcome.classes.any(Classes::NEGATION) {
        return;
    }
    let Some(at) = negation(outcome) else { return };
    diagnostics.push(
        Diagnostic::new(
            &codes::NEGATIVE_OUTCOME,
            outcome.place(at..at + 1),
            format!("the outcome {} says what is not so", outcome.quoted()),
        )
        .label("expected what is so")
        .help("say what can be seen when it holds, as in `Access is limited to holders of a permit.`"),
    );
}

/// The negation of the statement itself; one in a clause that depends on it only describes something.
fn negation(outcome: &Prose<'_>) -> Option<usize> {
    let verb = outcome.verb?;
    // Modal verbs and the past have checks of their own.
    if is_modal(outcome.words, verb) || outcome.is(verb, Classes::WAS) {
        return None;
    }
    let is = |at: usize, words: &[Key]| outcome.is_one(at, words);
    let start = outcome.subject_start();
    // `No more than two …`, `Not only …` and `Without delay, …` deny nothing.
    if outcome.is(start, Classes::NEGATION)
        && !is(start, const { &keys(["not", "without", "never"]) })
        && !is_measure(outcome, start + 1)
    {
        return (!is_condition(outcome, verb)).then_some(start);
    }
    // `Nonconforming products do not …`: two negations say what is so.
    if (start..verb).any(|at| denies_quality(outcome, at)) {
        return None;
    }
    if outcome.is(verb, Classes::NEGATION) {
        return Some(verb);
    }
    // `are never`, `is still not`, `has no`, but not `is limited to no more than`.
    let at = (verb + 1..outcome.words.len()).find(|at| !outcome.words.get(*at).is_some_and(is_between))?;
    let denies = outcome.is(at, Classes::NEGATION) && outcome.is_stated(at) && !is_measure(outcome, at + 1);
    let is_verb_of_state = outcome.is(verb, Classes::IS.and(Classes::HAVE));
    (denies
        && (!is(at, const { &keys(["without"]) }) || outcome.is(verb, Classes::IS))
        && (is_verb_of_state || is(at, const { &keys(["no", "not"]) })))
    .then_some(at)
}

/// `No release is deployed without approval`: two negations say what each has.
fn is_condition(outcome: &Prose<'_>, verb: usize) -> bool {
    (verb + 1..outcome.words.len()).any(|at| outcome.is_word(at, const { key("without") }) && outcome.is_stated(at))
}

/// Whether a word says what something is not: `nonconforming`, `non-conforming`, `unapproved`.
fn denies_quality(outcome: &Prose<'_>, at: usize) -> bool {
    let word = outcome.slice(at..at + 1).to_lowercase();
    let is_participle = |rest: &str| english::classes(key(rest)).any(Classes::PARTICIPLE);
    word == "non" && outcome.is_joined(at)
        || word.strip_prefix("non").is_some_and(|rest| rest.len() > 4)
        || word.strip_prefix("un").is_some_and(is_participle)
}

/// An adverb other than a negation, or an aside.
fn is_between(word: &Word) -> bool {
    word.marks.any(super::prose::Marks::ASIDE) || word.is_adverb() && !word.is(Classes::NEGATION)
}

/// Whether what is denied is only a measure: `not only`, `no more than`, `not longer than`.
fn is_measure(outcome: &Prose<'_>, at: usize) -> bool {
    let is = |at: usize, words: &[Key]| outcome.is_one(at, words);
    is(at, const { &keys(["only", "just", "merely", "more", "less", "later", "earlier", "fewer", "least", "but"]) })
        || is(at, const { &keys(["limited"]) }) && is(at + 1, const { &keys(["to"]) })
        || outcome.words.get(at).is_some_and(|word| word.ends_with(b"er")) && is(at + 1, const { &keys(["than"]) })
}
