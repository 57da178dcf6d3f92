//! Finds purposes that name another title than their process has (PD-P3).

use super::prose::{Prose, Word, hash_of, is_same, quote, uncapitalized};
use super::survey::Naming;
use super::{Check, Described, Look};
use crate::codes;
use crate::diagnostic::Diagnostic;

/// P412.
pub const CHECK: Check = Check { code: &codes::PURPOSE_OF_ANOTHER, run: Look::Purpose(check) };

/// Compares the name in the purpose with the title.
fn check(described: &Described<'_, '_>, purpose: &Prose<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let (Some(opening), Some(title)) = (&described.texts.opening, described.title()) else { return };
    let name = purpose.slice(opening.name.clone());
    if is_same(name, described.name()) || is_same(name, title.text) {
        return;
    }
    let words = purpose.words.get(opening.name.clone()).unwrap_or_default();
    let other = described.survey.process_named(hash_of(words));
    // "The incident management process" is short for information security incident management, if nothing else is called so.
    let is_short = is_part(words, title.words) || is_part(title.words, words) || are_initials(title.text, name);
    if is_short && !matches!(other, Some((_, Naming::Title))) {
        return;
    }
    let mut diagnostic = Diagnostic::new(
        &codes::PURPOSE_OF_ANOTHER,
        purpose.place(opening.name.clone()),
        format!("the purpose of {} speaks of {}", title.quoted(), quote(name)),
    )
    .label("expected the title of the process")
    .help(format!("write `The purpose of the {} process is to …`", uncapitalized(described.name())));
    if let Some((index, Naming::Title)) = other
        && let Some(process) = described.context.package().model.processes.get(index as usize)
    {
        diagnostic = diagnostic.also(process.title, "this process has that title");
    }
    diagnostics.push(diagnostic);
}

/// Whether all words of one stand in another, in their order.
fn is_part(one: &[Word], other: &[Word]) -> bool {
    let mut rest = other.iter();
    !one.is_empty() && one.iter().all(|word| rest.any(|other| other.key == word.key))
}

/// Whether a title is made of the first letters of a name: "HR".
fn are_initials(title: &str, name: &str) -> bool {
    let initials = name.split_whitespace().filter_map(|word| word.chars().next()).flat_map(char::to_uppercase);
    title.chars().count() > 1 && title.chars().eq(initials)
}
