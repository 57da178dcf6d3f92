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
    document.heading(2, Vec::new(), Inline::plain(page.words.findings));
    let words = page.words;
    let severity = |severity: Severity| match severity {
        Severity::Error => words.error,
        Severity::Warning => words.warning,
        Severity::Hint | Severity::Off => words.hint,
    };
    let found = page.input.diagnostics.iter().filter(|found| found.severity != Severity::Hint);
    let rows: Vec<Vec<Inline>> = found
        .map(|found| {
            let place = place(&page.input, found.primary.span);
            [found.code.code, severity(found.severity), &found.message, &place].map(Inline::plain).into()
        })
        .collect();
    if rows.is_empty() {
        document.paragraph(Inline::plain(words.findings_nothing));
    }
    let head = [words.code, words.severity, words.found, words.where_head];
    document.told_table(words.told_findings, words.findings_caption, &head, rows);
}
