//! P3xx: coverage. Judged for the package asked for, over all that its model holds, its bases included.

mod empty_statement;

pub use empty_statement::empty_statement;
pub use partial_requirement::hold_to_statement;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Check, Context};
use crate::coverage::CatalogCoverage;
use crate::model::RequirementId;
use crate::span::Span;

include!(concat!(env!("OUT_DIR"), "/coverage.rs"));

/// The `covers` statements that ask for the requirements of a catalog.
struct Asked {
    /// For clauses, by row.
    rows: FxHashMap<RequirementId, Span>,
    /// The first for the whole catalog.
    whole: Option<Span>,
}

impl Asked {
    fn new(context: &Context<'_>, catalog: &CatalogCoverage) -> Asked {
        let mut asked = Asked { rows: FxHashMap::default(), whole: None };
        let mut seen = FxHashSet::default();
        let covers = context.package().model.head.iter().flat_map(|head| &head.covers);
        for cover in covers.filter(|cover| cover.catalog == catalog.catalog) {
            let Some(clause) = cover.clause else {
                asked.whole = Some(cover.origin.span);
                break;
            };
            if seen.insert(clause) {
                for row in context.program.below(clause) {
                    asked.rows.entry(row).or_insert(cover.origin.span);
                }
            }
        }
        asked
    }

    /// The first that asks for a requirement.
    fn at(&self, requirement: RequirementId) -> Option<Span> {
        self.rows.get(&requirement).copied().or(self.whole)
    }
}

/// A requirement as messages name it: `7.4.a`, “Subject of communication”.
fn named(context: &Context<'_>, requirement: RequirementId) -> String {
    let row = context.program.requirement(requirement);
    format!("`{}` “{}”", context.program.name(row.id), context.sources.text(row.title))
}
