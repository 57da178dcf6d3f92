//! Finds definitions that begin with an article (ISO/IEC Directives, Part 2: a definition could stand for its term).

use super::definitions::own;
use super::prose::quote;
use super::survey::Survey;
use super::{Check, Look};
use crate::checks::Context;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::span::{Span, narrow};

/// P454.
pub const CHECK: Check = Check { code: &codes::DEFINITION_OPENING, run: Look::Package(check) };

fn check(context: &Context<'_>, _: &Survey, diagnostics: &mut Vec<Diagnostic>) {
    for term in own(context) {
        let text = context.sources.text(term.text);
        let word = text.trim_start().split(char::is_whitespace).next().unwrap_or_default();
        if !["a", "an", "the"].iter().any(|article| word.eq_ignore_ascii_case(article)) {
            continue;
        }
        // The word itself, where it stands right behind the quote.
        let literal = term.text;
        let place = Span { start: literal.start + 1, end: literal.start + 1 + narrow(word.len()), ..literal };
        let place = if context.sources.slice(place) == word { place } else { literal };
        let name = quote(&context.sources.text(term.term));
        diagnostics.push(
            Diagnostic::new(
                &codes::DEFINITION_OPENING,
                place,
                format!("the definition of {name} begins with `{word}`"),
            )
            .label("expected no article")
            .help("a definition could stand for its term in a sentence: begin with what it is"),
        );
    }
}
