//! Finds requirements that no outcome meets.

use super::{Asked, named};
use crate::checks::{Check, Context};
use crate::codes::UNCOVERED_REQUIREMENT;
use crate::coverage::{Coverage, Miss, Status};
use crate::diagnostic::Diagnostic;
use crate::model::{Program, ReqKind, RequirementId};

/// P301: of a requirement that is uncovered with all its parts, one message at the top speaks for all.
pub const CHECK: Check = Check { code: &UNCOVERED_REQUIREMENT, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(coverage) = context.coverage else { return };
    let bare = bare(context.program, coverage);
    let is_bare = |id: RequirementId| bare.get(id.0 as usize).copied().unwrap_or(false);
    let asked = Asked::new(context);
    for catalog in &coverage.catalogs {
        let name = context.program.name(context.program.catalog(catalog.catalog).id);
        for id in catalog.requirements.iter().copied().filter(|id| is_uncovered(coverage, *id)) {
            if context.program.whole(id).is_some_and(is_bare) {
                continue;
            }
            let message = format!("no outcome meets {} of `{name}`", named(context, id));
            let Some(diagnostic) = asked.finding(context, &UNCOVERED_REQUIREMENT, id, message) else { continue };
            let row = context.program.requirement(id);
            let kind = row.kind.word();
            let diagnostic = diagnostic
                .also(row.origin.span, format!("the {kind} that is not met"))
                .help(help(context, coverage, id));
            found.push(diagnostic);
        }
    }
}

fn is_uncovered(coverage: &Coverage, id: RequirementId) -> bool {
    coverage.status(id) == Status::Uncovered && !coverage.is_open(id)
}

/// The requirements that are uncovered with all their parts, and theirs. Parts stand behind their whole.
fn bare(program: &Program, coverage: &Coverage) -> Vec<bool> {
    let mut bare = vec![false; program.requirements.len()];
    for id in (0..).map(RequirementId).take(program.requirements.len()).collect::<Vec<_>>().into_iter().rev() {
        let parts_are = program.parts(id).all(|part| bare[part.0 as usize]);
        bare[id.0 as usize] = parts_are && is_uncovered(coverage, id);
    }
    bare
}

fn help(context: &Context<'_>, coverage: &Coverage, id: RequirementId) -> String {
    let row = context.program.requirement(id);
    let written = context.program.name(row.id);
    let exclude = match row.kind {
        ReqKind::Control => format!(", or exclude it: `exclude {written} because \"…\"`"),
        _ => String::new(),
    };
    let near = coverage.misses(context.program, id).into_iter().find_map(|miss| match miss {
        Miss::Neighbour { requirement, outcome, .. } => {
            let neighbour = context.program.name(context.program.requirement(requirement).id);
            Some(format!("; `{}` meets its neighbour `{neighbour}`", context.program.name(outcome)))
        }
        Miss::Line { crosswalk, line, is_from_left, .. } => {
            let lacking = coverage.lacking(context.program, crosswalk, line, is_from_left).next()?;
            let crosswalk = context.program.name(context.program.crosswalk(crosswalk).id);
            let lacking = context.program.full_id(lacking);
            Some(format!("; `{crosswalk}` would carry it over, were `{lacking}` covered"))
        }
        _ => None,
    });
    format!("add `satisfies {written}` to the outcome that meets it{exclude}{}", near.unwrap_or_default())
}
