//! Finds definitions that state a requirement (ISO/IEC Directives, Part 2).

use super::definitions::own;
use super::prose::{Cutter, is_modal, quote};
use super::survey::Survey;
use super::{Check, Look};
use crate::checks::Context;
use crate::codes;
use crate::diagnostic::Diagnostic;

/// P456.
pub const CHECK: Check = Check { code: &codes::DEMANDING_DEFINITION, run: Look::Package(check) };

fn check(context: &Context<'_>, _: &Survey, diagnostics: &mut Vec<Diagnostic>) {
    let mut cutter = Cutter::default();
    for term in own(context) {
        cutter.clear();
        let text = cutter.cut(context.sources, term.text);
        let text = cutter.prose(text);
        // "Must" may tell of what is meant: what the law says that must be done.
        let is_demand = |at: usize| matches!(text.slice(at..at + 1).to_lowercase().as_str(), "shall" | "should");
        let asks = |at: &usize| is_demand(*at) && is_modal(text.words, *at);
        let Some(at) = (0..text.words.len()).find(asks) else { continue };
        let (name, word) = (quote(&context.sources.text(term.term)), text.slice(at..at + 1));
        diagnostics.push(
            Diagnostic::new(
                &codes::DEMANDING_DEFINITION,
                text.place(at..at + 1),
                format!("the definition of {name} states a requirement with `{word}`"),
            )
            .label("a definition only says what is meant")
            .help("say what the term means; what has to be done belongs in an outcome, a practice or a requirement"),
        );
    }
}
