//! Finds attributes that are rated otherwise than the method computes, without a reason.

use super::own_rates;
use crate::checks::{Check, Context};
use crate::codes::UNEXPLAINED_DEPARTURE;
use crate::diagnostic::Diagnostic;
use crate::measure::{Measured, Rank};
use crate::model::{Framework, Subject};

/// P805.
pub const CHECK: Check = Check { code: &UNEXPLAINED_DEPARTURE, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (rate, assessment) in own_rates(context).filter(|(_, row)| row.is_whole && row.has_all_ratings) {
        let (Some(measured), Some(of)) = (context.measures.of(rate.assessment), assessment.of) else { continue };
        let Some(profile) = measured.profile(rate.process, rate.instance.map(|(name, _)| name)) else { continue };
        let framework = context.program.framework(of.framework);
        for verdict in rate.verdicts.iter().filter(|verdict| verdict.because.is_none() && !verdict.broken) {
            let Subject::Attribute(at) = verdict.subject else { continue };
            let Some(step) = profile.result(at).and_then(|result| result.computed.as_ref()) else { continue };
            let computed = step.interval();
            let rank = verdict.rating.and_then(|rating| measured.scale.rank(rating));
            if rank == computed.only() {
                continue;
            }
            let name = |rank: Rank| rating(context, framework, measured, rank);
            let comes = match computed.only() {
                Some(only) => format!("`{}` comes", name(only)),
                None => format!("something from `{}` to `{}` comes", name(computed.low), name(computed.high)),
            };
            let id = context.program.subject_id(of.framework, verdict.subject);
            let rated = rank.map_or("", name);
            found.push(
                Diagnostic::new(
                    &UNEXPLAINED_DEPARTURE,
                    verdict.span,
                    format!("`{id}` is rated `{rated}`, and {comes} of the ratings below it"),
                )
                .label("departs from what is computed")
                .help("say why behind it, `because \"…\"`, or leave the line out"),
            );
        }
    }
}

fn rating<'a>(context: &Context<'a>, framework: &Framework, measured: &Measured, rank: Rank) -> &'a str {
    let rating = measured.scale.rating(rank).and_then(|rating| framework.rating(rating));
    rating.map_or("", |rating| context.program.name(rating.id))
}
