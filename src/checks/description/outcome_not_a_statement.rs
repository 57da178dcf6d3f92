//! Finds outcomes that are no sentence in the present tense (PD-O1).

use super::prose::{Prose, is_or_are, propose};
use super::{Check, Described, Look};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::english::{self, Classes};
use crate::model::Outcome;

/// P421.
pub const CHECK: Check = Check { code: &codes::OUTCOME_NOT_A_STATEMENT, run: Look::Outcome(check) };

/// Looks for a verb in the present tense.
fn check(_: &Described<'_, '_>, _: &Outcome, outcome: &Prose<'_>, diagnostics: &mut Vec<Diagnostic>) {
    // An instruction has a check of its own.
    let past = outcome.verb.filter(|verb| outcome.is(*verb, Classes::WAS));
    if past.is_none() && (outcome.verb.is_some() || outcome.is_imperative()) {
        return;
    }
    let (place, message, label, help) = match past {
        Some(at) => (
            outcome.place(at..at + 1),
            "is in the past tense",
            "expected the present tense",
            match in_present(outcome, at) {
                Some(statement) => format!("say what is true once the process works: {}", propose(&statement)),
                None => "say what is true once the process works, as in `Keys are rotated.`".to_owned(),
            },
        ),
        None => (
            outcome.span,
            "is not a sentence in the present tense",
            "expected something that is true or not",
            match statement(outcome) {
                Some(statement) => format!("say what is so once the process works, such as {}", propose(&statement)),
                None => "say what is so once the process works, as in `Keys are rotated.`".to_owned(),
            },
        ),
    };
    diagnostics.push(
        Diagnostic::new(&codes::OUTCOME_NOT_A_STATEMENT, place, format!("the outcome {} {message}", outcome.quoted()))
            .label(label)
            .help(help),
    );
}

/// `Keys were rotated.` → `Keys are rotated.`
fn in_present(outcome: &Prose<'_>, at: usize) -> Option<String> {
    if (at + 1..outcome.words.len()).any(|at| outcome.is(at, Classes::WAS)) {
        return None;
    }
    let is = match () {
        () if outcome.is_word(at, const { english::key("were") }) => "are",
        () if outcome.is_word(at, const { english::key("was") }) => "is",
        () => return None,
    };
    Some(super::prose::capitalized(&format!("{} {is}{}", outcome.before(at), outcome.rest(at))))
}

/// `Rotation of keys.` → `Keys are …`.
fn statement(outcome: &Prose<'_>) -> Option<String> {
    const NOUN_ENDINGS: [&[u8]; 3] = [b"tion", b"sion", b"ment"];
    let is_deed = outcome.words.first().is_some_and(|first| NOUN_ENDINGS.iter().any(|ending| first.ends_with(ending)));
    if !is_deed || !outcome.is_word(1, const { english::key("of") }) {
        return None;
    }
    let object = outcome.words.get(2..).filter(|object| (1..4).contains(&object.len()))?;
    if !object.iter().all(|word| word.is_content() && !word.is_adverb()) {
        return None;
    }
    let object_text = outcome.sentence(2..outcome.words.len())?;
    Some(format!("{} {} …", object_text.trim_end_matches('.'), is_or_are(object)?))
}
