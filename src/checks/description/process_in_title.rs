//! Finds process titles that end in `process` or `procedure` (PD-T4). A custom of our own: ISO/IEC/IEEE 24774 does not
//! ask for it.

use super::{Check, Described, Look};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::english::Classes;

/// P404.
pub const CHECK: Check = Check { code: &codes::PROCESS_IN_TITLE, run: Look::Process(check) };

/// Looks at the last word of the title.
fn check(described: &Described<'_, '_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(title) = described.title() else { return };
    let [_, .., last] = title.words else { return };
    if last.is(Classes::PROCESS) {
        let at = title.words.len() - 1;
        let (word, rest) = (title.slice(at..at + 1), title.before(at));
        diagnostics.push(
            Diagnostic::new(&codes::PROCESS_IN_TITLE, title.place(at..at + 1), format!("the title ends in `{word}`"))
                .label("not needed here")
                .help(format!("call it `{rest}`; documents add the word where they need it (a custom of our own)")),
        );
    }
}
