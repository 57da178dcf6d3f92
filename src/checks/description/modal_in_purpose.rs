//! Finds requirement words in purposes (PD-P9).

use super::prose::{Prose, is_modal};
use super::{Check, Described, Look};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::english::{self, Classes, Key, key, keys};

/// P418.
pub const CHECK: Check = Check { code: &codes::MODAL_IN_PURPOSE, run: Look::Purpose(check) };

/// Looks for `shall` and its like.
fn check(_: &Described<'_, '_>, purpose: &Prose<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !purpose.classes.any(Classes::STRONG_MODAL) {
        return;
    }
    let Some(at) = modal(purpose) else { return };
    let word = purpose.slice(at..at + 1);
    diagnostics.push(
        Diagnostic::new(
            &codes::MODAL_IN_PURPOSE,
            purpose.place(at..at + 1),
            format!("the purpose has the requirement word `{word}`"),
        )
        .label("belongs to requirements")
        .help(
            "a purpose tells what is reached, and leaves it to requirements to ask for it: say it in the present tense",
        ),
    );
}

/// The first word that asks for something, as in `to say what shall be done`; but `records that must be kept` only
/// describes records.
fn modal(purpose: &Prose<'_>) -> Option<usize> {
    let mut is_described = false;
    (0..purpose.words.len()).find(|at| {
        if english::opens(purpose.words, *at) {
            let is = |words: &[Key]| purpose.is_one(*at, words);
            let is_behind_verb = purpose.is_after(*at, Classes::BASE.and(Classes::GERUND))
                && !purpose.is_after(*at, Classes::PREPOSITION)
                && !is_object(purpose, *at - 1);
            let is_content = is(const { &keys(["what", "how", "whether", "why"]) })
                || is_behind_verb && is(const { &keys(["that", "which", "who", "whom", "whose", "when", "where"]) });
            is_described = !is_content;
        }
        let is_aside = purpose.words.get(*at).is_some_and(|word| word.marks.any(super::prose::Marks::ASIDE));
        !is_described && !is_aside && purpose.is(*at, Classes::STRONG_MODAL) && is_modal(purpose.words, *at)
    })
}

/// Whether a word that may be a verb is a noun: `the records of work that must …`.
fn is_object(purpose: &Prose<'_>, at: usize) -> bool {
    let is_infinitive = at > 0 && purpose.is_word(at - 1, const { key("to") });
    purpose.is_after(at, Classes::DETERMINER.and(Classes::PREPOSITION)) && !is_infinitive
}
