//! Finds purposes that say how instead of why (PD-P6).

use super::means_in_outcome::{is_by_doing, is_by_using};
use super::prose::{Prose, Word, propose};
use super::{Check, Described, Look};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::english::{Classes, key};

/// P415.
pub const CHECK: Check = Check { code: &codes::MEANS_IN_PURPOSE, run: Look::Purpose(check) };

/// Looks for `by doing`, `using`, `through` and `via`.
fn check(_: &Described<'_, '_>, purpose: &Prose<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !purpose.classes.any(Classes::MEANS) {
        return;
    }
    let Some(means) = (1..purpose.words.len()).find(|at| is_means(purpose, *at)) else { return };
    diagnostics.push(
        Diagnostic::new(
            &codes::MEANS_IN_PURPOSE,
            purpose.place(means..purpose.words.len()),
            "the purpose says how its goal is reached",
        )
        .label("a means")
        .help(match purpose.sentence(0..means) {
            Some(goal) => format!("end with the goal: {}; the means belong to practices", propose(&goal)),
            None => "end with the goal; the means belong to practices".to_owned(),
        }),
    );
}

fn is_means(purpose: &Prose<'_>, at: usize) -> bool {
    // In a clause or behind a participle it describes a noun: `information reached via public networks`.
    let is_described = purpose.words.get(at - 1).is_some_and(Word::is_participle);
    if !purpose.is(at, Classes::MEANS) || !purpose.is_stated(at) {
        return false;
    }
    let is = |word: &str| purpose.is_word(at, key(word));
    match () {
        () if is("by") => is_by_doing(purpose, at),
        () if is("using") => is_by_using(purpose, at),
        () if is("through") => !is_described && !is_passage(purpose, at),
        () => !is_described,
    }
}

/// `through their whole life` says when, and `pass through` where.
fn is_passage(purpose: &Prose<'_>, at: usize) -> bool {
    const TIMES: [&str; 14] = [
        "life",
        "lifetime",
        "lifecycle",
        "year",
        "day",
        "night",
        "time",
        "stage",
        "stages",
        "phase",
        "phases",
        "change",
        "disruption",
        "failures",
    ];
    let is_time = (at + 1..at + 5).any(|next| TIMES.iter().any(|time| purpose.is_word(next, key(time))));
    let verbs = Classes::BASE.and(Classes::THIRD).and(Classes::GERUND);
    is_time || (purpose.is_after(at, verbs) && !purpose.is_after(at, Classes::PURE))
}
