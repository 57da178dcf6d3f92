//! The statement as comma-separated values (RFC 4180).

use super::row::rows;
use super::table::columns;
use crate::document::Inline;
use crate::emit::page::Page;
use crate::emit::report::harmless;

/// One table for all catalogs; the first column names the catalog.
pub fn csv(page: &Page<'_>) -> String {
    let columns = columns(page);
    let mut writer = csv::Writer::from_writer(Vec::new());
    let titles = columns.iter().map(|column| harmless(column.title.shown()));
    // Writing to memory cannot fail.
    let _ = writer.write_record(std::iter::once("Catalog".to_owned()).chain(titles));
    for coverage in &page.input.coverage.catalogs {
        for row in rows(page, coverage) {
            let cells = columns.iter().map(|column| harmless(&lines(&column.cell(page, &row))));
            let catalog = harmless(page.catalog_id(coverage.catalog));
            let _ = writer.write_record(std::iter::once(catalog).chain(cells));
        }
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// The lines of a cell as a reader sees them.
pub fn lines(cell: &[Inline]) -> String {
    cell.iter().map(Inline::shown).collect::<Vec<_>>().join("\n")
}
