//! Finds achievements that no generic practice of their attribute serves (ISO/IEC 33004, 6.3.1, assessment indicators).

use super::own_attributes;
use crate::checks::Context;
use crate::codes::UNPRACTISED_ACHIEVEMENT;
use crate::diagnostic::Diagnostic;

/// P215.
pub fn unpractised_achievement(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for attribute in own_attributes(context) {
        for achievement in &attribute.achievements {
            if attribute.practices.iter().any(|practice| practice.achieves.contains(&achievement.id)) {
                continue;
            }
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
