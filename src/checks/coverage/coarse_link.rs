//! Finds links to a whole where its parts could be named.

use rustc_hash::FxHashMap;

use crate::checks::{Check, Context};
use crate::codes::COARSE_LINK;
use crate::diagnostic::{Diagnostic, SubjectKind, words};
use crate::model::{ReqKind, RequirementId};

/// P303.
pub const CHECK: Check = Check { code: &COARSE_LINK, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    if context.coverage.is_none() {
        return;
    }
    // Thousands of links may name one clause, of thousands of rows.
    let mut wholes: FxHashMap<RequirementId, Vec<&str>> = FxHashMap::default();
    let outcomes = context.package().model.processes.iter().flat_map(|process| &process.outcomes);
    for link in outcomes.flat_map(|outcome| &outcome.links) {
        let parts = wholes.entry(link.requirement).or_insert_with(|| parts(context, link.requirement));
        if parts.is_empty() {
            continue;
        }
        let row = context.program.requirement(link.requirement);
        let written = context.program.name(row.id);
        let message =
            format!("`{written}` has {}, and this link claims them all at once", words::count(parts.len(), "part"));
        found.push(
            Diagnostic::new(&COARSE_LINK, link.span, message)
                .about(SubjectKind::Requirement, context.program.full_id(link.requirement))
                .label(format!("a {} with parts", row.kind.word()))
                .also(row.origin.span, "declared here")
                .help(format!("name the parts that the outcome meets: {}", words::list(parts, "and", 6))),
        );
    }
}

fn parts<'a>(context: &Context<'a>, id: RequirementId) -> Vec<&'a str> {
    let program = context.program;
    let is_clause = program.requirement(id).kind == ReqKind::Clause;
    let below =
        program.children(id).filter(|child| is_clause || program.requirement(*child).kind == ReqKind::Requirement);
    below.map(|child| program.name(program.requirement(child).id)).collect()
}
