//! The resolved model as JSON, and the JSON Schema that describes it.
//!
//! Rows are made one at a time while they are written, so that a large model needs no second copy of itself.

mod catalogs;
mod each;
mod elements;
mod framework;
mod head;
mod pretty;
mod proof;
mod reader;
mod review;
pub(super) mod rows;

use std::io;

use super::{Input, order};
use crate::coverage::{CatalogCoverage, Status};
use crate::review::Review;
use each::Each;
pub use pretty::pretty;
use reader::Reader;
use rows::Document;

/// The version of the shape of the output, and the id of its schema. It changes when a reader would have to.
pub const SCHEMA: &str = "https://prm-lang.org/schema/model-1.json";

/// Writes the model of the package asked for.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write(input: &Input<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    write_read(Reader::new(*input), out)
}

/// Writes the model with drafts for the practices of processes that have none.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write_pam(input: &Input<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    write_read(Reader { with_drafts: true, ..Reader::new(*input) }, out)
}

fn write_read(read: Reader<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    pretty(&document(read), out)
}

/// Writes the list `coverage` alone, with the requirements whose status is kept.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write_coverage(input: &Input<'_>, keeps: impl Fn(Status) -> bool, out: &mut dyn io::Write) -> io::Result<()> {
    let read = Reader::new(*input);
    let kept: Vec<CatalogCoverage> = proof::judged(read)
        .map(|catalog| {
            let requirements = catalog.requirements.iter().copied().filter(|id| keeps(input.coverage.status(*id)));
            CatalogCoverage { requirements: requirements.collect(), ..catalog.clone() }
        })
        .collect();
    let rows: Vec<_> = kept.iter().map(|catalog| proof::with_notices(read, catalog)).collect();
    pretty(&rows, out)
}

/// Writes what became of the judgements of the model's links.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write_review(input: &Input<'_>, review: &Review, out: &mut dyn io::Write) -> io::Result<()> {
    pretty(&review::document(Reader::new(*input), review), out)
}

/// The JSON Schema (draft 2020-12) of what [`write()`] writes.
#[cfg(feature = "schema")]
pub fn schema() -> String {
    crate::emit::schema::of::<Document<'static>>(SCHEMA)
}

/// The whole output; its lists are made when they are written.
fn document(read: Reader<'_>) -> Document<'_> {
    let model = read.model();
    Document {
        schema: SCHEMA,
        model: head::row(read),
        groups: Each::new(move || {
            order::groups(&read.input).into_iter().map(move |group| elements::group(read, group))
        }),
        processes: Each::new(move || {
            order::processes(&read.input).into_iter().map(move |process| elements::process(read, process))
        }),
        items: Each::new(move || model.items.iter().map(move |item| elements::item(read, item))),
        terms: Each::new(move || model.terms.iter().map(move |term| elements::term(read, term))),
        references: Each::new(move || model.references.iter().map(move |cited| elements::reference(read, cited))),
        annexes: Each::new(move || model.annexes.iter().map(move |annex| elements::annex(read, annex))),
        notices: Each::new(move || head::notices(read).into_iter()),
        catalogs: Each::new(move || {
            order::catalogs(&read.input).into_iter().map(move |id| catalogs::catalog(read, id))
        }),
        crosswalks: Each::new(move || {
            order::crosswalks(&read.input).into_iter().map(move |id| catalogs::crosswalk(read, id))
        }),
        framework: framework::row(read),
        coverage: Each::new(move || proof::judged(read).map(move |catalog| proof::catalog(read, catalog))),
        applications: Each::new(move || read.applications().iter().map(move |row| head::application(read, row))),
        declared_fields: Each::new(move || {
            read.fields_declared().iter().map(move |row| head::declared_field(read, row))
        }),
        allows: Each::new(move || read.input.allows.iter().map(move |row| head::allow(read, row))),
        notes: read.inner_notes(read.program().root().map_or(&[], |package| &package.notes)).collect(),
        judgements: read.input.review.map(rows::judgements::judgements),
        diagnostics: Each::new(move || read.input.diagnostics.iter().map(move |found| read.diagnostic(found))),
    }
}
