//! Finds weights of ratings that do not rise with the scale.

use super::own_frameworks;
use crate::checks::{Check, Context};
use crate::codes::WEIGHT_ORDER;
use crate::diagnostic::Diagnostic;
use crate::measure::{Rank, Scale};
use crate::span::narrow;

/// P226.
pub const CHECK: Check = Check { code: &WEIGHT_ORDER, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for framework in own_frameworks(context) {
        let is_known = framework.ratings.iter().all(|rating| !rating.from.is_nan() && !rating.to.is_nan());
        let Some(scale) = Scale::of(framework).filter(|_| is_known) else { continue };
        for rank in (1..narrow(framework.ratings.len())).map(Rank) {
            if scale.weight(rank) > scale.weight(Rank(rank.0 - 1)) {
                continue;
            }
            let rating = |rank| scale.rating(rank).and_then(|rating| framework.rating(rating));
            let (Some(lower), Some(higher)) = (rating(Rank(rank.0 - 1)), rating(rank)) else { continue };
            let name = |id| context.program.name(id);
            let message = format!("`{}` weighs no more than `{}`, which is lower", name(higher.id), name(lower.id));
            let place = higher.weight.or(lower.weight).map_or(higher.span, |(_, place)| place);
            found.push(
                Diagnostic::new(&WEIGHT_ORDER, place, message)
                    .label("weights rise with the scale")
                    .also(lower.span, "the lower rating")
                    .help("a rating without a weight counts as its place in the scale, from 0; state all, or none"),
            );
            break;
        }
    }
}
