//! P3xx: coverage. Judged for the package asked for, over all that its model holds, its bases included.

mod empty_statement;

pub use empty_statement::empty_statement;
pub use partial_requirement::hold_to_statement;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Check, Context};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{CatalogId, Cover, Origin, PackageId, Program, RequirementId};
use crate::span::Span;

include!(concat!(env!("OUT_DIR"), "/coverage.rs"));

/// The `covers` statements that ask for requirements: those of the model itself, else those of its bases.
struct Asked {
    own: Covers,
    of_bases: Covers,
    /// Where the model names each base that asks, or that stands on one which does.
    named: FxHashMap<PackageId, Span>,
}

/// The first `covers` for each row.
#[derive(Default)]
struct Covers {
    /// For clauses, by row.
    rows: FxHashMap<RequirementId, Origin>,
    /// For each whole catalog.
    whole: FxHashMap<CatalogId, Origin>,
}

impl Covers {
    fn new<'a>(program: &Program, covers: impl Iterator<Item = &'a Cover>) -> Covers {
        let mut first = Covers::default();
        let mut seen = FxHashSet::default();
        for cover in covers {
            let before = |known: &Origin| (known.package, known.span) <= (cover.origin.package, cover.origin.span);
            let Some(clause) = cover.clause else {
                let known = first.whole.entry(cover.catalog).or_insert(cover.origin);
                *known = if before(known) { *known } else { cover.origin };
                continue;
            };
            if seen.insert(clause) {
                for row in program.below(clause) {
                    let known = first.rows.entry(row).or_insert(cover.origin);
                    *known = if before(known) { *known } else { cover.origin };
                }
            }
        }
        first
    }

    fn of(&self, program: &Program, requirement: RequirementId) -> Option<Origin> {
        let whole = self.whole.get(&program.requirement(requirement).catalog);
        let first = [self.rows.get(&requirement), whole].into_iter().flatten();
        first.min_by_key(|origin| (origin.package, origin.span)).copied()
    }
}

/// Where a requirement is asked for.
#[derive(Clone, Copy)]
struct Asking {
    /// The `covers` of the model, or the name of the base that brings it.
    place: Span,
    /// The `covers` of the base.
    cover: Option<Span>,
}

impl Asking {
    /// A finding on what is asked for.
    fn diagnostic(self, code: &'static Code, message: String) -> Diagnostic {
        let mut diagnostic = Diagnostic::new(code, self.place, message);
        match self.cover {
            None => diagnostic.label("asks for it"),
            Some(cover) => {
                diagnostic.allowed_at = Some(cover);
                diagnostic.label("brings in what asks for it").also(cover, "asks for it")
            }
        }
    }
}

impl Asked {
    fn new(context: &Context<'_>) -> Asked {
        let covers = || context.package().model.head.iter().flat_map(|head| &head.covers);
        let is_own = |cover: &&Cover| cover.origin.package == context.package;
        let scope = &context.package().scope;
        let mut named: FxHashMap<PackageId, Span> = FxHashMap::default();
        for base in covers().filter(|cover| !is_own(cover)).map(|cover| cover.origin.package) {
            let brings = |name: &PackageId| *name == base || context.program.is_above(*name, base);
            let way = scope.named.iter().find(|(name, _)| scope.stands_on.contains(name) && brings(name));
            named.extend(way.map(|(_, place)| (base, *place)));
        }
        Asked {
            own: Covers::new(context.program, covers().filter(is_own)),
            of_bases: Covers::new(context.program, covers().filter(|cover| !is_own(cover))),
            named,
        }
    }

    /// Where a requirement is asked for first.
    fn at(&self, program: &Program, requirement: RequirementId) -> Option<Asking> {
        if let Some(own) = self.own.of(program, requirement) {
            return Some(Asking { place: own.span, cover: None });
        }
        let cover = self.of_bases.of(program, requirement)?;
        let place = self.named.get(&cover.package).copied();
        Some(Asking { place: place.unwrap_or(cover.span), cover: place.map(|_| cover.span) })
    }
}

/// A requirement as messages name it: `7.4.a`, “Subject of communication”.
fn named(context: &Context<'_>, requirement: RequirementId) -> String {
    let row = context.program.requirement(requirement);
    format!("`{}` “{}”", context.program.name(row.id), context.sources.text(row.title))
}
