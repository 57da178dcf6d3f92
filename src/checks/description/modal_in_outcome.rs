//! Finds requirement words in outcomes (PD-O7).

use super::prose::{MODALS, Prose, is_modal, quote};
use super::{Check, Described, Look};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::english::{Classes, key};
use crate::model::Outcome;

/// P428.
pub const CHECK: Check = Check { code: &codes::MODAL_IN_OUTCOME, run: Look::Outcome(check) };

/// Looks for `shall` and its like.
fn check(_: &Described<'_, '_>, _: &Outcome, outcome: &Prose<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !outcome.classes.any(MODALS) {
        return;
    }
    let Some(at) = modal(outcome) else { return };
    let word = outcome.slice(at..at + 1);
    let help = match statement(outcome, at) {
        Some(statement) => format!("state it as a fact: {}", quote(&statement)),
        None => "state it as a fact, in the present tense; what is asked for is said by requirements".to_owned(),
    };
    diagnostics.push(
        Diagnostic::new(
            &codes::MODAL_IN_OUTCOME,
            outcome.place(at..at + 1),
            format!("the outcome has the requirement word `{word}`"),
        )
        .label("expected a statement of fact")
        .help(help),
    );
}

/// The first requirement word. `can`, `may` and `will` behind `who` or `that` only describe something.
pub fn modal(prose: &Prose<'_>) -> Option<usize> {
    (0..prose.words.len()).find(|at| {
        is_modal(prose.words, *at) && (prose.is(*at, Classes::STRONG_MODAL) || !prose.has_subordinate(1..(*at).max(1)))
    })
}

/// `Keys shall be stored` → `Keys are stored`.
fn statement(outcome: &Prose<'_>, at: usize) -> Option<String> {
    let subject = outcome.words.get(at.checked_sub(1)?)?;
    if !outcome.is_word(at + 1, const { key("be") }) {
        return None;
    }
    let is = if subject.is_plural() { "are" } else { "is" };
    Some(format!("{} {is} {}", outcome.before(at), outcome.after(at + 2)))
}
