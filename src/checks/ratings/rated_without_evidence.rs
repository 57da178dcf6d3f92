//! Finds ratings above the lowest for which no evidence is named.

use super::own_rates;
use crate::checks::{Check, Context};
use crate::codes::RATED_WITHOUT_EVIDENCE;
use crate::diagnostic::Diagnostic;
use crate::measure::{Measured, Rank};
use crate::model::{Rate, Subject, Verdict};

/// P809.
pub const CHECK: Check = Check { code: &RATED_WITHOUT_EVIDENCE, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (rate, assessment) in own_rates(context) {
        let (Some(of), Some(measured)) = (assessment.of, context.measures.of(rate.assessment)) else { continue };
        let bare = rate.verdicts.iter().filter(|verdict| verdict.exhibits.is_empty() && !verdict.broken);
        for verdict in
            bare.filter(|verdict| is_above_lowest(measured, verdict) && !rests_on_others(measured, rate, verdict))
        {
            let id = context.program.subject_id(of.framework, verdict.subject);
            let process = context.program.name(rate.process);
            let place = if id.starts_with(process) { String::new() } else { format!(" in `{process}`") };
            found.push(
                Diagnostic::new(
                    &RATED_WITHOUT_EVIDENCE,
                    verdict.span,
                    format!("the rating of `{id}`{place} rests on no evidence"),
                )
                .label("without evidence")
                .help("name what was seen or heard: `by EXHIBIT`, declared with `exhibit`"),
            );
        }
    }
}

fn is_above_lowest(measured: &Measured, verdict: &Verdict) -> bool {
    verdict.rating.and_then(|rating| measured.scale.rank(rating)).is_some_and(|rank| rank > Rank(0))
}

/// An attribute as a whole rests on what is rated below it.
fn rests_on_others(measured: &Measured, rate: &Rate, verdict: &Verdict) -> bool {
    let Subject::Attribute(at) = verdict.subject else { return false };
    let profile = measured.profile(rate.process, rate.instance.map(|(name, _)| name));
    profile.and_then(|profile| profile.result(at)).is_some_and(|result| result.computed.is_some())
}
