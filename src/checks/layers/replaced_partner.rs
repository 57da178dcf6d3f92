//! Finds joint sets of which a layer replaced a member after the set was stated.

use crate::checks::{Check, Context};
use crate::codes::REPLACED_PARTNER;
use crate::diagnostic::{Diagnostic, SubjectKind};
use crate::model::{Action, Change};

/// P703.
pub const CHECK: Check = Check { code: &REPLACED_PARTNER, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    if context.coverage.is_none() {
        return;
    }
    let model = &context.package().model;
    let outcomes =
        model.processes.iter().flat_map(|process| process.outcomes.iter().map(move |outcome| (process, outcome)));
    for (process, outcome) in outcomes {
        for member in outcome.joint_sets.iter().flatten() {
            let Some(partner) = model.member(member) else { continue };
            let replaced = partner.remarks.history().iter().rfind(|change| change.action == Action::Replaced);
            // A layer that stated the set itself, or stands on the one that replaced the member, knew the new wording.
            let knew = |change: &&Change| {
                let (by, set) = (change.origin.package, outcome.origin.package);
                by == set || context.program.is_above(set, by)
            };
            let Some(change) = replaced.filter(|change| !knew(change)) else { continue };
            let (set, name) = (context.program.name(outcome.id), context.program.name(member.id));
            let process = context.program.name(process.id);
            let number = context.sources.slice(outcome.number);
            found.push(
                Diagnostic::new(
                    &REPLACED_PARTNER,
                    change.origin.span,
                    format!("`{name}` is replaced, but `{set}` counts on its old wording"),
                )
                .about(SubjectKind::Outcome, name)
                .label("a member of a joint set")
                .also(member.span, "the set")
                .help(format!(
                    "look whether the new wording still does its share; if so, state the set again, in `extend process \
                     {process}`: `replace outcome {number} \"…\" because \"…\"`, with its links; or write `allow \
                     replaced-partner because \"…\"` in the block of the new wording"
                )),
            );
        }
    }
}
