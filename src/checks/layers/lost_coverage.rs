//! Finds requirements that are no longer covered because a layer replaced or left out an outcome.

use rustc_hash::FxHashSet;

use crate::checks::Context;
use crate::codes::LOST_COVERAGE;
use crate::coverage::Status;
use crate::diagnostic::Diagnostic;

/// P702.
pub fn lost_coverage(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(coverage) = context.coverage else { return };
    let counted: FxHashSet<_> =
        coverage.catalogs.iter().flat_map(|catalog| catalog.requirements.iter().copied()).collect();
    for lost in &context.package().model.lost {
        let reached = std::iter::once(lost.requirement).chain(context.program.below(lost.requirement));
        let open = |id: &_| counted.contains(id) && matches!(coverage.status(*id), Status::Partial | Status::Uncovered);
        let Some(requirement) = reached.into_iter().find(open) else { continue };
        let row = context.program.requirement(requirement);
        let id = context.program.name(row.id);
        let status = coverage.status(requirement).word();
        found.push(
            Diagnostic::new(
                &LOST_COVERAGE,
                lost.by,
                format!("`{id}` “{}” loses its outcome, and is {status} now", context.sources.text(row.title)),
            )
            .label(format!("this takes `{}` away from it", context.program.name(lost.outcome)))
            .also(lost.link, "the link that is lost")
            .help(format!("state the link again, `satisfies {id}`, or let another outcome take it over")),
        );
    }
}
