//! Finds assessments that do not say which processes they look at.

use super::own_assessments;
use crate::checks::{Check, Context};
use crate::codes::MISSING_TARGET;
use crate::diagnostic::Diagnostic;

/// P803.
pub const CHECK: Check = Check { code: &MISSING_TARGET, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let first = context.program.root().and_then(|package| package.model.processes.first());
    let example = first.map_or("PROCESS", |process| context.program.name(process.id));
    for (_, assessment) in own_assessments(context).filter(|(_, row)| row.is_whole && row.aims.is_empty()) {
        let id = context.program.name(assessment.id);
        found.push(
            Diagnostic::new(
                &MISSING_TARGET,
                assessment.origin.span,
                format!("the assessment `{id}` does not say what it looks at"),
            )
            .label("without a target")
            .help(format!(
                "name the processes or groups, and the highest level that is looked at, as in `target {example} level 2`"
            )),
        );
    }
}
