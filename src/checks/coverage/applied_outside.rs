//! Finds `apply` of controls that no covered catalog holds.

use rustc_hash::FxHashSet;

use super::named;
use crate::checks::{Check, Context};
use crate::codes::APPLIED_OUTSIDE;
use crate::diagnostic::{Diagnostic, SubjectKind};
use crate::model::RequirementId;

/// P314.
pub const CHECK: Check = Check { code: &APPLIED_OUTSIDE, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(coverage) = context.coverage else { return };
    let applications = context.package().model.head.iter().flat_map(|head| &head.applications);
    let mut applications = applications.peekable();
    if applications.peek().is_none() {
        return;
    }
    let asked: FxHashSet<RequirementId> =
        coverage.catalogs.iter().flat_map(|catalog| catalog.requirements.iter().copied()).collect();
    for row in applications {
        let mut named_rows = std::iter::once(row.requirement).chain(context.program.below(row.requirement));
        if named_rows.any(|id| asked.contains(&id)) {
            continue;
        }
        let catalog = context.program.catalog(context.program.requirement(row.requirement).catalog);
        let name = context.program.name(catalog.id);
        found.push(
            Diagnostic::new(
                &APPLIED_OUTSIDE,
                row.span,
                format!("{} of `{name}` is in nothing that the model covers", named(context, row.requirement)),
            )
            .about(SubjectKind::Requirement, context.program.full_id(row.requirement))
            .label("applies to nothing")
            .help(format!("cover the catalog, `covers {name}`, or take it out of the list")),
        );
    }
}
