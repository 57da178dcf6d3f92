//! Finds titles that only repeat the id (PD-T1).

use super::prose::is_same;
use super::{Check, Described, Look};
use crate::codes;
use crate::diagnostic::Diagnostic;

/// P401.
pub const CHECK: Check = Check { code: &codes::TITLE_IS_ID, run: Look::Process(check) };

/// Compares the title with the id.
fn check(described: &Described<'_, '_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(title) = described.title() else { return };
    let id = described.context.program.name(described.process.id);
    if is_same(title.text, id) {
        diagnostics.push(
            Diagnostic::new(&codes::TITLE_IS_ID, title.span, format!("the title of `{id}` only repeats the id"))
                .label("expected a name for people")
                .help("name in a few words what the process deals with, as in `Key management`"),
        );
    }
}
