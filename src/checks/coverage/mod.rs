//! P3xx: coverage. Judged for the package asked for, over all that its model holds, its bases included.

mod empty_statement;

pub use empty_statement::empty_statement;
pub use partial_requirement::hold_to_statement;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Check, Context};
use crate::model::{CatalogId, Program, RequirementId};
use crate::span::Span;

include!(concat!(env!("OUT_DIR"), "/coverage.rs"));

/// The `covers` statements that ask for requirements.
#[derive(Default)]
struct Asked {
    /// For clauses, by row.
    rows: FxHashMap<RequirementId, Span>,
    /// The first for each whole catalog.
    whole: FxHashMap<CatalogId, Span>,
}

impl Asked {
    fn new(context: &Context<'_>) -> Asked {
        let mut asked = Asked::default();
        let mut seen = FxHashSet::default();
        for cover in context.package().model.head.iter().flat_map(|head| &head.covers) {
            if asked.whole.contains_key(&cover.catalog) {
                continue;
            }
            let Some(clause) = cover.clause else {
                asked.whole.insert(cover.catalog, cover.origin.span);
                continue;
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
    fn at(&self, program: &Program, requirement: RequirementId) -> Option<Span> {
        let whole = || self.whole.get(&program.requirement(requirement).catalog);
        self.rows.get(&requirement).or_else(whole).copied()
    }
}

/// A requirement as messages name it: `7.4.a`, “Subject of communication”.
fn named(context: &Context<'_>, requirement: RequirementId) -> String {
    let row = context.program.requirement(requirement);
    format!("`{}` “{}”", context.program.name(row.id), context.sources.text(row.title))
}
