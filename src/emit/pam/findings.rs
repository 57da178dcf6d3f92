//! What is still open: requirements that are not covered, and errors.

use crate::coverage::{CatalogCoverage, Status};
use crate::diagnostic::Severity;
use crate::document::{Document, Inline};
use crate::emit::markdown::{REQUIREMENTS, notes_on, requirement_row, summary};
use crate::emit::page::{Page, requirement_key};
use crate::emit::remark::Notes;
use crate::emit::report::place;

/// A section for each catalog that the model covers: the counts, and what is not covered, or in part only.
pub(super) fn gaps(page: &Page<'_>, document: &mut Document) {
    for coverage in &page.input.coverage.catalogs {
        catalog(page, document, coverage);
    }
}

fn catalog(page: &Page<'_>, document: &mut Document, coverage: &CatalogCoverage) {
    let is_open = |status| matches!(status, Status::Uncovered | Status::Partial);
    let open = coverage.requirements.iter().copied().filter(|row| is_open(page.input.coverage.status(*row)));
    let open: Vec<_> = open.collect();
    let keys: Vec<_> = open.iter().map(|row| requirement_key(page.input.program, *row)).collect();
    let catalog = page.input.program.catalog(coverage.catalog);
    let title = page.titled(page.name(catalog.id), catalog.title);
    document.section(keys, Inline::plain("Coverage of").then(" ").and(&title));
    document.paragraph(Inline::plain(&summary(&coverage.summary)));
    if !open.is_empty() {
        document.paragraph(Inline::plain(
            "The outcomes do not meet these requirements, or in part only; no practice can make up for that.",
        ));
    }
    let rows = open.iter().map(|row| requirement_row(page, *row));
    document.table(&format!("Open requirements of {}", page.name(catalog.id)), &REQUIREMENTS, rows);
    let mut notes = Notes::new(page);
    open.iter().for_each(|row| notes_on(page, &mut notes, *row));
    notes.print(document);
}

/// The errors that remain, each with its place.
pub(super) fn errors(page: &Page<'_>, document: &mut Document) {
    let errors = page.input.diagnostics.iter().filter(|found| found.severity == Severity::Error);
    let rows: Vec<Vec<Inline>> = errors
        .map(|found| {
            let place = place(&page.input, found.primary.span);
            vec![Inline::plain(found.code.code), Inline::plain(&found.message), Inline::plain(&place)]
        })
        .collect();
    if !rows.is_empty() {
        document.paragraph(Inline::plain("The authors have to mend these errors before the model can conform."));
        document.table("Errors in the model", &["Code", "Error", "Where"], rows);
    }
}
