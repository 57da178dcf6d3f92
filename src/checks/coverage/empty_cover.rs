//! Finds `covers` of a catalog, or a clause, that holds no requirement.

use crate::checks::{Check, Context};
use crate::codes::EMPTY_COVER;
use crate::diagnostic::{Diagnostic, SubjectKind};
use crate::model::{ReqKind, RequirementId};

/// P311.
pub const CHECK: Check = Check { code: &EMPTY_COVER, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(head) = context.package().model.head.as_ref().filter(|_| context.coverage.is_some()) else { return };
    let program = context.program;
    for cover in &head.covers {
        let counts = |id: RequirementId| program.requirement(id).kind != ReqKind::Clause;
        let is_empty = match cover.clause {
            Some(clause) => !program.below(clause).any(counts),
            None => !program.catalog(cover.catalog).requirements().any(counts),
        };
        if !is_empty {
            continue;
        }
        let (what, declared, id) = match cover.clause {
            Some(clause) => ("clause", program.requirement(clause).origin, program.full_id(clause)),
            None => {
                let catalog = program.catalog(cover.catalog);
                ("catalog", catalog.origin, program.name(catalog.id).to_owned())
            }
        };
        found.push(
            Diagnostic::new(
                &EMPTY_COVER,
                cover.origin.span,
                format!("the {what} `{id}` holds no requirement, so that nothing is covered"),
            )
            .about(SubjectKind::Requirement, id)
            .label("asks for nothing")
            .also(declared.span, "declared here")
            .help("name a catalog or a clause that holds requirements, or delete the line"),
        );
    }
}
