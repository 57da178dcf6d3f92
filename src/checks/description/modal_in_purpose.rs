//! Finds requirement words in purposes (PD-P9).

use super::modal_in_outcome::modal;
use super::prose::Prose;
use super::{Check, Described, Look};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::english::Classes;

/// P418.
pub const CHECK: Check = Check { code: &codes::MODAL_IN_PURPOSE, run: Look::Purpose(check) };

/// Looks for `shall` and its like.
fn check(_: &Described<'_, '_>, purpose: &Prose<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !purpose.classes.any(Classes::STRONG_MODAL.and(Classes::WEAK_MODAL)) {
        return;
    }
    let Some(at) = modal(purpose) else { return };
    let word = purpose.slice(at..at + 1);
    diagnostics.push(
        Diagnostic::new(
            &codes::MODAL_IN_PURPOSE,
            purpose.place(at..at + 1),
            format!("the purpose has the requirement word `{word}`"),
        )
        .label("belongs to requirements")
        .help(
            "a purpose tells what is reached, and leaves it to requirements to ask for it: say it in the present tense",
        ),
    );
}
