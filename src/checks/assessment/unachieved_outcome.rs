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
        if context.unknown.has(process.id) {
            continue;
        }
        achieved.clear();
        achieved.extend(process.practices.iter().flat_map(|practice| &practice.achieves).map(|target| target.id));
        achieved.sort_unstable();
        let left =
            process.outcomes.iter().filter(|outcome| !outcome.broken && achieved.binary_search(&outcome.id).is_err());
        // Of a base's outcome, the layer that adds a practice to its process is asked.
        let first = process.practices.iter().find(|practice| context.is_own(practice.origin));
        for outcome in left {
            let id = context.program.name(outcome.id);
            let message = format!("no practice achieves the outcome `{id}`");
            let number = context.sources.slice(outcome.number);
            let help =
                format!("add `achieves {number}` to the practice that brings it about, or a practice of its own");
            let diagnostic = if context.is_own(outcome.origin) {
                Diagnostic::new(&UNACHIEVED_OUTCOME, outcome.text, message)
                    .label("without a practice")
                    .also(process.origin.span, "the other practices stand in this process")
            } else if let Some(first) = first {
                Diagnostic::new(&UNACHIEVED_OUTCOME, first.origin.span, message)
                    .label("gives its process practices")
                    .also(outcome.text, "without a practice")
            } else {
                continue;
            };
            found.push(diagnostic.about(SubjectKind::Outcome, id).help(help));
        }
    }
}
