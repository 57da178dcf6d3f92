//! Finds definitions that begin with a capital letter or end in a full stop (ISO/IEC Directives, Part 2). A hint only.

use super::definitions::own;
use super::prose::quote;
use super::survey::Survey;
use super::{Check, Look};
use crate::checks::Context;
use crate::codes;
use crate::diagnostic::Diagnostic;

/// P457.
pub const CHECK: Check = Check { code: &codes::DEFINITION_FORM, run: Look::Package(check) };

fn check(context: &Context<'_>, _: &Survey, diagnostics: &mut Vec<Diagnostic>) {
    for term in own(context) {
        let text = context.sources.text(term.text);
        let text = text.trim();
        let mut letters = text.chars();
        let is_capital =
            letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase);
        let has_stop = text.ends_with('.') && !text.ends_with("etc.");
        let what = match (is_capital, has_stop) {
            (true, true) => "begins with a capital letter and ends in a full stop",
            (true, false) => "begins with a capital letter",
            (false, true) => "ends in a full stop",
            (false, false) => continue,
        };
        let name = quote(&context.sources.text(term.term));
        diagnostics.push(
            Diagnostic::new(&codes::DEFINITION_FORM, term.text, format!("the definition of {name} {what}"))
                .label("no sentence, but words that could stand for the term")
                .help("begin with a small letter, unless it is a name, and leave the full stop out"),
        );
    }
}
