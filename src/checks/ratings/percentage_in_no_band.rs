//! Finds percentages that fall into no rating of the scale.

use super::own_rates;
use crate::checks::{Check, Context};
use crate::codes::PERCENTAGE_IN_NO_BAND;
use crate::diagnostic::Diagnostic;

/// P802.
pub const CHECK: Check = Check { code: &PERCENTAGE_IN_NO_BAND, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (rate, assessment) in own_rates(context) {
        let Some(of) = assessment.of else { continue };
        for verdict in rate.verdicts.iter().filter(|verdict| verdict.rating.is_none()) {
            // Within 0 and 100 it is the framework that is wrong, which is told there.
            let Some(percent) = verdict.percent.filter(|percent| !(0.0..=100.0).contains(percent)) else { continue };
            let framework = context.program.framework(of.framework);
            found.push(
                Diagnostic::new(
                    &PERCENTAGE_IN_NO_BAND,
                    verdict.value_span,
                    format!("{percent} % falls into no rating of `{}`", context.program.name(framework.id)),
                )
                .label("counts as no rating")
                .also(framework.origin.span, "the framework")
                .help("write a percentage from 0 to 100, or a rating of the scale"),
            );
        }
    }
}
