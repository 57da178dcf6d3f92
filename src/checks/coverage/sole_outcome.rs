//! Finds requirements that hang on one outcome alone. Off by default: in most models nearly all do.

use super::{Asked, named};
use crate::checks::{Check, Context};
use crate::codes::SOLE_OUTCOME;
use crate::diagnostic::Diagnostic;

/// P306.
pub const CHECK: Check = Check { code: &SOLE_OUTCOME, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(coverage) = context.coverage else { return };
    let asked = Asked::new(context);
    for (id, outcome) in coverage.sole_outcomes(context.program) {
        let name = context.program.name(outcome);
        let message = format!("{} hangs on the outcome `{name}` alone", named(context, id));
        let Some(diagnostic) = asked.finding(context, &SOLE_OUTCOME, id, message) else { continue };
        let mut diagnostic = diagnostic.help("no harm in itself; but who changes that outcome changes the coverage");
        if let Some(outcome) = context.package().model.outcome(outcome) {
            diagnostic = diagnostic.also(outcome.origin.span, "the outcome");
        }
        found.push(diagnostic);
    }
}
