//! Finds practices that achieve nothing.

use crate::checks::{Check, Context};
use crate::codes::IDLE_PRACTICE;
use crate::diagnostic::{Diagnostic, SubjectKind};

/// P602.
pub const CHECK: Check = Check { code: &IDLE_PRACTICE, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let practices = context.package().model.processes.iter().flat_map(|process| &process.practices);
    for practice in
        practices.filter(|practice| practice.achieves.is_empty() && !practice.broken && context.is_own(practice.origin))
    {
        found.push(
            Diagnostic::new(
                &IDLE_PRACTICE,
                practice.text,
                format!("the practice `{}` achieves no outcome", context.program.name(practice.id)),
            )
            .about(SubjectKind::Practice, context.program.name(practice.id))
            .label("achieves nothing")
            .help("say what it is good for: `achieves 1`, or delete it"),
        );
    }
}
