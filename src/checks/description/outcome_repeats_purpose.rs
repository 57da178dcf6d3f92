//! Finds outcomes that say the purpose again (PD-O12).

use super::prose::{Prose, Word};
use super::{Check, Described, Look};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::model::Outcome;

/// P433.
pub const CHECK: Check = Check { code: &codes::OUTCOME_REPEATS_PURPOSE, run: Look::Outcome(check) };

/// Compares the content words of the outcome with those of the goal.
fn check(described: &Described<'_, '_>, _: &Outcome, outcome: &Prose<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let (Some(purpose), Some(goal)) = (described.purpose(), described.goal()) else { return };
    let goal = purpose.words.get(goal..).unwrap_or_default();
    // Cheap, and it settles nearly all cases.
    let (in_goal, in_outcome) = (count(goal), count(outcome.words));
    if in_goal < 2 || in_goal != in_outcome || !is_within(goal, outcome.words) || !is_within(outcome.words, goal) {
        return;
    }
    diagnostics.push(
        Diagnostic::new(
            &codes::OUTCOME_REPEATS_PURPOSE,
            outcome.span,
            format!("the outcome {} says the purpose again", outcome.quoted()),
        )
        .label("no more than the purpose")
        .also(purpose.span, "the purpose")
        .help("name one of the results that together reach the purpose"),
    );
}

fn count(words: &[Word]) -> usize {
    words.iter().filter(|word| word.is_content()).count()
}

/// Whether all content words of one text are in another.
fn is_within(words: &[Word], others: &[Word]) -> bool {
    words.iter().filter(|word| word.is_content()).all(|word| {
        let stem = word.stem();
        others.iter().any(|other| other.may_have_stem(stem) && other.stem() == stem)
    })
}
