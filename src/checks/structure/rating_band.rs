//! Finds ratings that overlap, or that leave a gap between 0 and 100 percent.

use super::own_frameworks;
use crate::checks::{Check, Context};
use crate::codes::RATING_BAND;
use crate::diagnostic::Diagnostic;
use crate::model::Rating;

/// P214.
pub const CHECK: Check = Check { code: &RATING_BAND, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    // Where a rating is lost, nobody knows where it ended.
    for framework in own_frameworks(context).filter(|framework| !context.unknown.has(framework.id)) {
        let mut ratings: Vec<&Rating> = framework.ratings.iter().collect();
        ratings.sort_by(|a, b| a.from.total_cmp(&b.from).then(a.to.total_cmp(&b.to)));
        if ratings.iter().any(|rating| rating.from.is_nan() || rating.to.is_nan()) {
            continue;
        }
        let mut end = 0.0;
        let mut problem = None;
        for rating in &ratings {
            if rating.from != end || rating.to <= rating.from {
                problem = Some((*rating, end));
                break;
            }
            end = rating.to;
        }
        if let Some((rating, end)) = problem {
            found.push(diagnostic(rating, &format!("begins at {} where the one before ends at {end}", rating.from)));
        } else if let Some(last) = ratings.last().filter(|last| last.to != 100.0) {
            found.push(diagnostic(last, &format!("ends at {}, and nothing reaches 100", last.to)));
        }
    }
}

fn diagnostic(rating: &Rating, problem: &str) -> Diagnostic {
    Diagnostic::new(&RATING_BAND, rating.span, format!("this rating {problem}"))
        .label("the bands do not meet here")
        .help("each rating begins where the one before ends; together they reach from 0 to 100")
}
