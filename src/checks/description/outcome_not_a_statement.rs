//! Finds outcomes that are no sentence in the present tense (PD-O1).

use super::prose::{Prose, quote, uncapitalized};
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
    if outcome.verb.is_some() || outcome.is_imperative() {
        return;
    }
    let past = (1..outcome.words.len()).find(|at| outcome.is(*at, Classes::WAS));
    let (place, message, label, help) = match past {
        Some(at) => (
            outcome.place(at..at + 1),
            "is in the past tense",
            "expected the present tense",
            format!("say what is true once the process works: {}", quote(&in_present(outcome, at))),
        ),
        None => (
            outcome.span,
            "is not a sentence in the present tense",
            "expected something that is true or not",
            match statement(outcome) {
                Some(statement) => format!("say what is so once the process works, such as {}", quote(&statement)),
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
fn in_present(outcome: &Prose<'_>, at: usize) -> String {
    let is = if outcome.is_word(at, const { english::key("were") }) { "are" } else { "is" };
    format!("{} {is} {}", outcome.before(at), outcome.after(at + 1))
}

/// `Rotation of keys.` → `Keys are … .`; `Review keys.` → `Keys are reviewed.`
fn statement(outcome: &Prose<'_>) -> Option<String> {
    let object = |from: usize| {
        let words = outcome.words.get(from..)?;
        let is_short = (1..4).contains(&words.len()) && words.iter().all(|word| word.is_content());
        let is = if words.last()?.is_plural() { "are" } else { "is" };
        is_short.then(|| (super::prose::capitalized(outcome.slice(from..outcome.words.len())), is))
    };
    if outcome.is_word(1, const { english::key("of") }) {
        let (object, is) = object(2)?;
        return Some(format!("{object} {is} …"));
    }
    let first = outcome.words.first().filter(|first| first.is(Classes::BASE))?;
    let (object, is) = object(1)?;
    Some(format!("{object} {is} {}.", uncapitalized(english::verb(first.key)?.participle)))
}
