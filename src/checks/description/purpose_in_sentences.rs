//! Finds purposes of more than one sentence (PD-P4).

use super::prose::{Marks, Prose, propose};
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
    let is_second = |word: &super::prose::Word| word.marks.any(Marks::STOP) && !word.marks.any(Marks::ASIDE);
    let Some(second) = purpose.words.iter().position(is_second) else { return };
    diagnostics.push(
        Diagnostic::new(
            &codes::PURPOSE_IN_SENTENCES,
            purpose.place(second..purpose.words.len()),
            "the purpose has more than one sentence",
        )
        .label("a further sentence")
        .help(match purpose.sentence(0..second) {
            Some(first) => format!("keep {}, and move the rest to the context or a note", propose(&first)),
            None => "keep one, and move the rest to the context or a note".to_owned(),
        }),
    );
}
