//! The statement as comma-separated values.

use std::borrow::Cow;

use super::row::rows;
use super::table::columns;
use crate::document::Inline;
use crate::emit::csv::push;
use crate::emit::page::Page;

/// One table for all catalogs; the first column names the catalog.
pub fn csv(page: &Page<'_>) -> String {
    let columns = columns(page);
    let mut table = String::new();
    push(&mut table, std::iter::once("Catalog").chain(columns.iter().map(|column| column.title.shown())));
    for coverage in page.input.catalogs() {
        for row in rows(page, coverage) {
            let cells = columns.iter().map(|column| Cow::Owned(lines(&column.cell(page, &row))));
            push(&mut table, std::iter::once(Cow::Borrowed(page.catalog_id(coverage.catalog))).chain(cells));
        }
    }
    table
}

/// The lines of a cell as a reader sees them, links with their addresses.
pub fn lines(cell: &[Inline]) -> String {
    cell.iter().map(Inline::with_addresses).collect::<Vec<_>>().join("\n")
}
