//! Finds purposes whose goal is an empty verb (PD-P10).

use super::prose::Prose;
use super::{Check, Described, Look};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::english::{Classes, key};

/// P419.
pub const CHECK: Check = Check { code: &codes::EMPTY_GOAL, run: Look::Purpose(check) };

/// Looks at the verb behind `is to`.
fn check(described: &Described<'_, '_>, purpose: &Prose<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(goal) = described.goal() else { return };
    let ensures_process = purpose.is_word(goal, const { key("ensure") })
        && (goal + 1..goal + 4).any(|at| purpose.is(at, Classes::PROCESS));
    if !purpose.is(goal, Classes::EMPTY) && !ensures_process {
        return;
    }
    let verb = purpose.slice(goal..goal + 1);
    diagnostics.push(
        Diagnostic::new(&codes::EMPTY_GOAL, purpose.place(goal..goal + 1), format!("to `{verb}` something is no goal"))
            .label("says that something is done, not what for")
            .help("say what is better once it is done, as in `… is to keep keys usable`"),
    );
}
