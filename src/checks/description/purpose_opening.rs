//! Finds purposes that do not open in the usual way: `The purpose of the … process is to …` (PD-P2).

use std::ops::Range;

use super::prose::{Prose, uncapitalized};
use super::{Check, Described, Look};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::english::{Classes, key};

/// How a purpose opens.
pub struct Opening {
    /// The words that name the process, without article and `process`.
    pub name: Range<usize>,
    /// The position of the first word of the goal: the verb behind `is to`.
    pub goal: usize,
}

/// P411.
pub const CHECK: Check = Check { code: &codes::PURPOSE_OPENING, run: Look::Purpose(check) };

/// Looks for the usual opening.
fn check(described: &Described<'_, '_>, purpose: &Prose<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if described.goal().is_some() {
        return;
    }
    let title = uncapitalized(described.name());
    diagnostics.push(
        Diagnostic::new(
            &codes::PURPOSE_OPENING,
            purpose.place(0..purpose.words.len().min(4)),
            "the purpose does not open in the usual way",
        )
        .label("expected `The purpose of …`")
        .help(format!("begin with `The purpose of the {title} process is to`, and say what it is good for")),
    );
}

/// Reads the opening of a purpose.
pub fn read(purpose: Prose<'_>) -> Option<Opening> {
    if !purpose.has(0, &const { [key("the"), key("purpose"), key("of")] }) {
        return None;
    }
    // `… of managing what is held is to …`
    let [is, to] = const { [key("is"), key("to")] };
    // `is both to …`, `is only to …`
    let with_word = |at: usize| {
        let between = purpose.words.get(at + 1);
        between.is_some_and(|word| word.is_adverb() || word.key == const { key("both") }) && purpose.is_word(at + 2, to)
    };
    let leads = |at: &usize| purpose.is_word(*at, is) && (purpose.is_word(*at + 1, to) || with_word(*at));
    let is = (3..purpose.words.len()).find(leads)?;
    let goal = if purpose.is_word(is + 1, to) { is + 2 } else { is + 3 };
    if goal >= purpose.words.len() {
        return None;
    }
    let start = if purpose.is_word(3, const { key("the") }) { 4 } else { 3 };
    // A title may itself end in `process`, or be nothing but that.
    let end = if is > start + 1 && purpose.is(is - 1, Classes::PROCESS) { is - 1 } else { is };
    (start < end && !is_pronoun(&purpose, start..end)).then_some(Opening { name: start..end, goal })
}

/// `this process` names nothing.
fn is_pronoun(purpose: &Prose<'_>, name: Range<usize>) -> bool {
    name.len() == 1 && ["this", "process"].iter().any(|word| purpose.is_word(name.start, key(word)))
}
