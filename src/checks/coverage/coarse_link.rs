//! Finds links to a whole where its parts could be named.

use rustc_hash::FxHashMap;

use crate::checks::{Check, Context};
use crate::codes::COARSE_LINK;
use crate::coverage::{Coverage, Reason, Status};
use crate::diagnostic::{Diagnostic, SubjectKind, words};
use crate::model::{Program, ReqKind, RequirementId};

/// P303.
pub const CHECK: Check = Check { code: &COARSE_LINK, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(coverage) = context.coverage else { return };
    // Thousands of links may name one clause, of thousands of rows.
    let mut wholes: FxHashMap<RequirementId, Vec<&str>> = FxHashMap::default();
    let outcomes = context.package().model.processes.iter().flat_map(|process| &process.outcomes);
    let is_whole = |id: RequirementId| context.program.below(id).next().is_some();
    for link in outcomes.flat_map(|outcome| &outcome.links).filter(|link| is_whole(link.requirement)) {
        let parts = wholes.entry(link.requirement).or_insert_with(|| parts(context, coverage, link.requirement));
        if parts.is_empty() {
            continue;
        }
        let row = context.program.requirement(link.requirement);
        let written = context.program.name(row.id);
        let message = match parts.len() {
            1 => format!("`{written}` has one part, and this link claims it along"),
            many => format!("`{written}` has {many} parts, and this link claims them all at once"),
        };
        found.push(
            Diagnostic::new(&COARSE_LINK, link.span, message)
                .about(SubjectKind::Requirement, context.program.full_id(link.requirement))
                .label(format!("a {} with parts", row.kind.word()))
                .also(row.origin.span, "declared here")
                .help(format!("name the parts that the outcome meets: {}", words::list(parts, "and", 6))),
        );
    }
}

/// The parts that a link to a whole claims; none where they are met by themselves, and the link speaks to the text of the
/// whole.
fn parts<'a>(context: &Context<'a>, coverage: &Coverage, id: RequirementId) -> Vec<&'a str> {
    let program = context.program;
    let row = program.requirement(id);
    let is_clause = row.kind == ReqKind::Clause;
    if row.text.is_some() && !is_clause && program.parts(id).all(|part| is_met_by_itself(coverage, program, part)) {
        return Vec::new();
    }
    let below =
        program.children(id).filter(|child| is_clause || program.requirement(*child).kind == ReqKind::Requirement);
    below.map(|child| program.name(program.requirement(child).id)).collect()
}

/// Whether a part is excluded, or covered without what is above it: by its own links and lines, or by its own parts.
fn is_met_by_itself(coverage: &Coverage, program: &Program, part: RequirementId) -> bool {
    let gives = |reason: &Reason| matches!(reason, Reason::Outcome { .. } | Reason::Joint { .. } | Reason::Line { .. });
    match coverage.status(part) {
        Status::Excluded => true,
        Status::Covered => {
            let proofs = coverage.witnesses(program, part);
            let mut parts = program.parts(part).peekable();
            proofs.iter().any(|proof| proof.first().is_some_and(|step| gives(&step.reason)))
                || (parts.peek().is_some() && parts.all(|part| is_met_by_itself(coverage, program, part)))
        }
        Status::Partial | Status::Uncovered => false,
    }
}
