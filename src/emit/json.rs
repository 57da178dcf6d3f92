//! The resolved model as JSON, and the JSON Schema that describes it.
//!
//! Rows are made one at a time while they are written, so that a large model needs no second copy of itself.

mod assessments;
mod catalogs;
mod each;
mod elements;
mod framework;
mod head;
pub(super) mod judgements;
mod print;
mod proof;
mod reader;
mod review;
pub(super) mod rows;
mod rules;

use std::io;

use serde::Serialize;

use super::notice::{Said, Told};
use super::{Input, order};
use crate::coverage::{CatalogCoverage, Status};
use crate::model::{AssessmentId, Model};
use crate::render::json::Diagnostic;
use crate::review::Review;
use each::Each;
pub use print::{Layout, print};
use reader::Reader;
use rows::NoteRow;

/// The version of the shape of the output, and the id of its schema. It changes when a reader would have to.
pub const SCHEMA: &str = "https://prm-lang.org/schema/model-1.json";

/// The same for a single assessment.
const ASSESSMENT_SCHEMA: &str = "https://prm-lang.org/schema/assessment-1.json";

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
    print(&document(read), Layout::of(&read.input), out)
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
    print(&rows, Layout::of(input), out)
}

/// Writes what became of the judgements of the model's links.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write_review(input: &Input<'_>, review: &Review, out: &mut dyn io::Write) -> io::Result<()> {
    print(&review::document(Reader::new(*input), review), Layout::of(input), out)
}

/// Writes an assessment: the one object that the list `assessments` has for it.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write_assessment(input: &Input<'_>, id: AssessmentId, told: &[Told], out: &mut dyn io::Write) -> io::Result<()> {
    let read = Reader::new(*input);
    let document = AssessmentDocument {
        schema: ASSESSMENT_SCHEMA,
        notices: told.iter().map(|told| told.said(input)).collect(),
        assessment: assessments::row(read, id),
    };
    print(&document, Layout::of(input), out)
}

/// The JSON Schema (draft 2020-12) of what [`write_assessment`] writes.
#[cfg(feature = "schema")]
pub fn assessment_schema() -> String {
    crate::emit::schema::of::<AssessmentDocument<'static>>(ASSESSMENT_SCHEMA)
}

/// An assessment: what was settled before, what was rated, and what came of it. What is absent is null; lists are never
/// absent.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(title = "prm assessment"))]
struct AssessmentDocument<'a> {
    /// The id of the schema that describes this document.
    schema: &'static str,
    /// What readers must be told of the texts in this document.
    notices: Vec<Said<'a>>,
    /// The assessment.
    assessment: assessments::AssessmentRow<'a>,
}

/// The JSON Schema (draft 2020-12) of what [`write()`] writes.
#[cfg(feature = "schema")]
pub fn schema() -> String {
    crate::emit::schema::of::<Document<'static>>(SCHEMA)
}

/// A resolved model: all that was written, and all that was concluded from it. What is absent is null; lists are never
/// absent. Texts are CommonMark in which `[[ID]]` refers to an element, a requirement or a term.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(title = "prm model"))]
struct Document<'a> {
    /// The id of the schema that describes this document; its number changes when a reader would have to.
    schema: &'static str,
    /// What the package says of its model; null for a package without one.
    model: Option<head::ModelRow<'a>>,
    /// The process groups, in source order.
    groups: Each<'a, elements::GroupRow<'a>>,
    /// The processes, in the order that the model asks for.
    processes: Each<'a, elements::ProcessRow<'a>>,
    /// The information items, in source order.
    items: Each<'a, elements::ItemRow<'a>>,
    /// The terms, in source order.
    terms: Each<'a, elements::TermRow<'a>>,
    /// The documents that are cited, in source order.
    references: Each<'a, elements::ReferenceRow<'a>>,
    /// The annexes of the model's own, in source order.
    annexes: Each<'a, elements::AnnexRow<'a>>,
    /// What readers must be told of the texts in this document.
    notices: Each<'a, head::NoticeRow<'a>>,
    /// The catalogs that the package sees, and those that its crosswalks lead through, by id.
    catalogs: Each<'a, catalogs::CatalogRow<'a>>,
    /// The crosswalks between those catalogs, by id.
    crosswalks: Each<'a, catalogs::CrosswalkRow<'a>>,
    /// The measurement framework of the model.
    framework: Option<framework::FrameworkRow<'a>>,
    /// The assessments that the package sees: what was rated, and what came of it.
    assessments: Each<'a, assessments::AssessmentRow<'a>>,
    /// The rules that the package sees: what assessments of each class have to have.
    rules: Each<'a, rules::RulesRow<'a>>,
    /// How completely the model covers each catalog that it covers.
    coverage: Each<'a, proof::CatalogCoverageRow<'a>>,
    /// What the model says of controls that apply, as written in each layer: one entry for each id.
    applications: Each<'a, head::ApplicationRow<'a>>,
    /// The fields that elements may carry: those of the package and of the bases of its model.
    declared_fields: Each<'a, head::DeclaredFieldRow<'a>>,
    /// The checks that do not apply somewhere, with the reasons: those of the package and of all that it uses.
    allows: Each<'a, head::AllowRow<'a>>,
    /// Notes in blocks at the top of the package's files that have no object here.
    notes: Vec<NoteRow<'a>>,
    /// What the compiler has to say. Files are named relative to the folders of their packages.
    diagnostics: Each<'a, Diagnostic>,
    /// What people have judged of what the model claims; null for a package without a lock file.
    judgements: Option<judgements::JudgementsRow<'a>>,
}

/// The whole output; its lists are made when they are written.
fn document(read: Reader<'_>) -> Document<'_> {
    Document {
        schema: SCHEMA,
        model: head::row(read),
        groups: Each::new(move || {
            order::groups(&read.input).into_iter().map(move |group| elements::group(read, group))
        }),
        processes: Each::new(move || {
            order::processes(&read.input).into_iter().map(move |process| elements::process(read, process))
        }),
        items: each(read, |model| &model.items, elements::item),
        terms: each(read, |model| &model.terms, elements::term),
        references: each(read, |model| &model.references, elements::reference),
        annexes: each(read, |model| &model.annexes, elements::annex),
        notices: Each::new(move || head::notices(read).into_iter()),
        catalogs: Each::new(move || {
            order::catalogs(&read.input).into_iter().map(move |id| catalogs::catalog(read, id))
        }),
        crosswalks: Each::new(move || {
            order::crosswalks(&read.input).into_iter().map(move |id| catalogs::crosswalk(read, id))
        }),
        framework: framework::row(read),
        assessments: Each::new(move || assessments::rows(read)),
        rules: Each::new(move || rules::rows(read)),
        coverage: Each::new(move || proof::judged(read).map(move |catalog| proof::catalog(read, catalog))),
        applications: Each::new(move || read.applications().iter().map(move |row| head::application(read, row))),
        declared_fields: Each::new(move || {
            read.fields_declared().iter().map(move |row| head::declared_field(read, row))
        }),
        allows: Each::new(move || read.input.allows.iter().map(move |row| head::allow(read, row))),
        notes: read.inner_notes(read.program().root().map_or(&[], |package| &package.notes)).collect(),
        diagnostics: Each::new(move || read.input.diagnostics.iter().map(move |found| read.diagnostic(found))),
        judgements: read.input.review.map(|review| judgements::judgements(read.program(), review)),
    }
}

/// The rows of a list of the model, in source order.
fn each<'a, T, R: 'a>(read: Reader<'a>, of: fn(&'a Model) -> &'a [T], row: fn(Reader<'a>, &'a T) -> R) -> Each<'a, R> {
    Each::new(move || read.list(of).iter().map(move |one| row(read, one)))
}
