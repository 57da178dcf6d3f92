//! Finds purposes of more than 35 words (PD-P8).

use super::prose::Prose;
use super::{Check, Described, Look};
use crate::codes;
use crate::diagnostic::Diagnostic;

/// A limit of our own; ISO/IEC/IEEE 24774 only asks for brevity.
const MOST_WORDS: usize = 35;

/// P417.
pub const CHECK: Check = Check { code: &codes::LONG_PURPOSE, run: Look::Purpose(check) };

/// Counts the words of the purpose.
fn check(_: &Described<'_, '_>, purpose: &Prose<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if purpose.words.len() <= MOST_WORDS {
        return;
    }
    let count = purpose.count();
    if count > MOST_WORDS {
        diagnostics.push(
            Diagnostic::new(&codes::LONG_PURPOSE, purpose.span, format!("the purpose has {count} words"))
                .label(format!("expected at most {MOST_WORDS}"))
                .help("say in one breath what the process is for, and move the rest to the context or a note"),
        );
    }
}
