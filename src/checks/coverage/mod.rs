//! P3xx: coverage. Judged for the package asked for, over all that its model holds, its bases included.

mod coarse_link;
mod empty_statement;
mod excluded_requirement;
mod partial_requirement;
mod sole_outcome;
mod uncovered_requirement;
mod unlinked_outcome;

pub use coarse_link::coarse_link;
pub use empty_statement::empty_statement;
pub use excluded_requirement::excluded_requirement;
pub use partial_requirement::{hold_to_statement, partial_requirement};
pub use sole_outcome::sole_outcome;
pub use uncovered_requirement::uncovered_requirement;
pub use unlinked_outcome::unlinked_outcome;

use super::Context;
use crate::coverage::CatalogCoverage;
use crate::model::RequirementId;
use crate::span::Span;

/// The `covers` statement that asks for a requirement.
fn asked_at(context: &Context<'_>, catalog: &CatalogCoverage, requirement: RequirementId) -> Option<Span> {
    let head = context.package().model.head.as_ref()?;
    let asks = |clause: Option<RequirementId>| {
        clause
            .is_none_or(|clause| requirement > clause && requirement < context.program.requirement(clause).subtree_end)
    };
    let cover = head.covers.iter().find(|cover| cover.catalog == catalog.catalog && asks(cover.clause));
    cover.map(|cover| cover.origin.span)
}

/// A requirement as messages name it: `7.4.a`, “Subject of communication”.
fn named(context: &Context<'_>, requirement: RequirementId) -> String {
    let row = context.program.requirement(requirement);
    format!("`{}` “{}”", context.program.name(row.id), context.sources.text(row.title))
}
