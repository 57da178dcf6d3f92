//! Finds outcomes that join verbs of one subject (PD-O3b).

use super::prose::Prose;
use super::two_results::second;
use super::{Check, Described, Look};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::english::{Classes, key};
use crate::model::Outcome;

/// P424.
pub const CHECK: Check = Check { code: &codes::JOINED_VERBS, run: Look::Outcome(check) };

/// Looks for a joining word between two verbs.
fn check(_: &Described<'_, '_>, _: &Outcome, outcome: &Prose<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !outcome.classes.any(Classes::CONJUNCTION) {
        return;
    }
    let Some(verb) = outcome.verb else { return };
    let Some(at) = (verb + 1..outcome.words.len()).find(|at| joins_verbs(outcome, verb, *at)) else { return };
    if second(outcome).is_some() {
        return;
    }
    diagnostics.push(
        Diagnostic::new(
            &codes::JOINED_VERBS,
            outcome.place(verb..(at + 2).min(outcome.words.len())),
            format!("the outcome {} joins several verbs", outcome.quoted()),
        )
        .label("several things are said of one subject")
        .help("name the last of the steps, if it implies the others, or make an outcome of each"),
    );
}

fn joins_verbs(outcome: &Prose<'_>, verb: usize, at: usize) -> bool {
    if !outcome.is(at, Classes::CONJUNCTION) {
        return false;
    }
    let is_participle = |at: usize| outcome.words.get(at).is_some_and(super::prose::Word::is_participle);
    let is_adverb = |at: usize| outcome.words.get(at).is_some_and(|word| word.ends_with(b"ly"));
    let next = if is_adverb(at + 1) { at + 2 } else { at + 1 };
    // `kept up and renewed`, but not `restored and known`, where `known` is followed by a noun.
    let before =
        is_participle(at - 1) || (at > verb + 1 && is_participle(at - 2) && outcome.is(at - 1, Classes::FUNCTION));
    let is_last = |at: usize| outcome.words.get(at + 1).is_none_or(|after| after.is(Classes::FUNCTION));
    (before && is_participle(next) && is_last(next))
        || outcome.is(next, Classes::IS)
        || (outcome.is(next, Classes::HAVE) && !outcome.is_word(next, const { key("do") }))
}
