//! The model as a standard lays it out: scope, terms, overview, process descriptions, traceability, conformity.

mod annex_a;
mod annex_b;
mod changes;
mod cited;
mod front;
mod head;
mod items;
mod links;
mod overview;
mod process;

pub(super) use annex_a::{REQUIREMENTS, crosswalks, dropped, notes_on, requirement_row, summary};
pub(super) use annex_b::{Clause, Means, conformity, is_below, notes_on as notes_on_conformity};
pub(super) use changes::{changes, omissions, provenance};
pub(super) use cited::{bibliography, references};
pub(super) use front::{annexes, context, free_text, front, notes_on_scope, terms};
pub(super) use head::{notes_on_statements, statement_rows, statements};
pub(super) use items::described;
pub(super) use links::traceability;
pub(super) use overview::process_map;
pub(super) use process::{field_rows, notes, outcomes, push, push_described, row};

use super::page::Page;
use super::{Input, notice};
use crate::document::{Document, markdown::markdown as print};

/// The document of the model asked for; empty for a package without a model. With provenance, it says of each element
/// which layer added, replaced or left it out, where and why.
pub fn markdown(input: &Input<'_>, with_provenance: bool) -> String {
    document(input, with_provenance).map_or_else(String::new, |document| print(&document))
}

/// The same as a tree; `None` for a package without a model.
pub fn document(input: &Input<'_>, with_provenance: bool) -> Option<Document> {
    let mut page = Page::new(*input)?;
    page.with_provenance = with_provenance;
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
    Some(document)
}
