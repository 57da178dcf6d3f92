//! Finds definitions that use the term which they define.

use super::definitions::own;
use super::prose::quote;
use super::survey::Survey;
use super::{Check, Look};
use crate::checks::Context;
use crate::codes;
use crate::diagnostic::Diagnostic;

/// P455.
pub const CHECK: Check = Check { code: &codes::CIRCULAR_DEFINITION, run: Look::Package(check) };

fn check(context: &Context<'_>, _: &Survey, diagnostics: &mut Vec<Diagnostic>) {
    for term in own(context) {
        // Of a term that lacks its definition, there is only the term.
        if term.text == term.term {
            continue;
        }
        let definition = context.sources.text(term.text).to_lowercase();
        let name = quote(&context.sources.text(term.term));
        if !holds_words(&definition, context.sources.text(term.term).to_lowercase().trim()) {
            continue;
        }
        diagnostics.push(
            Diagnostic::new(&codes::CIRCULAR_DEFINITION, term.text, format!("the definition of {name} uses the term"))
                .label("says what it is by itself")
                .also(term.term, "the term")
                .help("say what it is in other words: whoever does not know the term learns nothing from it"),
        );
    }
}

/// Whether a text holds some words, and not as parts of others.
fn holds_words(text: &str, words: &str) -> bool {
    let is_inside = |character: Option<char>| character.is_some_and(|it| it.is_alphanumeric() || it == '-');
    !words.is_empty()
        && text.match_indices(words).any(|(at, _)| {
            let (before, behind) = (text.get(..at), text.get(at + words.len()..));
            !is_inside(before.and_then(|text| text.chars().next_back()))
                && !is_inside(behind.and_then(|text| text.chars().next()))
        })
}
