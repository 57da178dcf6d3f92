//! Finds outcomes that tell of effort instead of a result (PD-O2).

use super::prose::Prose;
use super::{Check, Described, Look};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::english::{Classes, key};
use crate::model::Outcome;

/// P422.
pub const CHECK: Check = Check { code: &codes::OUTCOME_IS_ACTIVITY, run: Look::Outcome(check) };

/// Looks for words of effort around the verb.
fn check(_: &Described<'_, '_>, _: &Outcome, outcome: &Prose<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !outcome.classes.any(Classes::EFFORT) {
        return;
    }
    let Some(at) = effort(outcome) else { return };
    let word = outcome.slice(at..at + 1);
    diagnostics.push(
        Diagnostic::new(
            &codes::OUTCOME_IS_ACTIVITY,
            outcome.place(at..at + 1),
            format!("the outcome {} tells of work instead of its result", outcome.quoted()),
        )
        .label(format!("`{word}` tells of work"))
        .help("say what is there, what has changed or what holds once the work is done"),
    );
}

/// Behind the verb: `Keys are being rotated`, `Work on keys is under way`.
const STATES: [&str; 3] = ["being", "ongoing", "underway"];

/// Verbs of effort, some of which are nouns too.
const VERBS: [&str; 10] =
    ["strives", "strive", "attempts", "attempt", "tries", "try", "endeavours", "endeavour", "endeavors", "endeavor"];

/// What is made, and how: `Efforts are made`.
const NOUNS: [(&str, &[&str]); 7] = [
    ("effort", MADE),
    ("efforts", MADE),
    ("attempt", MADE),
    ("attempts", MADE),
    ("attention", &["paid", "given"]),
    ("care", &["taken"]),
    ("progress", &["made"]),
];

const MADE: &[&str] = &["made", "undertaken", "taken", "directed", "spent", "put"];

/// The word that tells of effort.
fn effort(outcome: &Prose<'_>) -> Option<usize> {
    let verb = outcome.verb?;
    let is = |at: usize, words: &[&str]| words.iter().any(|word| outcome.is_word(at, key(word)));
    if is(verb + 1, &STATES) {
        return Some(verb + 1);
    }
    // `attempts to solve`, `strive for`; `Logon attempts lead to …` has another verb.
    let next = (verb + 1..outcome.words.len()).find(|at| !outcome.words.get(*at).is_some_and(|word| word.is_adverb()));
    // `tries hard to`: adverbs do not all look like one.
    if is(verb, &VERBS) && next.is_some_and(|next| is(next, &["to", "for"]) || is(next + 1, &["to"])) {
        return Some(verb);
    }
    let before = verb.checked_sub(1)?;
    (0..=before).find(|at| {
        let begins = *at == 0 || *at == before || outcome.is(*at - 1, Classes::DETERMINER);
        begins && NOUNS.iter().any(|(noun, made)| is(*at, &[noun]) && is(verb + 1, made))
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::english;

    /// The class decides which outcomes are looked at, so it has to have every word of the rules, and no other.
    #[test]
    fn the_class_and_the_rules_have_the_same_words() {
        let words: BTreeSet<&str> = STATES.into_iter().chain(VERBS).chain(NOUNS.map(|(noun, _)| noun)).collect();
        for word in &words {
            assert!(english::classes(key(word)).any(Classes::EFFORT), "{word}");
        }
        assert_eq!(english::count(Classes::EFFORT), words.len());
    }
}
