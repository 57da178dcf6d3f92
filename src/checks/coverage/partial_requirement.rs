//! Finds requirements that are met only in part.

use rustc_hash::FxHashSet;

use super::{asked_at, named};
use crate::checks::Context;
use crate::codes::PARTIAL_REQUIREMENT;
use crate::coverage::{Coverage, Miss, Status};
use crate::diagnostic::{Diagnostic, Severity, words};
use crate::model::Program;
use crate::span::Span;

/// P302.
pub fn partial_requirement(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(coverage) = context.coverage else { return };
    for catalog in &coverage.catalogs {
        let name = context.program.name(context.program.catalog(catalog.catalog).id);
        for id in catalog.requirements.iter().copied().filter(|id| coverage.status(*id) == Status::Partial) {
            let Some(span) = asked_at(context, catalog, id) else { continue };
            let row = context.program.requirement(id);
            let misses = coverage.misses(context.program, id);
            let mut diagnostic = Diagnostic::new(
                &PARTIAL_REQUIREMENT,
                span,
                format!("{} of `{name}` is met only in part", named(context, id)),
            )
            .label("asks for it")
            .also(row.origin.span, format!("the {} that is met in part", row.kind.word()))
            .help(help(context, &misses));
            for miss in misses.iter().take(3) {
                if let Miss::Contribution { outcome, span } = miss {
                    diagnostic = diagnostic.also(*span, format!("`{}` contributes", context.program.name(*outcome)));
                }
            }
            found.push(diagnostic);
        }
    }
}

/// In a statement of applicability a row met only in part is an error: it is neither met nor excluded with a reason.
pub fn hold_to_statement(program: &Program, coverage: &Coverage, found: &mut [Diagnostic]) {
    let rows = coverage.catalogs.iter().flat_map(|catalog| &catalog.requirements);
    let held: FxHashSet<Span> =
        rows.filter(|id| program.is_tailorable(**id)).map(|id| program.requirement(*id).origin.span).collect();
    for diagnostic in found.iter_mut().filter(|diagnostic| *diagnostic.code == PARTIAL_REQUIREMENT) {
        if diagnostic.secondary.first().is_some_and(|row| held.contains(&row.span)) {
            diagnostic.severity = Severity::Error;
        }
    }
}

fn help(context: &Context<'_>, misses: &[Miss]) -> String {
    let open: Vec<&str> = misses
        .iter()
        .filter_map(|miss| match miss {
            Miss::Part { part, .. } => Some(context.program.name(context.program.requirement(*part).id)),
            _ => None,
        })
        .collect();
    if !open.is_empty() {
        return format!("meet what is still open: {}", words::list(&open, "and", 6));
    }
    let outcomes: Vec<&str> = misses
        .iter()
        .filter_map(|miss| match miss {
            Miss::Contribution { outcome, .. } => Some(context.program.name(*outcome)),
            _ => None,
        })
        .collect();
    match outcomes.as_slice() {
        [_, _, ..] => format!(
            "if {} meet it jointly, say so with `satisfies … together with …`",
            words::list(&outcomes, "and", 4)
        ),
        _ => "add an outcome that meets the rest, and say `satisfies … together with …`".to_owned(),
    }
}
