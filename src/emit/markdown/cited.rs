//! The documents that a model refers to: those that one needs to use it, and the bibliography.

use crate::document::words::fill;
use crate::document::{Block, Document, Inline, Key, References, Role, Work};
use crate::emit::naming::edition_of;
use crate::emit::page::{Page, chapter_key, reference_key};
use crate::emit::remark::Notes;
use crate::model::{CatalogId, Conformity, Reference, Text, natural_order};

/// A document as it is cited, and what it is to the model.
fn cited(page: &Page<'_>, source: Option<Text>, edition: Option<Text>, title: Text, role: &'static str) -> Work {
    let designation = page.text_if(source).shown().to_owned();
    let named = edition_of(page, title, source, edition);
    // One that follows no document is called by its title.
    let title = source.map_or(Inline::default(), |_| page.text(title));
    Work { key: None, designation, named, title, role: Inline::plain(role) }
}

/// Chapter: the documents that the model is traced to or measured by, and those that its author calls normative.
pub(in crate::emit) fn references(page: &Page<'_>, document: &mut Document) {
    let stated = stated(page, true);
    document.chapter(std::iter::once(chapter_key("references")).chain(keys(page, &stated)), page.words.references);
    document.is(Role::References);
    let program = page.input.program;
    let mut rows: Vec<Work> = Vec::new();
    let covered: Vec<CatalogId> = page.input.coverage.catalogs.iter().map(|coverage| coverage.catalog).collect();
    let linked = page.model().processes.iter().flat_map(|process| &process.outcomes).flat_map(|outcome| &outcome.links);
    let mut linked: Vec<CatalogId> = linked.map(|link| program.requirement(link.requirement).catalog).collect();
    linked.sort_unstable();
    linked.dedup();
    linked.retain(|catalog| !covered.contains(catalog));
    for (catalogs, role) in [(&covered, page.words.role_covered), (&linked, page.words.role_referred)] {
        rows.extend(catalogs.iter().map(|catalog| {
            let catalog = program.catalog(*catalog);
            cited(page, catalog.source, catalog.edition, catalog.title, role)
        }));
    }
    rows.extend(page.head.measured_by.filter(|_| page.measures).map(|(framework, _)| {
        let row = program.framework(framework);
        cited(page, row.source, row.edition, row.title, page.words.measurement_framework)
    }));
    let rows = with_stated(page, rows, &stated, page.words.role_normative);
    document.paragraph(Inline::plain(match rows.is_empty() {
        true => page.words.no_references,
        false => page.words.references_lead,
    }));
    if !rows.is_empty() {
        document.blocks.push(Block::References(References { works: rows, ..References::default() }));
    }
    let mut notes = notes(page, &stated);
    for cover in &page.head.covers {
        notes.at(cover.origin, &fill(page.words.covered_of, &[page.designation(cover.catalog)]));
    }
    notes.print(document);
}

/// The bibliography: what is cited besides, by designation; none where there is nothing.
pub(in crate::emit) fn bibliography(page: &Page<'_>, document: &mut Document) {
    let stated = stated(page, false);
    let rows = with_stated(page, conformed_to(page), &stated, "");
    if rows.is_empty() {
        return;
    }
    document.heading(2, keys(page, &stated).collect(), Inline::plain(page.words.bibliography));
    document.is(Role::Bibliography);
    document.blocks.push(Block::References(References { caption: Inline::default(), works: rows }));
    notes(page, &stated).print(document);
}

/// The catalogs that statements of conformity speak to, those of bases too.
fn conformed_to(page: &Page<'_>) -> Vec<Work> {
    let program = page.input.program;
    let heads = std::iter::once(page.head).chain(page.bases().map(|(base, _)| base));
    let of = |row: &Conformity| program.requirement(row.requirement).catalog;
    let mut catalogs: Vec<CatalogId> = heads.flat_map(|head| &head.conforms).map(of).collect();
    catalogs.sort_unstable();
    catalogs.dedup();
    let row = |id: CatalogId| program.catalog(id);
    let work = |row: &crate::model::Catalog| cited(page, row.source, row.edition, row.title, "");
    catalogs.into_iter().map(row).filter(|row| row.for_models).map(work).collect()
}

/// The references of the model that are normative, or those that are not.
fn stated<'a>(page: &Page<'a>, normative: bool) -> Vec<&'a Reference> {
    page.model().references.iter().filter(|reference| reference.normative == normative).collect()
}

/// The references of the author's among documents that are named already, all by designation where there are such.
fn with_stated(page: &Page<'_>, mut rows: Vec<Work>, stated: &[&Reference], role: &'static str) -> Vec<Work> {
    for reference in stated {
        let named = page.text(reference.designation);
        let title = page.text_if(reference.title);
        let key = reference_key(page.name(reference.id));
        match rows.iter_mut().find(|row| row.designation == named.shown()) {
            Some(row) => {
                row.key.get_or_insert(key);
                row.title = if title.is_empty() { std::mem::take(&mut row.title) } else { title };
            }
            None => {
                let (designation, role) = (named.shown().to_owned(), Inline::plain(role));
                rows.push(Work { key: Some(key), designation, named, title, role });
            }
        }
    }
    if !stated.is_empty() {
        rows.sort_by(|one, other| natural_order(&one.designation, &other.designation));
    }
    rows
}

fn keys<'p>(page: &'p Page<'_>, stated: &'p [&Reference]) -> impl Iterator<Item = Key> + 'p {
    stated.iter().map(|reference| reference_key(page.name(reference.id)))
}

fn notes<'p, 'a>(page: &'p Page<'a>, stated: &[&Reference]) -> Notes<'p, 'a> {
    let mut notes = Notes::new(page);
    for row in stated {
        notes.of(&row.remarks, page.text(row.designation).shown());
    }
    notes
}
