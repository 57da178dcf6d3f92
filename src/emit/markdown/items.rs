//! Information items and what to look for in them.

use super::changes::{provenance_of, replaced};
use super::head::fields;
use crate::document::{Cell, Document, Inline, Key, Row, Table};
use crate::emit::page::{Page, chapter_key, item_key};
use crate::emit::remark::Notes;
use crate::model::{FieldKind, Item};

/// Chapter: the information items; none where there are none.
pub(super) fn items(page: &Page<'_>, document: &mut Document) {
    if page.model().items.is_empty() {
        return;
    }
    document.chapter(std::iter::once(chapter_key("items")).chain(keys(page)), page.words.items);
    table(page, document);
}

/// The place where all items are described; a reference to one leads there.
pub(in crate::emit) fn keys<'p>(page: &'p Page<'_>) -> impl Iterator<Item = Key> + 'p {
    page.model().items.iter().map(|item| item_key(page.name(item.id)))
}

/// All items in one table, with a row for each thing to look for.
pub(in crate::emit) fn table(page: &Page<'_>, document: &mut Document) {
    let (items, words) = (&page.model().items, page.words);
    let told: Vec<(&Item, Vec<Inline>)> = items.iter().map(|item| (item, said(page, item))).collect();
    let has_kinds = items.iter().any(|item| item.kind.is_some());
    let has_said = told.iter().any(|(_, said)| !said.is_empty());
    let mut head = vec![words.id, words.name];
    head.extend(has_kinds.then_some(words.kind));
    head.push(words.look_for);
    head.extend(has_said.then_some(words.said_besides));
    let mut rows: Vec<Row> = Vec::new();
    for (item, said) in told {
        let looked_for = &item.characteristics;
        let tall = |words: Inline| Cell { words, rows: looked_for.len().max(1), columns: 1 };
        let mut row: Row = vec![tall(Inline::plain(page.name(item.id))), tall(page.text(item.title))];
        row.extend(has_kinds.then(|| tall(Inline::plain(item.kind.map_or("", |kind| page.name(kind))))));
        row.push(looked_for.first().map(|first| page.text(*first)).unwrap_or_default().into());
        row.extend(has_said.then(|| tall(Inline::join(said, "; "))));
        rows.push(row);
        rows.extend(looked_for.iter().skip(1).map(|next| vec![page.text(*next).into()]));
    }
    let caption = Inline::plain(words.items_caption);
    let table = Table::under(head.into_iter().map(Inline::plain), rows);
    document.push_told_table(words.told_items, Table { caption, ..table });
    let mut notes = Notes::new(page);
    for item in items {
        notes.with_fields(&item.remarks, FieldKind::Item, page.name(item.id));
    }
    notes.print(document);
}

/// Its fields, and what layers did to it.
fn said(page: &Page<'_>, item: &Item) -> Vec<Inline> {
    let fields = fields(page, &item.remarks, FieldKind::Item).into_iter();
    let mut said: Vec<Inline> = fields.map(|(title, text)| title.then(page.words.colon).and(&text)).collect();
    match page.telling.provenance {
        true => said.push(provenance_of(page, page.words.the_item, item.origin, &item.remarks)),
        false => said.extend(replaced(page, page.words.the_item, &item.remarks)),
    }
    said
}
