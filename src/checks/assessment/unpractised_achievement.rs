//! Finds achievements that no generic practice of their attribute serves (ISO/IEC 33004, 6.3.1, assessment indicators).

use rustc_hash::FxHashSet;

use crate::checks::structure::own_attributes;
use crate::checks::{Check, Context};
use crate::codes::UNPRACTISED_ACHIEVEMENT;
use crate::diagnostic::Diagnostic;
use crate::model::Name;

/// P606.
pub const CHECK: Check = Check { code: &UNPRACTISED_ACHIEVEMENT, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for attribute in own_attributes(context).filter(|attribute| !context.unknown.has(attribute.id)) {
        let served: FxHashSet<Name> =
            attribute.practices.iter().flat_map(|practice| practice.achieves.iter().copied()).collect();
        for achievement in attribute.achievements.iter().filter(|achievement| !served.contains(&achievement.id)) {
            let id = context.program.name(achievement.id);
            found.push(
                Diagnostic::new(
                    &UNPRACTISED_ACHIEVEMENT,
                    achievement.span,
                    format!("no generic practice serves achievement `{id}`"),
                )
                .label("without a practice")
                .also(attribute.span, "in this attribute")
                .help(format!("add a practice to the attribute: `practice GP… \"…\" achieves {id}`")),
            );
        }
    }
}
