//! Finds outcomes with a vague measure (PD-O15).

use super::prose::Prose;
use super::{Check, Described, Look};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::english::{Classes, key};
use crate::model::Outcome;

/// P436.
pub const CHECK: Check = Check { code: &codes::VAGUE_OUTCOME, run: Look::Outcome(check) };

/// Looks for words such as `appropriate`, and for `as needed`.
fn check(_: &Described<'_, '_>, _: &Outcome, outcome: &Prose<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !outcome.classes.any(Classes::VAGUE.and(Classes::VAGUE_CLAUSE)) {
        return;
    }
    let Some(at) = (0..outcome.words.len()).find(|at| is_vague(outcome, *at)) else { return };
    let word = outcome.slice(at..at + 1);
    diagnostics.push(
        Diagnostic::new(
            &codes::VAGUE_OUTCOME,
            outcome.place(at..at + 1),
            format!("the outcome {} leaves its measure open", outcome.quoted()),
        )
        .label(format!("who says what is `{word}`?"))
        .help("name the measure, as in `Keys are rotated each year.`, or leave the word out"),
    );
}

fn is_vague(outcome: &Prose<'_>, at: usize) -> bool {
    let is_clause =
        ["as", "where", "if", "when", "whenever"].iter().any(|word| at > 0 && outcome.is_word(at - 1, key(word)));
    outcome.is(at, Classes::VAGUE) || (outcome.is(at, Classes::VAGUE_CLAUSE) && is_clause)
}
