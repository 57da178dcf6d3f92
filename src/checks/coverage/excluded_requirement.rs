//! Finds exclusions of what cannot be excluded: only controls can, and what stands in a tailorable catalog.

use rustc_hash::FxHashSet;

use super::named;
use crate::checks::{Check, Context};
use crate::codes::EXCLUDED_REQUIREMENT;
use crate::diagnostic::{Diagnostic, SubjectKind};
use crate::model::{Exclusion, ReqKind, RequirementId};

/// P305: for an excluded clause, one for each requirement below it that is no part of a control.
pub const CHECK: Check = Check { code: &EXCLUDED_REQUIREMENT, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(head) = context.package().model.head.as_ref().filter(|_| context.coverage.is_some()) else { return };
    let mut clauses = FxHashSet::default();
    for exclusion in &head.exclusions {
        let row = context.program.requirement(exclusion.requirement);
        if context.program.catalog(row.catalog).tailorable {
            continue;
        }
        match row.kind {
            ReqKind::Control => {}
            ReqKind::Requirement => found.push(diagnostic(context, exclusion, exclusion.requirement)),
            // A clause that is excluded again holds what it held.
            ReqKind::Clause if !clauses.insert(exclusion.requirement) => {}
            ReqKind::Clause => {
                let below = context.program.below(exclusion.requirement);
                let fixed = below.filter(|id| {
                    context.program.requirement(*id).kind == ReqKind::Requirement
                        && !context.program.is_part_of_control(*id)
                });
                found.extend(fixed.map(|id| diagnostic(context, exclusion, id)));
            }
        }
    }
}

fn diagnostic(context: &Context<'_>, exclusion: &Exclusion, id: RequirementId) -> Diagnostic {
    let row = context.program.requirement(id);
    Diagnostic::new(
        &EXCLUDED_REQUIREMENT,
        exclusion.span,
        format!("{} is a requirement, and cannot be excluded", named(context, id)),
    )
    .about(SubjectKind::Requirement, context.program.full_id(id))
    .label(if id == exclusion.requirement { "a requirement" } else { "a clause that holds it" })
    .also(row.origin.span, "declared here")
    .help("meet it with an outcome; only controls may be left out, each with its reason")
}
