//! What people have judged of what a model claims, for documents that rest on these claims.

use super::Input;
use crate::diagnostic::words::count;
use crate::model::{Action, Change, Name, Practice};
use crate::review::{Review, Reviewed, State};

/// How many claims have been judged, and what was accepted in one act; none for a package without a lock file.
pub fn sentences(input: &Input<'_>) -> Option<String> {
    let review = input.review.filter(|review| !review.links.is_empty())?;
    let of = |state: State| review.count(state);
    let mut told = vec![format!("{} accepted for this model", are(of(State::Judged)))];
    let by = |(base, count): (Name, usize)| format!("{} accepted for {}", are(count), input.program.name(base));
    told.extend(review.inherited().into_iter().map(by));
    let open =
        [(of(State::Suspect), "accepted on texts that have changed since"), (of(State::New), "accepted by nobody")];
    told.extend(open.iter().filter(|(count, _)| *count > 0).map(|(count, words)| format!("{} {words}", are(*count))));
    let all = count(review.links.len(), "claim");
    let acts = review.acts().into_iter().map(|((by, at_once, because), left)| {
        let of = by.map(|base| format!(" for {}", input.program.name(base))).unwrap_or_default();
        format!(" {}{of} in one act, of {at_once} claims, because “{because}”", given(left))
    });
    let rests = if review.links.len() == 1 { "rests" } else { "rest" };
    Some(format!(
        "Of {all} of this model that {rests} on the words of something else, {}.{}",
        told.join("; "),
        acts.collect::<String>()
    ))
}

fn are(number: usize) -> String {
    format!("{number} {}", if number == 1 { "is" } else { "are" })
}

fn given(number: usize) -> String {
    format!("{} {} given", count(number, "judgement"), if number == 1 { "was" } else { "were" })
}

/// The outcomes that were worded anew since a practice named them, as far as that is known and nobody has judged it
/// since: by a layer above the package that names them, or by what the lock file remembers.
pub fn reworded(input: &Input<'_>, practice: &Practice) -> Vec<Name> {
    let Some(root) = input.program.root() else { return Vec::new() };
    let is_reworded = |target: &&crate::model::Target| {
        let judged = input.review.and_then(|review| claim(review, target.span));
        match judged.map(Reviewed::state) {
            Some(State::Judged | State::Inherited) => false,
            Some(State::Suspect) if judged.is_some_and(|link| says_otherwise(link, input.program.name(target.id))) => {
                true
            }
            _ => root.model.member(target).is_some_and(|outcome| {
                let home = input.program.package_of(target.span);
                let knew = |change: &Change| {
                    let by = change.origin.package;
                    home.is_none_or(|home| home == by || input.program.is_above(home, by))
                };
                let history = outcome.remarks.history().iter();
                history.filter(|change| change.action == Action::Replaced).any(|change| !knew(change))
            }),
        }
    };
    practice.achieves.iter().filter(is_reworded).map(|target| target.id).collect()
}

fn claim(review: &Review, at: crate::span::Span) -> Option<&Reviewed> {
    review.links.iter().find(|link| link.span == at && link.claim.relation == "achieves")
}

fn says_otherwise(link: &Reviewed, outcome: &str) -> bool {
    link.changes.iter().any(|change| change.id() == Some(outcome))
}
