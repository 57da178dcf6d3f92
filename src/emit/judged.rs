//! What people have judged of what a model claims, for documents that rest on these claims.

use super::Input;
use super::page::Page;
use crate::document::words::{counted, fill};
use crate::model::{Action, Change, Name, Practice};
use crate::review::{Review, Reviewed, State};

/// How many claims have been judged, and what was accepted in one act; none for a package without a lock file.
pub fn sentences(page: &Page<'_>) -> Option<String> {
    let (input, words) = (&page.input, page.words);
    let review = input.review.filter(|review| !review.links.is_empty())?;
    let of = |state: State| review.count(state);
    let are = |number: usize| counted(&words.are, number, &[]);
    let mut told = vec![fill(words.judged_here, &[&are(of(State::Judged))])];
    let by = |(base, count): (Name, usize)| fill(words.judged_there, &[&are(count), &page.quoted(base)]);
    told.extend(review.inherited().into_iter().map(by));
    let (suspect, new) = (of(State::Suspect), of(State::New));
    told.extend((suspect > 0).then(|| fill(words.judged_changed, &[&are(suspect)])));
    told.extend((new > 0).then(|| counted(&words.judged_by_nobody, new, &[])));
    let all = counted(&words.claims, review.links.len(), &[]);
    let acts = review.acts().into_iter().map(|((by, at_once, because), left)| {
        let (given, at_once) = (counted(&words.judgements_given, left, &[]), at_once.to_string());
        let of = by.map(|base| page.quoted(base));
        let told = if of.is_some() { words.judged_at_once_for } else { words.judged_at_once };
        format!(" {}", fill(told, &[&given, &at_once, because, of.as_deref().unwrap_or_default()]))
    });
    Some(fill(words.judged_claims, &[&all, &told.join("; ")]) + &acts.collect::<String>())
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
