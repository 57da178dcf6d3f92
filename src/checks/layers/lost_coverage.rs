//! Finds requirements that are no longer covered because a layer replaced or left out an outcome, or excluded what they
//! rested on.

use rustc_hash::FxHashSet;

use crate::checks::{Check, Context};
use crate::codes::LOST_COVERAGE;
use crate::coverage::{Cause, Coverage, Loss};
use crate::diagnostic::{Diagnostic, SubjectKind};
use crate::model::{Exclusion, Lost, ReqKind, RequirementId};

/// P702: at the statement that lost it.
pub const CHECK: Check = Check { code: &LOST_COVERAGE, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(coverage) = context.coverage else { return };
    let mut told = FxHashSet::default();
    for Loss { requirement, cause } in coverage.losses(context.program) {
        let by = match cause {
            Cause::Link(lost) => lost.by,
            Cause::Exclusion(exclusion) => exclusion.span,
        };
        if !told.insert((by, requirement)) {
            continue;
        }
        found.push(match cause {
            Cause::Link(lost) => link(context, coverage, requirement, lost),
            Cause::Exclusion(exclusion) => excluded(context, coverage, requirement, exclusion),
        });
    }
}

fn link(context: &Context<'_>, coverage: &Coverage, requirement: RequirementId, lost: &Lost) -> Diagnostic {
    let program = context.program;
    let row = program.requirement(requirement);
    let (id, title) = (program.name(row.id), context.sources.text(row.title));
    let status = coverage.status(requirement).word();
    let linked = program.name(program.requirement(lost.requirement).id);
    let (outcome, stated_by) = (program.name(lost.outcome), program.name(lost.stated_by));
    let own = std::iter::once(requirement).chain(program.above(requirement)).any(|row| row == lost.requirement);
    let through = match own {
        true => String::new(),
        false => format!(", which rested on `{}`", program.full_id(lost.requirement)),
    };
    let help = if lost.stated_by == lost.outcome {
        format!("state the link again, `satisfies {linked}`, or let another outcome take it over")
    } else {
        let number = stated_by.rsplit('.').next().unwrap_or(stated_by);
        format!(
            "state `{stated_by}` anew without it: `replace outcome {number} \"…\" because \"…\" satisfies {linked}`, or let another \
             outcome take it over"
        )
    };
    Diagnostic::new(
        &LOST_COVERAGE,
        lost.by,
        format!("`{id}` “{title}” loses its outcome{through}, and is {status} now"),
    )
    .about(SubjectKind::Requirement, program.full_id(requirement))
    .label(format!("this takes `{outcome}` away from it"))
    .also(lost.link, "the link that is lost")
    .help(help)
}

fn excluded(context: &Context<'_>, coverage: &Coverage, requirement: RequirementId, by: &Exclusion) -> Diagnostic {
    let program = context.program;
    let row = program.requirement(requirement);
    let (id, title) = (program.name(row.id), context.sources.text(row.title));
    let status = coverage.status(requirement).word();
    let excluded = program.full_id(by.requirement);
    let exclude = match row.kind {
        ReqKind::Control => format!(", or exclude it as well: `exclude {id} because \"…\"`"),
        _ => String::new(),
    };
    let message = format!("`{id}` “{title}” rested on `{excluded}`, which is excluded, and is {status} now");
    Diagnostic::new(&LOST_COVERAGE, by.span, message)
        .about(SubjectKind::Requirement, program.full_id(requirement))
        .label("what is excluded covers nothing on the other side of a crosswalk")
        .also(row.origin.span, format!("the {} that loses it", row.kind.word()))
        .help(format!("let an outcome meet it: `satisfies {id}`{exclude}"))
}
