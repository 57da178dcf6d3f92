//! What checks have found, for those who still work on a model.

use crate::diagnostic::Severity;
use crate::document::{Document, Inline};
use crate::emit::page::Page;
use crate::emit::report::place;

/// All findings, each with its place, behind all else; none where they are not asked for.
pub(in crate::emit) fn findings(page: &Page<'_>, document: &mut Document) {
    if !page.telling.draft {
        return;
    }
    document.heading(2, Vec::new(), Inline::plain("Findings"));
    let found = page.input.diagnostics.iter().filter(|found| found.severity != Severity::Hint);
    let rows: Vec<Vec<Inline>> = found
        .map(|found| {
            let place = place(&page.input, found.primary.span);
            [found.code.code, found.severity.word(), &found.message, &place].map(Inline::plain).into()
        })
        .collect();
    if rows.is_empty() {
        document.paragraph(Inline::plain("The checks have found nothing."));
    }
    let head = ["Code", "Severity", "What was found", "Where"];
    document.told_table("lists what the checks have found", "Findings of the checks", &head, rows);
}
