//! What people have judged.

use serde::Serialize;

use crate::model::{Name, Program};
use crate::review::{Review, State};

/// What people have judged of what a model claims of texts.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Judgements"))]
pub struct JudgementsRow<'a> {
    /// How many claims of each state there are.
    summary: Counts,
    /// What was accepted at once.
    acts: Vec<ActRow<'a>>,
}

/// Claims by their states.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ClaimCounts"))]
struct Counts {
    /// All.
    total: usize,
    /// Judged on the texts of today.
    judged: usize,
    /// Judged so by a base.
    inherited: usize,
    /// Judged on texts that have changed since.
    suspect: usize,
    /// Judged by nobody.
    new: usize,
    /// Judgements whose claims are no more.
    vanished: usize,
}

/// Claims that were accepted at once, for one reason, and how many of those judgements are still there.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Act"))]
struct ActRow<'a> {
    /// The base whose act it was; null for the model's own.
    judged_by: Option<&'a str>,
    /// How many claims were accepted.
    at_once: u32,
    /// The reason.
    because: &'a str,
    /// How many of these judgements are still there.
    judgements: usize,
}

/// What people have judged, by state and by act.
pub fn judgements<'a>(program: &'a Program, review: &'a Review) -> JudgementsRow<'a> {
    let act = |((by, at_once, because), judgements): ((Option<Name>, u32, &'a str), usize)| ActRow {
        judged_by: by.map(|base| program.name(base)),
        at_once,
        because,
        judgements,
    };
    JudgementsRow {
        summary: Counts {
            total: review.links.len(),
            judged: review.count(State::Judged),
            inherited: review.count(State::Inherited),
            suspect: review.count(State::Suspect),
            new: review.count(State::New),
            vanished: review.vanished.len(),
        },
        acts: review.acts().into_iter().map(act).collect(),
    }
}
