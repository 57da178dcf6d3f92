//! Finds joint sets of which a layer replaced a member after the set was stated.

use crate::checks::Context;
use crate::codes::REPLACED_PARTNER;
use crate::diagnostic::Diagnostic;
use crate::model::Action;

/// P703.
pub fn replaced_partner(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    if context.coverage.is_none() {
        return;
    }
    let model = &context.package().model;
    for outcome in model.processes.iter().flat_map(|process| &process.outcomes) {
        for member in outcome.joint_sets.iter().flatten() {
            let Some(partner) = model.outcome(member.id) else { continue };
            let replaced = partner.remarks.history().iter().rfind(|change| change.action == Action::Replaced);
            // A layer that stated the set itself knew the wording it had before it.
            let Some(change) = replaced.filter(|change| change.origin.package > outcome.origin.package) else {
                continue;
            };
            let (set, name) = (context.program.name(outcome.id), context.program.name(member.id));
            found.push(
                Diagnostic::new(
                    &REPLACED_PARTNER,
                    change.origin.span,
                    format!("`{name}` is replaced, but `{set}` counts on its old wording"),
                )
                .label("a member of a joint set")
                .also(member.span, "the set")
                .help("look whether the new wording still does its share; then state the set again in this layer"),
            );
        }
    }
}
