//! Finds outcomes that no practice achieves, in processes that have practices.

use crate::checks::{Check, Context};
use crate::codes::UNACHIEVED_OUTCOME;
use crate::diagnostic::{Diagnostic, SubjectKind};
use crate::model::Name;

/// P601.
pub const CHECK: Check = Check { code: &UNACHIEVED_OUTCOME, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let processes = context.package().model.processes.iter().filter(|process| !process.practices.is_empty());
    let mut achieved: Vec<Name> = Vec::new();
    for process in processes {
        if process.practices.iter().any(|practice| practice.broken) {
            continue;
        }
        achieved.clear();
        achieved.extend(process.practices.iter().flat_map(|practice| &practice.achieves).map(|target| target.id));
        achieved.sort_unstable();
        let own = process.outcomes.iter().filter(|outcome| context.is_own(outcome.origin) && !outcome.broken);
        for outcome in own.filter(|outcome| achieved.binary_search(&outcome.id).is_err()) {
            let number = context.sources.slice(outcome.number);
            found.push(
                Diagnostic::new(
                    &UNACHIEVED_OUTCOME,
                    outcome.text,
                    format!("no practice achieves the outcome `{}`", context.program.name(outcome.id)),
                )
                .about(SubjectKind::Outcome, context.program.name(outcome.id))
                .label("without a practice")
                .also(process.origin.span, "the other practices stand in this process")
                .help(format!(
                    "add `achieves {number}` to the practice that brings it about, or a practice of its own"
                )),
            );
        }
    }
}
