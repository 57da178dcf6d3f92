//! Finds assessments by a refined scale whose framework does not say when a level is reached.

use super::own_assessments;
use crate::checks::{Check, Context};
use crate::codes::UNSTATED_LEVELS;
use crate::diagnostic::Diagnostic;
use crate::model::{Framework, Rating};

/// P815.
pub const CHECK: Check = Check { code: &UNSTATED_LEVELS, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (_, assessment) in own_assessments(context) {
        let Some(of) = assessment.of else { continue };
        let framework = context.program.framework(of.framework);
        if framework.reached.is_some() || !is_refined(context, framework) {
            continue;
        }
        let id = context.program.name(framework.id);
        found.push(
            Diagnostic::new(
                &UNSTATED_LEVELS,
                assessment.origin.span,
                format!("`{id}` has a refined scale, and does not say when a level is reached"),
            )
            .label("its levels cannot be computed")
            .also(framework.origin.span, "the framework")
            .help("say it in the framework, as in `reached L-minus below F`"),
        );
    }
}

/// Whether some ratings halve others: their ids end in `plus` and `minus`, or their labels in the signs.
fn is_refined(context: &Context<'_>, framework: &Framework) -> bool {
    let halves = |rating: &Rating| {
        let id = context.program.name(rating.id);
        let label = rating.label.map(|label| context.sources.text(label));
        let by_label = label.is_some_and(|label| label.trim_end().ends_with(['+', '-', '\u{2212}', '\u{2013}']));
        by_label || ["plus", "minus"].iter().any(|half| id.strip_suffix(half).is_some_and(|rest| !rest.is_empty()))
    };
    framework.ratings.iter().any(halves)
}
