//! Finds requirements that hang on one outcome alone. Off by default: in most models nearly all do.

use super::{Asked, named};
use crate::checks::{Check, Context};
use crate::codes::SOLE_OUTCOME;
use crate::diagnostic::{Diagnostic, SubjectKind};

/// P306.
pub const CHECK: Check = Check { code: &SOLE_OUTCOME, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(coverage) = context.coverage else { return };
    let asked = Asked::new(context);
    for (id, outcome) in coverage.sole_outcomes(context.program) {
        let Some(asking) = asked.at(context.program, id) else { continue };
        let name = context.program.name(outcome);
        let mut diagnostic = asking
            .diagnostic(&SOLE_OUTCOME, format!("{} hangs on the outcome `{name}` alone", named(context, id)))
            .about(SubjectKind::Requirement, context.program.full_id(id))
            .help("no harm in itself; but who changes that outcome changes the coverage");
        if let Some(outcome) = context.package().model.outcome(outcome) {
            diagnostic = diagnostic.also(outcome.origin.span, "the outcome");
        }
        found.push(diagnostic);
    }
}
