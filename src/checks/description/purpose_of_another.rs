//! Finds purposes that name another title than their process has (PD-P3).

use super::prose::{Prose, hash_of, is_same, quote, uncapitalized};
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
    let other =
        purpose.words.get(opening.name.clone()).and_then(|words| described.survey.process_named(hash_of(words)));
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
