//! Finds joint sets that name the outcome which states them.

use crate::checks::{Check, Context};
use crate::codes::SET_WITH_ITSELF;
use crate::diagnostic::{Diagnostic, SubjectKind};

/// P310: such a set is incomplete if nobody else is left.
pub const CHECK: Check = Check { code: &SET_WITH_ITSELF, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    if context.coverage.is_none() {
        return;
    }
    for outcome in context.package().model.processes.iter().flat_map(|process| &process.outcomes) {
        let id = context.program.name(outcome.id);
        for place in &outcome.with_itself {
            found.push(
                Diagnostic::new(&SET_WITH_ITSELF, *place, format!("`{id}` is said to work together with itself"))
                    .about(SubjectKind::Outcome, id)
                    .label("the outcome itself")
                    .help("name the other outcomes that it takes, or say `satisfies` or `partly satisfies` alone"),
            );
        }
    }
}
