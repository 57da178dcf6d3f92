//! The model as a standard lays it out: scope, terms, overview, process descriptions, traceability, conformity.

mod annex_a;
mod annex_b;
mod changes;
mod head;
mod items;
mod links;
mod overview;
mod process;

pub(super) use annex_a::{requirement_row, summary};
pub(super) use annex_b::{Clause, Means, conformity};
pub(super) use changes::{omissions, provenance};
pub(super) use head::{edition_of, notes, references, statements, terms};
pub(super) use items::described;
pub(super) use links::traceability;
pub(super) use overview::process_map;
pub(super) use process::{outcomes, push};

use super::Input;
use super::commonmark::{Document, Inline};
use super::page::{Page, chapter_key};

/// The document of the model asked for; empty for a package without a model. With provenance, it says of each element
/// which layer added, replaced or left it out, where and why.
pub fn markdown(input: &Input<'_>, with_provenance: bool) -> String {
    let Some(mut page) = Page::new(*input) else { return String::new() };
    page.with_provenance = with_provenance;
    let mut document = Document::default();
    let mut chapters = Chapters::default();
    document.heading(1, &[], &page.text(page.head.title));
    statements(&page, &mut document);
    head::scope(&page, &mut document, &mut chapters);
    references(&page, &mut document, &mut chapters);
    terms(&page, &mut document, &mut chapters);
    overview::overview(&page, &mut document, &mut chapters);
    process::processes(&page, &mut document, &mut chapters);
    items::items(&page, &mut document, &mut chapters);
    annex_a::annex_a(&page, &mut document);
    annex_b::annex_b(&page, &mut document);
    document.finish()
}

/// Numbers the chapters of a document.
#[derive(Default)]
pub(super) struct Chapters {
    chapter: usize,
    section: usize,
}

impl Chapters {
    /// Begins a chapter.
    pub(super) fn chapter(&mut self, document: &mut Document, key: &str, title: &str) {
        self.chapter += 1;
        self.section = 0;
        document.heading(2, &[chapter_key(key)], &Inline::plain(&format!("{} {title}", self.chapter)));
    }

    /// The number of the next section of the chapter, with a space behind it.
    pub(super) fn section(&mut self) -> Inline {
        self.section += 1;
        Inline::plain(&format!("{}.{}", self.chapter, self.section)).then(" ")
    }
}
