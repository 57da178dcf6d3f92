//! Finds requirements of which the parts are met, and the own text by nobody.

use super::{Asked, named};
use crate::checks::{Check, Context};
use crate::codes::UNMET_TEXT;
use crate::coverage::{Coverage, Reason, Status};
use crate::diagnostic::{Diagnostic, words};
use crate::model::{Program, RequirementId};

/// P313: where the requirement is covered by its parts alone.
pub const CHECK: Check = Check { code: &UNMET_TEXT, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(coverage) = context.coverage else { return };
    let program = context.program;
    let asked = Asked::new(context);
    let rows = coverage.catalogs.iter().flat_map(|catalog| &catalog.requirements);
    for id in rows.copied().filter(|id| coverage.status(*id) == Status::Covered) {
        let row = program.requirement(id);
        if row.text.is_none() || !by_parts_alone(coverage, program, id) {
            continue;
        }
        let message = format!("the parts of {} are met, and its own text by no outcome", named(context, id));
        let Some(found_here) = asked.finding(context, &UNMET_TEXT, id, message) else { continue };
        let parts: Vec<&str> = program.parts(id).map(|part| program.name(program.requirement(part).id)).collect();
        found.push(
            found_here
            .also(row.origin.span, format!("says more than {}, perhaps", words::list(&parts, "and", 4)))
            .help(format!(
                "if the text asks for more than its parts, link it too: `satisfies {}`; in a catalog of your own, make \
                 what it asks for a part",
                program.name(row.id)
            )),
        );
    }
}

/// Whether nothing speaks of a requirement but its parts: no link, no line, on it or above it.
fn by_parts_alone(coverage: &Coverage, program: &Program, id: RequirementId) -> bool {
    program.parts(id).next().is_some()
        && std::iter::once(id).chain(program.above(id)).all(|row| coverage.incoming(program, row).is_empty())
        && coverage
            .witnesses(program, id)
            .iter()
            .all(|proof| proof.first().is_some_and(|step| matches!(step.reason, Reason::Parts { .. })))
}
