//! Finds outcomes that say what is not (PD-O6).

use super::prose::{Prose, is_modal};
use super::{Check, Described, Look};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::english::{Classes, key};
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

/// The negation of the main statement; one in a subordinate clause only describes something.
fn negation(outcome: &Prose<'_>) -> Option<usize> {
    let verb = outcome.verb?;
    // Modal verbs have a check of their own.
    if is_modal(outcome.words, verb) {
        return None;
    }
    let is = |at: usize, words: &[&str]| words.iter().any(|word| outcome.is_word(at, key(word)));
    // `No more than two …` only measures.
    if outcome.is(0, Classes::NEGATION) && !is(0, &["not", "without"]) && !is(1, &["more", "less", "fewer", "later"]) {
        return Some(0);
    }
    if outcome.is(verb, Classes::NEGATION) {
        return Some(verb);
    }
    // `are never`, `is still not`, `has no`, but not `is limited to no more than`.
    (verb + 1..verb + 3).find(|at| {
        let is_near = *at == verb + 1 || outcome.is(verb + 1, Classes::FUNCTION) || is(*at, &["never"]);
        let is_measure =
            is(at + 1, &["only", "more", "less", "later", "earlier", "fewer", "least"]) && !is(*at, &["never"]);
        is_near
            && outcome.is(*at, Classes::NEGATION)
            && !is_measure
            && !(*at > verb + 1 && outcome.is_after(*at, Classes::PREPOSITION))
    })
}
