//! Finds process titles of more than six words (PD-T3).

use super::{Check, Described, Look};
use crate::codes;
use crate::diagnostic::Diagnostic;

/// The longest title of ISO/IEC TS 33052 has five words.
const MOST_WORDS: usize = 6;

/// P403.
pub const CHECK: Check = Check { code: &codes::LONG_TITLE, run: Look::Process(check) };

/// Counts the words of the title.
fn check(described: &Described<'_, '_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(title) = described.title() else { return };
    let count = title.count();
    if count > MOST_WORDS {
        diagnostics.push(
            Diagnostic::new(&codes::LONG_TITLE, title.span, format!("the title {} has {count} words", title.quoted()))
                .label(format!("expected at most {MOST_WORDS} words"))
                .help("keep the words that tell this process from the others; the purpose can say the rest"),
        );
    }
}
