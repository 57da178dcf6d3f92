//! Finds outcomes that tell of effort instead of a result (PD-O2).

use super::lexicon::{Classes, key};
use super::prose::Prose;
use super::{Check, Described, Look};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::model::Outcome;

/// P422.
pub const CHECK: Check = Check { code: &codes::OUTCOME_IS_ACTIVITY, run: Look::Outcome(check) };

/// Looks for words of effort around the verb.
fn check(_: &Described<'_, '_>, _: &Outcome, outcome: &Prose<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !outcome.classes.any(Classes::EFFORT) {
        return;
    }
    let Some(at) = effort(outcome) else { return };
    let word = outcome.slice(at..at + 1);
    diagnostics.push(
        Diagnostic::new(
            &codes::OUTCOME_IS_ACTIVITY,
            outcome.place(at..at + 1),
            format!("the outcome {} tells of work instead of its result", outcome.quoted()),
        )
        .label(format!("`{word}` tells of work"))
        .help("say what is there, what has changed or what holds once the work is done"),
    );
}

/// The word that tells of effort.
fn effort(outcome: &Prose<'_>) -> Option<usize> {
    let verb = outcome.verb?;
    let is = |at: usize, words: &[&str]| words.iter().any(|word| outcome.is_word(at, key(word)));
    // `Keys are being rotated`, `Work on keys is under way`
    if is(verb + 1, &["being", "ongoing", "underway"]) {
        return Some(verb + 1);
    }
    if is(verb, &["strives", "strive", "attempts", "attempt", "tries", "endeavours", "endeavors"]) {
        return Some(verb);
    }
    let before = verb.checked_sub(1)?;
    let words = |verbs: &[&str]| is(verb + 1, verbs);
    (0..=before).find(|at| {
        let begins = *at == 0 || *at == before || outcome.is(*at - 1, Classes::DETERMINER);
        begins
            && ((is(*at, &["effort", "efforts", "attempt", "attempts"])
                && words(&["made", "undertaken", "taken", "directed", "spent", "put"]))
                || (is(*at, &["attention"]) && words(&["paid", "given"]))
                || (is(*at, &["care"]) && words(&["taken"]))
                || (is(*at, &["progress"]) && words(&["made"])))
    })
}
