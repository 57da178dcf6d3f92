//! Finds a model of several processes that says nothing of how they relate (ISO/IEC 33004, 5.3.1).

use crate::checks::{Check, Context};
use crate::codes::MISSING_ARCHITECTURE;
use crate::diagnostic::{Diagnostic, SubjectKind};

/// P505.
pub const CHECK: Check = Check { code: &MISSING_ARCHITECTURE, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let model = &context.package().model;
    let Some(head) = model.head.as_ref() else { return };
    let is_told = !model.groups.is_empty() || model.processes.iter().any(|process| !process.relations.is_empty());
    if model.processes.len() >= 2 && !is_told {
        found.push(
            Diagnostic::new(&MISSING_ARCHITECTURE, head.origin.span, "the model does not say how its processes relate")
                .about(SubjectKind::Model, context.program.name(head.id))
                .label("neither groups nor relations")
                .help("put the processes into groups, or say which `supports`, `informs` or `follows` which"),
        );
    }
}
