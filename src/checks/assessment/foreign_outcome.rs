//! Finds practices that achieve an outcome of another process.

use rustc_hash::FxHashSet;

use crate::checks::{Check, Context};
use crate::codes::FOREIGN_OUTCOME;
use crate::diagnostic::{Diagnostic, SubjectKind};
use crate::model::Name;

/// P603.
pub const CHECK: Check = Check { code: &FOREIGN_OUTCOME, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for process in context.package().model.processes.iter().filter(|process| !process.practices.is_empty()) {
        let own: FxHashSet<Name> = process.outcomes.iter().map(|outcome| outcome.id).collect();
        for practice in process.practices.iter().filter(|practice| context.is_own(practice.origin)) {
            for target in practice.achieves.iter().filter(|target| !own.contains(&target.id)) {
                let Some(outcome) = context.package().model.outcome(target.id) else { continue };
                let id = context.program.name(practice.id);
                let message = format!(
                    "the practice `{id}` achieves `{}`, an outcome of another process",
                    context.program.name(target.id)
                );
                found.push(
                    Diagnostic::new(&FOREIGN_OUTCOME, target.span, message)
                        .about(SubjectKind::Practice, id)
.label(format!("not an outcome of `{}`", context.program.name(process.id)))
                        .also(outcome.origin.span, "the outcome")
                        .help("a practice achieves outcomes of its own process; move it there, or name an outcome of this one"),
                );
            }
        }
    }
}
