//! Finds outcomes that name their means (PD-O9).

use super::prose::{Prose, Word, quote};
use super::{Check, Described, Look};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::english::{Classes, key};
use crate::model::Outcome;

/// P430.
pub const CHECK: Check = Check { code: &codes::MEANS_IN_OUTCOME, run: Look::Outcome(check) };

/// Looks for `by doing` and `using` behind the verb.
fn check(_: &Described<'_, '_>, _: &Outcome, outcome: &Prose<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !outcome.classes.any(Classes::MEANS) {
        return;
    }
    let Some(verb) = outcome.verb else { return };
    let Some(at) = (verb + 1..outcome.words.len()).find(|at| is_means(outcome, *at)) else { return };
    diagnostics.push(
        Diagnostic::new(
            &codes::MEANS_IN_OUTCOME,
            outcome.place(at..outcome.words.len()),
            format!("the outcome {} names its means", outcome.quoted()),
        )
        .label("says how, not what")
        .help(format!(
            "end with the result: {}; how it is reached is for practices to say",
            quote(&format!("{}.", outcome.before(at)))
        )),
    );
}

fn is_means(outcome: &Prose<'_>, at: usize) -> bool {
    let is_using =
        outcome.is_word(at, const { key("using") }) && !outcome.is_after(at, Classes::PEOPLE.and(Classes::PREPOSITION));
    is_using || is_by_doing(outcome, at)
}

/// `by storing them`, `by regularly testing it`, but not `by law` or `by training`.
pub fn is_by_doing(prose: &Prose<'_>, at: usize) -> bool {
    if !prose.is_word(at, const { key("by") }) {
        return false;
    }
    let is_adverb = prose.words.get(at + 1).is_some_and(|word| word.ends_with(b"ly"));
    let verb = if is_adverb { at + 2 } else { at + 1 };
    let is_thing = prose.is(verb, Classes::NOUN_IN_ING);
    prose.words.get(verb).is_some_and(Word::is_gerund) && (!is_thing || prose.is(verb + 1, Classes::DETERMINER))
}
