//! Information items and what to look for in them.

use super::changes::{provenance_of, replaced};
use super::head::fields;
use crate::document::{Document, Inline};
use crate::emit::page::{Page, chapter_key, item_key};
use crate::emit::remark::Notes;
use crate::model::{FieldKind, Item};

/// Chapter: the information items; none where there are none.
pub(super) fn items(page: &Page<'_>, document: &mut Document) {
    if page.model().items.is_empty() {
        return;
    }
    document.chapter([chapter_key("items")], "Information items");
    for item in &page.model().items {
        described(page, document, item);
    }
}

/// A section on an information item.
pub(in crate::emit) fn described(page: &Page<'_>, document: &mut Document, item: &Item) {
    let id = page.name(item.id);
    document.section(vec![item_key(id)], page.text(item.title));
    let mut facts = vec![fact("ID", page.name(item.id))];
    facts.extend(item.kind.map(|kind| fact("Kind", page.name(kind))));
    let fields = fields(page, &item.remarks, FieldKind::Item).into_iter();
    facts.extend(fields.map(|(title, text)| title.then(": ").and(&text)));
    match page.with_provenance {
        true => facts.push(provenance_of(page, "item", item.origin, &item.remarks)),
        false => facts.extend(replaced(page, "item", &item.remarks)),
    }
    document.list(facts);
    if !item.characteristics.is_empty() {
        document.paragraph(Inline::plain("What to look for:"));
        document.list(item.characteristics.iter().map(|characteristic| page.text(*characteristic)));
    }
    Notes::new(page).with_fields(&item.remarks, FieldKind::Item, "").print(document);
}

fn fact(name: &str, words: &str) -> Inline {
    Inline::plain(&format!("{name}: {words}"))
}
