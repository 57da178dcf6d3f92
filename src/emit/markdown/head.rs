//! What a model says of itself in a line each.

use crate::document::{Document, Inline, Row, Table};
use crate::emit::naming::{after, named, own_notice};
use crate::emit::page::{Page, chapter_key, group_key, statements_key};
use crate::emit::remark::Notes;
use crate::model::{FieldKind, Remarks, Text};

/// The table below the title.
pub(in crate::emit) fn statements(page: &Page<'_>, document: &mut Document) {
    stated(page, document, Inline::plain(page.words.model), page.text(page.head.title), statement_rows(page));
}

/// The table of what a model says of itself, under a head of what is told of, and what that is called.
pub(in crate::emit) fn stated(
    page: &Page<'_>,
    document: &mut Document,
    what: Inline,
    called: Inline,
    rows: Vec<(Inline, Inline)>,
) {
    let rows = rows.into_iter().filter(|(_, text)| !text.is_empty()).map(|(name, text)| row(name, text)).collect();
    let table = Table::under([what, called], rows);
    let caption = Inline::plain(page.words.says_of_itself);
    document.push_told_table(page.words.told_says_of_itself, Table { key: Some(statements_key()), caption, ..table });
    notes_on_statements(page, document);
}

/// What the model says of itself, as the table below the title has it.
pub(in crate::emit) fn statement_rows(page: &Page<'_>) -> Vec<(Inline, Inline)> {
    let (head, ours) = (page.head, page.words);
    let own = |text: Option<Text>| text.filter(|text| page.base_of(*text).is_none());
    let passed_on = |text: Option<Text>| {
        let words = page.text_if(text);
        match text.and_then(|text| page.base_of(text)) {
            Some(base) => Inline::filled(ours.in_words_of, &[&words, &Inline::plain(&page.quoted(base.id))]),
            None => words,
        }
    };
    let notice = own_notice(page.input.program, head);
    let rows = [
        (ours.edition, page.text_if(own(head.edition))),
        (ours.source, own(head.source).map(|source| after(page, source, notice)).unwrap_or_default()),
        (ours.version, page.package.version.as_deref().map(Inline::plain).unwrap_or_default()),
    ];
    let bases = page.bases().map(|(base, _)| (ours.extends, named(page, base)));
    let passed_on = [
        (ours.domain, passed_on(head.domain)),
        (ours.community, passed_on(head.community)),
        (ours.consensus, passed_on(head.consensus)),
    ];
    let rows = rows.into_iter().chain(bases).chain(passed_on).map(|(name, text)| (Inline::plain(name), text));
    rows.chain(fields(page, &head.remarks, FieldKind::Model)).filter(|(_, text)| !text.is_empty()).collect()
}

/// A row of a name and what it is said of.
pub(in crate::emit) fn row(name: Inline, text: Inline) -> Row {
    vec![name.into(), text.into()]
}

/// The statements of a model that have a place of their own in documents, and their notes with them.
const ELSEWHERE: [&str; 5] = ["context", "foreword", "introduction", "scope", "overview"];

/// Notes on what the table below the title says.
pub(in crate::emit) fn notes_on_statements(page: &Page<'_>, document: &mut Document) {
    let remarks = &page.head.remarks;
    let is_here = |within: &str| !ELSEWHERE.contains(&within);
    Notes::new(page).inner(remarks, "", is_here).fields(remarks, FieldKind::Model, "").print(document);
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
