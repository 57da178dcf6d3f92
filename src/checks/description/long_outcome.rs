//! Finds outcomes of more than 30 words (PD-O5).

use super::prose::Prose;
use super::{Check, Described, Look};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::model::Outcome;

/// About twenty words are usual; this is where reading gets hard.
const MOST_WORDS: usize = 30;

/// P426.
pub const CHECK: Check = Check { code: &codes::LONG_OUTCOME, run: Look::Outcome(check) };

/// Counts the words of the outcome.
fn check(_: &Described<'_, '_>, _: &Outcome, outcome: &Prose<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if outcome.words.len() <= MOST_WORDS {
        return;
    }
    let count = outcome.count();
    if count > MOST_WORDS {
        diagnostics.push(
            Diagnostic::new(&codes::LONG_OUTCOME, outcome.span, format!("the outcome has {count} words"))
                .label(format!("expected at most {MOST_WORDS}, better 20"))
                .help("state the result alone, and move conditions and explanations to a note"),
        );
    }
}
