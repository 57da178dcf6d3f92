//! The statement of applicability (ISO/IEC 27001, 6.1.3 d): of each control of the covered catalogs, whether it
//! applies, why or why not, how far the model meets it, and by what.

mod csv;
mod document;
mod json;
mod row;
mod table;
#[cfg(feature = "xlsx")]
pub(super) mod xlsx;

use std::io;

use super::Input;
use super::page::Page;
use super::telling::Telling;
use crate::compile::Compilation;
use crate::diagnostic::Diagnostic;
use crate::document::{Document, markdown::markdown as print};
use crate::package::manifest::Options;
use crate::{checks, codes};

/// Every row of a statement is settled: what is met only in part is an error there, unless `[lints]` says otherwise.
pub fn ask(compilation: &Compilation, options: &Options, found: &mut Vec<Diagnostic>) {
    let Compilation { program, sources, coverage, manifest, .. } = compilation;
    let is_judged = manifest.lints.level(&codes::PARTIAL_REQUIREMENT).is_some();
    if !is_judged {
        checks::hold_to_statement(program, coverage, options.catalog.as_deref(), found);
    }
    found.extend(checks::for_statement(program, sources, coverage));
}

/// The statement as a document; empty for a package without a model.
pub fn markdown(input: &Input<'_>) -> String {
    document(input).map_or_else(String::new, |document| print(&document))
}

/// The same as a tree; `None` for a package without a model.
pub fn document(input: &Input<'_>) -> Option<Document> {
    document_told(input, Telling::default())
}

/// The same, and what it tells besides.
pub fn document_told(input: &Input<'_>, telling: impl Into<Telling>) -> Option<Document> {
    let mut page = Page::new(*input)?;
    page.telling = telling.into();
    Some(document::document(&page))
}

/// The statement as comma-separated values, a row for each control of any catalog.
pub fn csv(input: &Input<'_>) -> String {
    Page::new(*input).map_or_else(String::new, |page| csv::csv(&page.by_id()))
}

/// Writes the statement as JSON.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write_json(input: &Input<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    Page::new(*input).map_or(Ok(()), |page| json::write(&page, out))
}

/// The JSON Schema (draft 2020-12) of what [`write_json`] writes.
#[cfg(feature = "schema")]
pub fn schema() -> String {
    json::schema()
}

/// Writes the statement as an Excel workbook (ISO/IEC 29500): a summary, and a sheet for each catalog.
///
/// # Errors
/// Where `out` cannot be written, or a catalog has more rows than a sheet can hold.
#[cfg(feature = "xlsx")]
pub fn write_xlsx(input: &Input<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    Page::new(*input).map_or(Ok(()), |page| xlsx::write(&page.by_id(), out))
}
