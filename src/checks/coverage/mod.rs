//! P3xx: coverage. Judged for the package asked for, over all that its model holds, its bases included.

mod empty_statement;

pub use empty_statement::empty_statement;
pub use partial_requirement::hold_to_statement;

use rustc_hash::FxHashMap;

use super::{Check, Context};
use crate::diagnostic::{Code, Diagnostic, SubjectKind};
use crate::model::{CatalogId, Cover, RequirementId};
use crate::span::Span;

include!(concat!(env!("OUT_DIR"), "/coverage.rs"));

/// What asks for requirements: the `covers` of the model asked for, and else the names of the bases that ask.
struct Asked {
    /// What asks, the first that counts first.
    places: Vec<Asking>,
    /// Of what asks for a clause the first, by row; positions among the places.
    rows: FxHashMap<RequirementId, usize>,
    /// Of what asks for a whole catalog the first.
    whole: FxHashMap<CatalogId, usize>,
}

/// What asks for a requirement.
#[derive(Clone, Copy)]
struct Asking {
    /// The `covers` of the model itself, or the name in `extends` by which a base comes in.
    place: Span,
    /// The `covers` of the base.
    of_base: Option<Span>,
}

impl Asked {
    fn new(context: &Context<'_>) -> Asked {
        let mut asked = Asked { places: Vec::new(), rows: FxHashMap::default(), whole: FxHashMap::default() };
        let covers = || context.package().model.head.iter().flat_map(|head| &head.covers);
        for cover in covers().filter(|cover| cover.origin.package == context.package) {
            asked.add(context, cover, cover.origin.span);
        }
        let scope = &context.package().scope;
        for (base, name) in scope.named.iter().filter(|(base, _)| scope.stands_on.binary_search(base).is_ok()) {
            let brings = |package| package == *base || context.program.is_above(*base, package);
            for cover in covers().filter(|cover| brings(cover.origin.package)) {
                asked.add(context, cover, *name);
            }
        }
        asked
    }

    fn add(&mut self, context: &Context<'_>, cover: &Cover, place: Span) {
        let number = self.places.len();
        let span = cover.origin.span;
        self.places.push(Asking { place, of_base: (span != place).then_some(span) });
        match cover.clause {
            None => {
                self.whole.entry(cover.catalog).or_insert(number);
            }
            Some(_) if self.whole.contains_key(&cover.catalog) => {}
            Some(clause) => context.program.below(clause).for_each(|row| {
                self.rows.entry(row).or_insert(number);
            }),
        }
    }

    /// A finding at the first that asks for a requirement.
    fn finding(
        &self,
        context: &Context<'_>,
        code: &'static Code,
        requirement: RequirementId,
        message: String,
    ) -> Option<Diagnostic> {
        let whole = self.whole.get(&context.program.requirement(requirement).catalog);
        let first = self.rows.get(&requirement).into_iter().chain(whole).min()?;
        let asking = self.places.get(*first)?;
        let found = Diagnostic::new(code, asking.place, message)
            .about(SubjectKind::Requirement, context.program.full_id(requirement));
        Some(match asking.of_base {
            None => found.label("asks for it"),
            Some(covers) => found.label("brings in what asks for it").begins(covers, "asks for it"),
        })
    }
}

/// A requirement as messages name it: `7.4.a`, “Subject of communication”.
pub(super) fn named(context: &Context<'_>, requirement: RequirementId) -> String {
    let row = context.program.requirement(requirement);
    format!("`{}` “{}”", context.program.name(row.id), context.sources.text(row.title))
}
