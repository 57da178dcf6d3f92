//! Finds purposes of more than one sentence (PD-P4).

use super::prose::{Marks, Prose, quote};
use super::{Check, Described, Look};
use crate::codes;
use crate::diagnostic::Diagnostic;

/// P413.
pub const CHECK: Check = Check { code: &codes::PURPOSE_IN_SENTENCES, run: Look::Purpose(check) };

/// Looks for the end of a sentence inside the purpose.
fn check(_: &Described<'_, '_>, purpose: &Prose<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !purpose.marks.any(Marks::STOP) {
        return;
    }
    let Some(second) = purpose.words.iter().position(|word| word.marks.any(Marks::STOP)) else { return };
    diagnostics.push(
        Diagnostic::new(
            &codes::PURPOSE_IN_SENTENCES,
            purpose.place(second..purpose.words.len()),
            "the purpose has more than one sentence",
        )
        .label("a further sentence")
        .help(format!("keep {}, and move the rest to the context or a note", quote(purpose.before(second)))),
    );
}
