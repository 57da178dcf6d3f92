//! Information items and what to look for in them.

use super::Chapters;
use super::head::{fields, notes};
use crate::emit::commonmark::{Document, Inline};
use crate::emit::page::{Page, item_key};
use crate::model::{FieldKind, Item};

/// Chapter: the information items; none where there are none.
pub(super) fn items(page: &Page<'_>, document: &mut Document, chapters: &mut Chapters) {
    if page.model().items.is_empty() {
        return;
    }
    chapters.chapter(document, "items", "Information items");
    for item in &page.model().items {
        let id = page.name(item.id);
        document.heading(3, &[item_key(id)], &chapters.section().and(&page.text(item.title)));
        let mut facts = vec![Inline::plain("ID: ").then(" ").and(&Inline::plain(id)), kind(page, item)];
        facts.extend(fields(page, &item.remarks, FieldKind::Item).into_iter().map(|(title, text)| title.then(": ").and(&text)));
        document.list(facts);
        characteristics(page, document, item);
        notes(page, document, &item.remarks, "");
    }
}

/// "Kind: plan"
pub(crate) fn kind(page: &Page<'_>, item: &Item) -> Inline {
    item.kind.map(|kind| Inline::plain("Kind: ").then(" ").and(&Inline::plain(page.name(kind)))).unwrap_or_default()
}

/// What to look for, a point each.
pub(crate) fn characteristics(page: &Page<'_>, document: &mut Document, item: &Item) {
    if !item.characteristics.is_empty() {
        document.paragraph(&Inline::plain("What to look for:"));
        document.list(item.characteristics.iter().map(|characteristic| page.text(*characteristic)));
    }
}
