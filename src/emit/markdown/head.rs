//! What a model says of itself: its statements, its scope, what it refers to, and its terms.

use crate::document::{Document, Inline};
use crate::emit::page::{Page, chapter_key, group_key, term_link};
use crate::model::{CatalogId, FieldKind, Head, Name, Remarks, Text};

/// The table below the title.
pub(in crate::emit) fn statements(page: &Page<'_>, document: &mut Document) {
    let head = page.head;
    let head_of = |id: &Name| page.bases().map(|(base, _)| base).find(|base| base.id == *id);
    let bases = head.extends.iter().filter_map(head_of).map(|base| named(page, base));
    let own = |text: Option<Text>| text.filter(|text| page.base_of(*text).is_none());
    let passed_on = |text: Option<Text>| {
        let words = page.text_if(text);
        match text.and_then(|text| page.base_of(text)) {
            Some(base) => words.then(&format!(" (in the words of {})", page.name(base.id))),
            None => words,
        }
    };
    let rows = [
        ("Edition", page.text_if(own(head.edition))),
        ("Source", own(head.source).map(|source| after(page, source)).unwrap_or_default()),
        ("Version", page.package.version.as_deref().map(Inline::plain).unwrap_or_default()),
        ("Extends", Inline::join(bases, "; ")),
        ("Domain", passed_on(head.domain)),
        ("Community of interest", passed_on(head.community)),
        ("Consensus", passed_on(head.consensus)),
        ("Measured by", framework_title(page)),
    ];
    let rows = rows.into_iter().map(|(name, text)| (Inline::plain(name), text)).chain(fields(
        page,
        &head.remarks,
        FieldKind::Model,
    ));
    let rows: Vec<Vec<Inline>> =
        rows.filter(|(_, text)| !text.is_empty()).map(|(name, text)| vec![name, text]).collect();
    document.table(&["Model", page.name(head.id)], rows);
}

/// The measurement framework, with the edition and the document that it follows.
pub(in crate::emit) fn framework_title(page: &Page<'_>) -> Inline {
    let framework = page.head.measured_by.map(|(framework, _)| page.input.program.framework(framework));
    let named = framework.map(|framework| identified(page, framework.id, framework.edition, None, framework.source));
    named.unwrap_or_default()
}

/// A model by its own id, edition and version, and by the document that it follows: it is not that document.
pub(in crate::emit) fn named(page: &Page<'_>, model: &Head) -> Inline {
    let program = page.input.program;
    let home = program.package_of(model.origin.span);
    let own = |text: Option<Text>| text.filter(|text| program.package_of(*text) == home);
    let version = home.and_then(|home| program.package(home).version.as_deref());
    identified(page, model.id, own(model.edition), version, own(model.source))
}

fn identified(page: &Page<'_>, id: Name, edition: Option<Text>, version: Option<&str>, source: Option<Text>) -> Inline {
    let edition = edition.map(|edition| Inline::plain("edition").then(" ").and(&page.text(edition)));
    let version = version.map(|version| Inline::plain(&format!("version {version}")));
    let source = source.map(|source| after(page, source));
    let parts = [Some(Inline::plain(page.name(id))), edition, version, source];
    Inline::join(parts.into_iter().flatten(), ", ")
}

/// The document that a text follows, in words that do not make it that document's text.
fn after(page: &Page<'_>, source: Text) -> Inline {
    Inline::plain("after").then(" ").and(&page.text(source))
}

/// A document of its own: its source, or its id and edition.
pub(in crate::emit) fn edition_of(
    page: &Page<'_>,
    id: crate::model::Name,
    source: Option<Text>,
    edition: Option<Text>,
) -> Inline {
    match (source, edition) {
        (Some(source), _) => page.text(source).then(&format!(" ({})", page.name(id))),
        (None, Some(edition)) => Inline::plain(page.name(id)).then(", edition ").and(&page.text(edition)),
        (None, None) => Inline::plain(page.name(id)),
    }
}

/// Titles and texts of the fields that an element carries.
pub(in crate::emit) fn fields(page: &Page<'_>, remarks: &Remarks, kind: FieldKind) -> Vec<(Inline, Inline)> {
    remarks.fields().iter().map(|value| (page.field_title(value.field, kind), page.text(value.text))).collect()
}

/// Notes in block position, numbered where there are several.
pub(in crate::emit) fn notes(page: &Page<'_>, document: &mut Document, remarks: &Remarks, to: &str) {
    let several = remarks.notes().len() > 1;
    for (number, note) in remarks.notes().iter().enumerate() {
        let number = if several { format!(" {}", number + 1) } else { String::new() };
        document.note(&format!("Note{number}{to}:"), &page.marked(*note), page);
    }
}

/// Chapter: what the model is for.
pub(super) fn scope(page: &Page<'_>, document: &mut Document) {
    document.chapter(chapter_key("scope"), "Scope");
    let mut lead = Inline::plain("This document describes processes by their purposes and outcomes");
    if let Some(domain) = page.head.domain {
        lead = lead.then(", for the domain: ").and(&page.text(domain));
    }
    if !lead.shown().ends_with('.') {
        lead = lead.then(".");
    }
    document.paragraph(lead);
    if let Some(context) = page.head.context {
        if let Some(base) = page.base_of(context) {
            document.paragraph(Inline::plain(&format!("In the words of {}:", page.name(base.id))));
        }
        document.text(&page.marked(context), page);
    }
    notes(page, document, &page.head.remarks, "");
}

/// Chapter: the documents that the model is traced to or measured by.
pub(in crate::emit) fn references(page: &Page<'_>, document: &mut Document) {
    document.chapter(chapter_key("references"), "References");
    let program = page.input.program;
    let mut rows: Vec<Vec<Inline>> = Vec::new();
    let covered: Vec<CatalogId> = page.input.coverage.catalogs.iter().map(|coverage| coverage.catalog).collect();
    let linked = page.model().processes.iter().flat_map(|process| &process.outcomes).flat_map(|outcome| &outcome.links);
    let mut linked: Vec<CatalogId> = linked.map(|link| program.requirement(link.requirement).catalog).collect();
    linked.sort_unstable();
    linked.dedup();
    linked.retain(|catalog| !covered.contains(catalog));
    for (catalogs, role) in [(&covered, "Covered"), (&linked, "Referred to")] {
        for catalog in catalogs.iter().map(|catalog| program.catalog(*catalog)) {
            let document = edition_of(page, catalog.id, catalog.source, catalog.edition);
            rows.push(vec![document, page.text(catalog.title), Inline::plain(role)]);
        }
    }
    if let Some(framework) = page.head.measured_by.map(|(framework, _)| program.framework(framework)) {
        let document = edition_of(page, framework.id, framework.source, framework.edition);
        rows.push(vec![document, page.text(framework.title), Inline::plain("Measurement framework")]);
    }
    if rows.is_empty() {
        document.paragraph(Inline::plain("This model refers to no other document."));
    }
    document.table(&["Document", "Title", "Role"], rows);
}

/// Chapter: the terms of the model, each with its definition.
pub(in crate::emit) fn terms(page: &Page<'_>, document: &mut Document) {
    document.chapter(chapter_key("terms"), "Terms and definitions");
    if page.model().terms.is_empty() {
        document.paragraph(Inline::plain("This model defines no terms of its own."));
    }
    for term in &page.model().terms {
        let words = page.text(term.term);
        let key = term_link(&page.input.sources.text(term.term));
        document.section(vec![key], words);
        document.text(&page.marked(term.text), page);
        notes(page, document, &term.remarks, " to entry");
    }
}

/// A link to a chapter of the document at hand.
pub(super) fn chapter(key: &str, words: &str) -> Inline {
    Inline::link(&chapter_key(key), words)
}

/// A link to a group.
pub(super) fn group_link(page: &Page<'_>, group: crate::model::Name) -> Inline {
    Inline::link(&group_key(page.name(group)), page.name(group))
}
