//! Finds outcomes about managing the process itself, which is above capability level 1 (PD-O10).

use super::prose::{Prose, Word, is_same};
use super::{Check, Described, Look};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::english::{Classes, key};
use crate::model::Outcome;

/// P431.
pub const CHECK: Check = Check { code: &codes::ABOVE_BASIC_LEVEL, run: Look::Outcome(check) };

/// Looks for the process as the subject of a verb such as `monitored`.
fn check(described: &Described<'_, '_>, _: &Outcome, outcome: &Prose<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !outcome.classes.any(Classes::LEVEL) {
        return;
    }
    let Some(verb) = outcome.verb.filter(|verb| outcome.is(*verb, Classes::IS)) else { return };
    let Some(at) = (verb + 1..verb + 4).find(|at| outcome.is(*at, Classes::LEVEL)) else { return };
    if !is_process_itself(described, outcome, verb) {
        return;
    }
    diagnostics.push(
        Diagnostic::new(
            &codes::ABOVE_BASIC_LEVEL,
            outcome.place(0..at + 1),
            format!("the outcome {} is about managing the process itself", outcome.quoted()),
        )
        .label("belongs to capability level 2 or above")
        .help("state a result of doing the work; how the work is managed is the subject of the measurement framework"),
    );
}

/// Whether the subject is the process, its performance or its work products.
fn is_process_itself(described: &Described<'_, '_>, outcome: &Prose<'_>, verb: usize) -> bool {
    let subject = outcome.subject();
    let start = verb - subject.len();
    let is = |at: usize, words: &[&str]| words.iter().any(|word| outcome.is_word(start + at, key(word)));
    let ends_in_process = subject.last().is_some_and(|last| last.key == const { key("process") });
    let named = outcome.slice(start..if ends_in_process { verb - 1 } else { verb });
    match subject.len() {
        0 => false,
        1 if ends_in_process => true,
        2 if ends_in_process && is(0, &["this", "standard", "defined", "whole", "its"]) => true,
        2 if is(0, &["process"]) && is(1, &["performance"]) => true,
        2 if is(0, &["work"]) && is(1, &["products"]) => true,
        _ if (is(0, &["performance"]) && is(1, &["of"]))
            || (is(0, &["work"]) && is(1, &["products"]) && is(2, &["of"])) =>
        {
            ends_in_process
                || subject.last().is_some_and(Word::is_content)
                    && is_same(named_after_of(outcome, start, verb), described.name())
        }
        _ => is_same(named, described.name()),
    }
}

/// What stands behind the last `of` of the subject.
fn named_after_of<'p>(outcome: &Prose<'p>, start: usize, verb: usize) -> &'p str {
    let of = (start..verb).rev().find(|at| outcome.is_word(*at, const { key("of") })).unwrap_or(start);
    let from = if outcome.is_word(of + 1, const { key("the") }) { of + 2 } else { of + 1 };
    outcome.slice(from..verb)
}
