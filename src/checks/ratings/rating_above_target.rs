//! Finds ratings of levels that are beyond the target, and not looked at.

use super::{own_rates, scopes};
use crate::checks::{Check, Context};
use crate::codes::RATING_ABOVE_TARGET;
use crate::diagnostic::Diagnostic;
use crate::measure::lowest_level;
use crate::model::{Framework, Subject};

/// P807.
pub const CHECK: Check = Check { code: &RATING_ABOVE_TARGET, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let scopes = scopes(context);
    for (rate, assessment) in own_rates(context).filter(|(_, row)| row.is_whole) {
        let Some(of) = assessment.of else { continue };
        let scope = scopes.get(&rate.assessment);
        let Some(target) = scope.and_then(|scope| scope.target(rate.process)) else { continue };
        let framework = context.program.framework(of.framework);
        for verdict in &rate.verdicts {
            let level = level(context, framework, verdict.subject);
            if level.is_none_or(|level| level <= target) {
                continue;
            }
            let id = context.program.subject_id(of.framework, verdict.subject);
            let process = context.program.name(rate.process);
            found.push(
                Diagnostic::new(
                    &RATING_ABOVE_TARGET,
                    verdict.span,
                    format!("`{id}` is rated, and `{process}` is looked at up to level {target} only"),
                )
                .label("not counted")
                .also(assessment.origin.span, "the assessment")
                .help("raise the target if this level is assessed; else leave the line out"),
            );
        }
    }
}

/// The number of the level that a rating belongs to: outcomes stand for the lowest that has attributes.
fn level(context: &Context<'_>, framework: &Framework, subject: Subject) -> Option<u32> {
    let position = match subject {
        Subject::Outcome(_) => lowest_level(context.program, framework)?,
        Subject::Achievement(at) => at.of.level,
        Subject::Attribute(at) => at.level,
    };
    context.program.name(framework.level_at(position)?.id).parse().ok()
}
