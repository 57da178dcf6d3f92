//! Finds outcomes that instruct instead of stating a result (PD-O8).

use super::prose::{Prose, Word, capitalized, is_or_are, propose};
use super::{Check, Described, Look};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::english::{self, Classes, key};
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
        Some(result) => format!("state the result itself: {}", propose(&result)),
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
    let is = |at: usize, word: &str| outcome.is_word(at, key(word));
    let verb = if is(0, "make") && is(1, "sure") { 2 } else { 1 };
    let from = match () {
        () if empty_words > 0 => empty_words,
        () if is(verb, "that") => verb + 1,
        () => verb,
    };
    let is_content = from > 1 || ["ensure", "assure", "guarantee", "confirm"].iter().any(|word| is(0, word));
    let is_statement = |words: &[Word]| english::sure_statement(words).is_some();
    if is_content && outcome.words.get(from..).is_some_and(is_statement) {
        return outcome.sentence(from..outcome.words.len());
    }
    let (first, object) = outcome.words.split_first()?;
    if !is_object(object) {
        return None;
    }
    let (is, participle) = (is_or_are(object)?, english::verb(first.key)?.participle);
    let object = outcome.sentence(1..outcome.words.len())?;
    Some(format!("{} {is} {participle}.", capitalized(object.trim_end_matches('.'))))
}

/// Whether some words are a noun with what belongs to it, and no more: `Keep records safe` has a word that does not.
fn is_object(words: &[Word]) -> bool {
    let is_article = words.first().is_some_and(|first| first.is(Classes::DETERMINER));
    let last = words.len().saturating_sub(1);
    let of = words.iter().position(|word| word.key == const { key("of") });
    let is_part = |(at, word): (usize, &Word)| {
        let is_noun = word.is_content()
            && !word.is_adverb()
            && !word.is_participle()
            && !word.is(Classes::PURE)
            && !word.marks.any(super::prose::Marks::COMMA);
        // A plural ends a noun; what stands behind it says how.
        let is_end =
            at == last || of == Some(at + 1) || words.get(at + 1).is_some_and(|next| next.is(Classes::CONJUNCTION));
        let is_joint = at > 0 && at < last && word.key == const { key("and") };
        is_noun && (is_end || !word.is_plural()) || is_joint || of == Some(at) || word.is(Classes::DETERMINER)
    };
    (1..8).contains(&words.len())
        && words.iter().enumerate().all(is_part)
        && (is_article || words.len() == 1 || words.last().is_some_and(Word::is_plural))
}
