//! Finds requirements that are met only in part.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Asked, named};
use crate::checks::{Check, Context};
use crate::codes::PARTIAL_REQUIREMENT;
use crate::coverage::{CatalogCoverage, Coverage, Miss, Status};
use crate::diagnostic::{Diagnostic, Severity, words};
use crate::model::{Name, Program, RequirementId};
use crate::span::Span;

/// P302.
pub const CHECK: Check = Check { code: &PARTIAL_REQUIREMENT, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(coverage) = context.coverage else { return };
    let mut rows = Rows::default();
    let asked = Asked::new(context);
    for catalog in &coverage.catalogs {
        let name = context.program.name(context.program.catalog(catalog.catalog).id);
        let is_partial = |id: &RequirementId| coverage.status(*id) == Status::Partial && !coverage.is_open(*id);
        for id in catalog.requirements.iter().copied().filter(is_partial) {
            let message = format!("{} of `{name}` is met only in part", named(context, id));
            let Some(diagnostic) = asked.finding(context, &PARTIAL_REQUIREMENT, id, message) else { continue };
            let row = context.program.requirement(id);
            let near = rows.near(context.program, coverage, id);
            let mut diagnostic = diagnostic
                .also(row.origin.span, format!("the {} that is met in part", row.kind.word()))
                .help(help(context, &near));
            for (outcome, span) in near.first.iter().take(SHOWN - near.open.len().min(SHOWN)).flatten() {
                diagnostic = diagnostic.also(*span, format!("`{}` contributes", context.program.name(*outcome)));
            }
            found.push(diagnostic);
        }
    }
}

/// In a statement of applicability, of all catalogs or of one, a row met only in part is an error: it is neither met nor
/// excluded with a reason.
pub fn hold_to_statement(program: &Program, coverage: &Coverage, catalog: Option<&str>, found: &mut [Diagnostic]) {
    let id = |covered: &CatalogCoverage| program.name(program.catalog(covered.catalog).id);
    let stated = coverage.catalogs.iter().filter(|covered| catalog.is_none_or(|catalog| id(covered) == catalog));
    let rows = stated.flat_map(|catalog| &catalog.requirements);
    let held: FxHashSet<String> =
        rows.filter(|id| program.is_tailorable(**id)).map(|id| program.full_id(*id)).collect();
    for diagnostic in found.iter_mut().filter(|diagnostic| *diagnostic.code == PARTIAL_REQUIREMENT) {
        if diagnostic.subject.as_ref().is_some_and(|subject| held.contains(&subject.id)) {
            diagnostic.severity = Severity::Error;
        }
    }
}

/// How many misses are shown with their places.
const SHOWN: usize = 3;

/// How many outcomes a help names.
const NAMED: usize = 4;

/// What is nearest to meeting a requirement, as far as a message needs it.
#[derive(Default)]
struct Near {
    /// Its parts that are not met.
    open: Vec<RequirementId>,
    /// The first misses of the rows; those that are outcomes which contribute.
    first: Vec<Option<(Name, Span)>>,
    /// The first of the outcomes that contribute.
    outcomes: Vec<Name>,
    /// How many outcomes contribute.
    contributions: usize,
}

impl Near {
    fn add(&mut self, row: &Near) {
        self.first.extend(row.first.iter().take(SHOWN - self.first.len()));
        self.outcomes.extend(row.outcomes.iter().take(NAMED - self.outcomes.len()));
        self.contributions += row.contributions;
    }
}

/// What each row has by itself. Thousands of links may name one clause, and each speaks for all that is below it.
#[derive(Default)]
struct Rows(FxHashMap<RequirementId, Near>);

impl Rows {
    fn near(&mut self, program: &Program, coverage: &Coverage, id: RequirementId) -> Near {
        let is_open = |part: &RequirementId| matches!(coverage.status(*part), Status::Partial | Status::Uncovered);
        let mut near = Near { open: program.parts(id).filter(is_open).collect(), ..Near::default() };
        for row in std::iter::once(id).chain(program.above(id)) {
            near.add(self.0.entry(row).or_insert_with(|| row_near(program, coverage, row)));
        }
        near
    }
}

fn row_near(program: &Program, coverage: &Coverage, row: RequirementId) -> Near {
    let contribution = |miss: &Miss| match miss {
        Miss::Contribution { outcome, span } => Some((*outcome, *span)),
        _ => None,
    };
    let misses = coverage.misses_of_row(program, row);
    let outcomes = misses.iter().filter_map(contribution).map(|(outcome, _)| outcome);
    Near {
        open: Vec::new(),
        first: misses.iter().take(SHOWN).map(contribution).collect(),
        outcomes: outcomes.clone().take(NAMED).collect(),
        contributions: outcomes.count(),
    }
}

fn help(context: &Context<'_>, near: &Near) -> String {
    if !near.open.is_empty() {
        let open: Vec<&str> =
            near.open.iter().map(|part| context.program.name(context.program.requirement(*part).id)).collect();
        return format!("meet what is still open: {}", words::list(&open, "and", 6));
    }
    let outcomes: Vec<&str> = near.outcomes.iter().map(|outcome| context.program.name(*outcome)).collect();
    match outcomes.as_slice() {
        [_, _, ..] => format!(
            "if {} meet it jointly, say so with `satisfies … together with …`",
            words::first_of(&outcomes, near.contributions, "and")
        ),
        _ => "add an outcome that meets the rest, and say `satisfies … together with …`".to_owned(),
    }
}
