//! The model as a standard lays it out: scope, terms, overview, process descriptions, traceability, conformity.

mod annex_a;
mod annex_b;
mod changes;
mod cited;
mod findings;
mod front;
mod head;
mod items;
mod links;
mod matrix;
mod overview;
mod process;

pub(super) use annex_a::{crosswalks, dropped, notes_on, requirement_row, requirements_head, summary};
pub(super) use annex_b::{Clause, Means, Word, conformity, is_below, notes_on as notes_on_conformity};
pub(super) use changes::{changes, omissions, provenance};
pub(super) use cited::{bibliography, references};
pub(super) use findings::findings;
pub(super) use front::{annexes, context, free_text, front, notes_on_scope, terms};
pub(super) use head::{row, stated, statement_rows, statements};
pub(super) use items::{keys as item_keys, table as item_table};
pub(super) use links::traceability;
pub(super) use overview::process_map;
pub(super) use process::{field_rows, notes, outcomes, push, push_described};

use super::page::Page;
use super::telling::Telling;
use super::{Input, notice};
use crate::document::{Document, markdown::markdown as print};

/// The document of the model asked for; empty for a package without a model. `telling` says what it tells besides.
pub fn markdown(input: &Input<'_>, telling: impl Into<Telling>) -> String {
    document(input, telling).map_or_else(String::new, |document| print(&document))
}

/// The same as a tree; `None` for a package without a model.
pub fn document(input: &Input<'_>, telling: impl Into<Telling>) -> Option<Document> {
    let mut page = Page::new(*input)?;
    page.telling = telling.into();
    page.made_annexes = Some(2);
    let mut document = page.document(page.text(page.head.title));
    notice::at_head(&page, &mut document);
    statements(&page, &mut document);
    front(&page, &mut document);
    front::scope(&page, &mut document);
    references(&page, &mut document);
    terms(&page, &mut document);
    overview::overview(&page, &mut document);
    process::processes(&page, &mut document);
    items::items(&page, &mut document);
    annex_a::annex_a(&page, &mut document);
    annex_b::annex_b(&page, &mut document);
    annexes(&page, &mut document);
    bibliography(&page, &mut document);
    findings(&page, &mut document);
    document.settle();
    Some(document)
}
