//! Finds practices whose force is expressed by another word than shall, should or may (PD-A5).

use super::prose::{Prose, is_modal, quote};
use super::{Check, Described, Look, PracticeProse};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::english::{Classes, key};

/// P443.
pub const CHECK: Check = Check { code: &codes::UNCLEAR_FORCE, run: Look::Practice(check) };

/// Looks for `must`, `might`, `can` and their like.
fn check(_: &Described<'_, '_>, practice: PracticeProse<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for text in [practice.name, Some(practice.text)].into_iter().flatten() {
        if !text.classes.any(super::prose::MODALS) {
            continue;
        }
        let Some(at) = (0..text.words.len()).find(|at| is_unclear(&text, *at)) else { continue };
        let word = text.slice(at..at + 1);
        let clear =
            if word.eq_ignore_ascii_case("must") || word.eq_ignore_ascii_case("will") { "shall" } else { "may" };
        let better = format!("{} {clear} {}", text.before(at), text.after(at + 1));
        diagnostics.push(
            Diagnostic::new(
                &codes::UNCLEAR_FORCE,
                text.place(at..at + 1),
                format!("`{word}` leaves open how binding the practice is"),
            )
            .label("expected `shall`, `should` or `may`")
            .help(format!("say what is meant, such as {}, or begin with the verb", quote(&better))),
        );
    }
}

/// What depends on another clause (`what must be kept`) gives the practice no force.
fn is_unclear(text: &Prose<'_>, at: usize) -> bool {
    let is_clear = ["shall", "should", "may"].iter().any(|word| text.is_word(at, key(word)));
    is_modal(text.words, at)
        && !is_clear
        && !text.has_subordinate(0..at)
        && !text.is_imperative()
        && !text.is(0, Classes::BASE)
}
