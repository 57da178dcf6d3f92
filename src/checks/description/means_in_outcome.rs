//! Finds outcomes that name their means (PD-O9).

use super::prose::{Prose, Word, propose};
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
        .help(match outcome.sentence(0..at) {
            Some(result) => {
                format!("end with the result: {}; how it is reached is for practices to say", propose(&result))
            }
            None => "end with the result; how it is reached is for practices to say".to_owned(),
        }),
    );
}

/// Whether a means of the statement itself begins at a position.
fn is_means(outcome: &Prose<'_>, at: usize) -> bool {
    let by_means_of = const { [key("by"), key("means"), key("of")] };
    outcome.is_stated(at) && (is_by_using(outcome, at) || is_by_doing(outcome, at) || outcome.has(at, &by_means_of))
}

/// `using scripts`; but `staff using cars` says who they are, and `using the agreed criteria` what the measure is.
pub fn is_by_using(prose: &Prose<'_>, at: usize) -> bool {
    let is_measure = prose.is(at + 1, Classes::DETERMINER) && !is_article(prose, at + 1)
        || prose.words.get(at + 1).is_some_and(Word::is_participle);
    prose.is_word(at, const { key("using") })
        && !prose.is_after(at, Classes::PEOPLE.and(Classes::PREPOSITION).and(Classes::CONJUNCTION))
        && !is_measure
}

fn is_article(prose: &Prose<'_>, at: usize) -> bool {
    ["a", "an"].iter().any(|word| prose.is_word(at, key(word)))
}

/// What people may be said to be doing who do something else.
const ROLES: [&str; 22] = [
    "participating",
    "consulting",
    "operating",
    "supplying",
    "contracting",
    "managing",
    "certifying",
    "issuing",
    "commissioning",
    "accrediting",
    "competing",
    "acting",
    "leading",
    "visiting",
    "inspecting",
    "approving",
    "requesting",
    "receiving",
    "owning",
    "governing",
    "regulating",
    "assessing",
];

/// `by storing them`, `by regularly testing it`, but not `by law`, `by training` or `by participating organizations`.
pub fn is_by_doing(prose: &Prose<'_>, at: usize) -> bool {
    if !prose.is_word(at, const { key("by") }) {
        return false;
    }
    let is_adverb = prose.words.get(at + 1).is_some_and(Word::is_adverb);
    let verb = if is_adverb { at + 2 } else { at + 1 };
    let has_object = prose.is(verb + 1, Classes::DETERMINER.and(Classes::PRONOUN));
    // Without something to do it to, it is a thing too: `preceded by cooling`, `followed by sealing of the bags`.
    let ends = Classes::PREPOSITION.and(Classes::CONJUNCTION);
    let is_alone =
        prose.words.get(verb + 1).is_none_or(|next| next.is(ends) || next.marks.any(super::prose::Marks::COMMA));
    let is_thing = (prose.is(verb, Classes::NOUN_IN_ING) || is_alone) && !is_adverb && !has_object;
    // `consulting engineers` are people, and `outages caused by failing hardware` are no deed of anybody.
    let is_role = ROLES.iter().any(|role| prose.is_word(verb, key(role)));
    let is_agent = is_role && prose.words.get(verb + 1).is_some_and(|next| next.is(Classes::PEOPLE) || next.is_agent());
    let is_described = !has_object && is_behind_description(prose, at);
    let is_gerund = |word: &Word| word.is_gerund() || word.is(Classes::NOUN_IN_ING) && word.ends_with(b"ing");
    prose.words.get(verb).is_some_and(is_gerund) && !is_thing && !is_agent && !is_described
}

/// Whether the participle before a position belongs to a noun and not to the verb: `are protected against losses caused`.
fn is_behind_description(prose: &Prose<'_>, at: usize) -> bool {
    let is_participle = |at: usize| prose.words.get(at).is_some_and(Word::is_participle);
    let Some(participle) = at.checked_sub(1).filter(|before| is_participle(*before)) else { return false };
    let verb = prose.verb.unwrap_or(0);
    let is_group = |at: usize| {
        is_participle(at)
            || prose.is(at, Classes::CONJUNCTION.and(Classes::BE))
            || prose.words.get(at).is_some_and(Word::is_adverb)
    };
    participle > verb && !(verb + 1..participle).all(is_group)
}
