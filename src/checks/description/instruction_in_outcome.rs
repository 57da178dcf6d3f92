//! Finds outcomes that instruct instead of stating a result (PD-O8).

use super::prose::{Prose, capitalized, quote};
use super::{Check, Described, Look};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::english::{self, key};
use crate::model::Outcome;

/// P429.
pub const CHECK: Check = Check { code: &codes::INSTRUCTION_IN_OUTCOME, run: Look::Outcome(check) };

/// Looks for a verb in the imperative at the start, and for `It is ensured that`.
fn check(_: &Described<'_, '_>, _: &Outcome, outcome: &Prose<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let empty_words = ensured(outcome);
    if empty_words == 0 && !outcome.is_imperative() {
        return;
    }
    let (message, label) = if empty_words > 0 {
        ("hides its result behind empty words", "says nothing")
    } else {
        ("is an instruction", "tells somebody to act")
    };
    let help = match result(outcome, empty_words) {
        Some(result) => format!("state the result itself: {}", quote(&result)),
        None => "state the result itself, as in `Keys are rotated.`".to_owned(),
    };
    diagnostics.push(
        Diagnostic::new(
            &codes::INSTRUCTION_IN_OUTCOME,
            outcome.place(0..empty_words.max(1)),
            format!("the outcome {} {message}", outcome.quoted()),
        )
        .label(label)
        .help(help),
    );
}

/// The number of words in `It is ensured that` and the like.
fn ensured(outcome: &Prose<'_>) -> usize {
    if !outcome.has(0, &const { [key("it"), key("is")] }) {
        return 0;
    }
    let is = |at: usize, words: &[&str]| words.iter().any(|word| outcome.is_word(at, key(word)));
    let verb = if outcome.has(2, &const { [key("made"), key("sure")] }) { 3 } else { 2 };
    let is_empty = verb == 3 || is(2, &["ensured", "assured", "guaranteed", "secured"]);
    if is_empty && is(verb + 1, &["that"]) { verb + 2 } else { 0 }
}

/// What is left without the instruction: `Ensure that backups are restorable.` → `Backups are restorable.`
fn result(outcome: &Prose<'_>, empty_words: usize) -> Option<String> {
    if empty_words > 0 {
        return Some(capitalized(outcome.after(empty_words)));
    }
    if outcome.is_word(1, const { key("that") }) && outcome.words.len() > 3 {
        return Some(capitalized(outcome.after(2)));
    }
    let (first, object) = outcome.words.split_first()?;
    if !(1..4).contains(&object.len()) || !object.iter().all(super::prose::Word::is_content) {
        return None;
    }
    let is = if object.last()?.is_plural() { "are" } else { "is" };
    let participle = english::verb(first.key)?.participle;
    Some(format!("{} {is} {participle}.", capitalized(outcome.slice(1..outcome.words.len()))))
}
