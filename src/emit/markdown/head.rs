//! What a model says of itself in a line each, and how models and documents are named.

use crate::document::{Document, Inline};
use crate::emit::page::{Page, chapter_key, group_key};
use crate::emit::remark::Notes;
use crate::model::{FieldKind, Head, Name, Remarks, Text};

/// The table below the title.
pub(in crate::emit) fn statements(page: &Page<'_>, document: &mut Document) {
    let rows = statement_rows(page).into_iter().map(|(name, text)| vec![name, text]);
    let head = ["Model", page.name(page.head.id)].map(Inline::plain);
    document.table_under(Inline::plain("What the model says of itself"), head, rows);
    notes_on_statements(page, document);
}

/// What the model says of itself, as the table below the title has it.
pub(in crate::emit) fn statement_rows(page: &Page<'_>) -> Vec<(Inline, Inline)> {
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
    let rows = rows.into_iter().map(|(name, text)| (Inline::plain(name), text));
    rows.chain(fields(page, &head.remarks, FieldKind::Model)).filter(|(_, text)| !text.is_empty()).collect()
}

/// The statements of a model that have a place of their own in documents, and their notes with them.
const ELSEWHERE: [&str; 5] = ["context", "foreword", "introduction", "scope", "overview"];

/// Notes on what the table below the title says.
pub(in crate::emit) fn notes_on_statements(page: &Page<'_>, document: &mut Document) {
    let remarks = &page.head.remarks;
    let is_here = |within: &str| !ELSEWHERE.contains(&within);
    Notes::new(page).inner(remarks, "", is_here).fields(remarks, FieldKind::Model, "").print(document);
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

/// A document of its own: its source, its id and its edition.
pub(in crate::emit) fn edition_of(
    page: &Page<'_>,
    id: crate::model::Name,
    source: Option<Text>,
    edition: Option<Text>,
) -> Inline {
    let named = match source {
        Some(source) => page.text(source).then(&format!(" ({})", page.name(id))),
        None => Inline::plain(page.name(id)),
    };
    // The name of a standard has its edition.
    let edition = page.text_if(edition);
    if edition.is_empty() || source.is_some() && named.shown().contains(edition.shown()) {
        return named;
    }
    named.then(", edition ").and(&edition)
}

/// Titles and texts of the fields that an element carries.
pub(in crate::emit) fn fields(page: &Page<'_>, remarks: &Remarks, kind: FieldKind) -> Vec<(Inline, Inline)> {
    remarks.fields().iter().map(|value| (page.field_title(value.field, kind), page.text(value.text))).collect()
}

/// A link to a chapter of the document at hand.
pub(super) fn chapter(key: &str, words: &str) -> Inline {
    Inline::link(&chapter_key(key), words)
}

/// A link to a group.
pub(super) fn group_link(page: &Page<'_>, group: crate::model::Name) -> Inline {
    Inline::link(&group_key(page.name(group)), page.name(group))
}
