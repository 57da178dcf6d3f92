//! Finds information items whose title is a sentence (PD-N2).

use super::prose::{Cutter, Marks, Prose};
use super::survey::Survey;
use super::{Check, Look};
use crate::checks::Context;
use crate::codes;
use crate::diagnostic::{Diagnostic, SubjectKind};
use crate::english::Classes;

/// P452.
pub const CHECK: Check = Check { code: &codes::SENTENCE_AS_ITEM, run: Look::Package(check) };

/// Looks at the titles of the package's own items.
fn check(context: &Context<'_>, _: &Survey, diagnostics: &mut Vec<Diagnostic>) {
    let mut cutter = Cutter::default();
    for item in context.package().model.items.iter().filter(|item| context.is_own(item.origin)) {
        cutter.clear();
        let title = cutter.cut(context.sources, item.title);
        let title = cutter.prose(title);
        if is_sentence(&title) {
            diagnostics.push(
                Diagnostic::new(
                    &codes::SENTENCE_AS_ITEM,
                    title.span,
                    format!("the title {} of an information item is a sentence", title.quoted()),
                )
                .about(SubjectKind::Item, context.program.name(item.id))
                .label("expected the name of a thing")
                .help("name the document or record itself, as in `Key register`"),
            );
        }
    }
}

fn is_sentence(title: &Prose<'_>) -> bool {
    let has_verb = title.verb.is_some_and(|verb| title.is(verb, Classes::IS.and(Classes::HAVE)));
    let is_instruction = title.words.len() > 1 && title.is_imperative();
    has_verb || is_instruction || (title.marks.any(Marks::FINAL_STOP) && title.words.len() > 2)
}
