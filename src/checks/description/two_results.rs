//! Finds outcomes with two results (PD-O3).

use super::prose::{Marks, Prose, capitalized, quote};
use super::{Check, Described, Look};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::english::{Classes, key};
use crate::model::Outcome;

/// P423.
pub const CHECK: Check = Check { code: &codes::TWO_RESULTS, run: Look::Outcome(check) };

/// Looks for a second clause.
fn check(_: &Described<'_, '_>, _: &Outcome, outcome: &Prose<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some((at, kind)) = second(outcome) else { return };
    let (message, label, help) = match kind {
        Kind::Clause => {
            // The joining word itself belongs to neither half.
            let from = if outcome.is(at, Classes::CONJUNCTION) || is_joiner(outcome, at) { at + 1 } else { at };
            let halves = [quote(&format!("{}.", outcome.before(at))), quote(&capitalized(outcome.after(from)))];
            (
                "states two results",
                "the second begins here",
                format!("make two outcomes of it: {}", halves.join(" and ")),
            )
        }
        Kind::Alternative => (
            "leaves open which result it means",
            "`and` or `or`?",
            "say which of them holds, or make two outcomes of it".to_owned(),
        ),
    };
    diagnostics.push(
        Diagnostic::new(
            &codes::TWO_RESULTS,
            outcome.place(at..(at + 3).min(outcome.words.len())),
            format!("the outcome {} {message}", outcome.quoted()),
        )
        .label(label)
        .help(help),
    );
}

/// In which way there are two.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A second clause with its own verb.
    Clause,
    /// `and/or`.
    Alternative,
}

/// Where a second result begins.
pub fn second(outcome: &Prose<'_>) -> Option<(usize, Kind)> {
    if outcome.marks.any(Marks::SEMICOLON.union(Marks::STOP)) {
        let breaks =
            |at: &usize| outcome.words.get(*at).is_some_and(|word| word.marks.any(Marks::SEMICOLON.union(Marks::STOP)));
        return (1..outcome.words.len()).find(breaks).map(|at| (at, Kind::Clause));
    }
    if !outcome.classes.any(Classes::CONJUNCTION) && !outcome.marks.any(Marks::COMMA) {
        return None;
    }
    let verb = outcome.verb?;
    let either = const { [key("and"), key("or")] };
    let is_either = |at: &usize| outcome.has(*at, &either) && outcome.is_joined(*at);
    if let Some(at) = (0..outcome.words.len()).find(is_either) {
        return Some((at, Kind::Alternative));
    }
    let joiner = (verb + 1..outcome.words.len()).find(|at| {
        is_joiner(outcome, *at) && !outcome.has_subordinate(verb + 1..*at) && has_own_subject(outcome, at + 1)
    })?;
    Some((joiner, Kind::Clause))
}

/// Whether a word may join two clauses; `while` may, where it means `but`.
fn is_joiner(outcome: &Prose<'_>, at: usize) -> bool {
    let [and, but, whereas, r#while] = const { [key("and"), key("but"), key("whereas"), key("while")] };
    outcome.words.get(at).is_some_and(|word| {
        [and, but, whereas].contains(&word.key) || (word.key == r#while && word.marks.any(Marks::COMMA))
    })
}

/// Whether a subject and its own verb begin at a position.
fn has_own_subject(outcome: &Prose<'_>, from: usize) -> bool {
    let verbs = Classes::IS.and(Classes::HAVE);
    let Some(verb) = (from..outcome.words.len()).find(|at| {
        let is_clear_verb = outcome.is(*at, Classes::THIRD) && outcome.is(*at, Classes::PURE) && *at > from;
        outcome.is(*at, verbs) || is_clear_verb
    }) else {
        return false;
    };
    // `and are kept` has no subject of its own; `and staff who are …` no verb.
    verb > from && !outcome.has_subordinate(from..verb) && !outcome.is_after(verb, Classes::PREPOSITION)
}
