//! A difference as Markdown, for a review: coverage first, then a table for each process.

use super::sections::{
    Section, effect, fact_name, is_listed, links, moving, own_id, renaming, requirement_id, sections, squeezed,
    status_words, summary, totals, value,
};
use crate::diff::{CatalogChange, Change, Diff, StatusChange};
use crate::document::words::{Words, fill};
use crate::document::{Document, Inline, markdown::markdown as print};
use crate::emit::notice::Said;

/// The difference, in the words of a language; `old` and `new` are what the two sides are called.
pub fn markdown(words: &'static Words, diff: &Diff, notices: &[Said<'_>], old: &str, new: &str) -> String {
    print(&document(words, diff, notices, old, new))
}

/// The same as a tree.
pub fn document(words: &'static Words, diff: &Diff, notices: &[Said<'_>], old: &str, new: &str) -> Document {
    let mut document = begun(words, &fill(words.differences.difference_titled, &[old, new]), notices);
    document.paragraph(Inline::plain(&sentence(&totals(words, diff))));
    if !diff.coverage.is_empty() {
        document.heading(2, Vec::new(), Inline::plain(words.coverage));
    }
    diff.coverage.iter().for_each(|catalog| coverage(words, &mut document, catalog, false));
    for section in sections(diff) {
        document.heading(2, Vec::new(), headed(words, &section));
        let caption = fill(words.differences.changes_caption, &[section.id]);
        let head = [
            words.differences.what_head,
            words.differences.change_head,
            words.differences.before_head,
            words.differences.after_head,
        ];
        let rows = section_rows(words, &section);
        document.table(&caption, &head, rows.map(|row| row.map(|cell| Inline::plain(&cell)).into()));
    }
    document
}

/// A document of what differs, with the notices of both sides.
pub(in crate::emit) fn begun(words: &'static Words, title: &str, notices: &[Said<'_>]) -> Document {
    let mut document = Document { language: words.tag.to_owned(), ..Document::new(Inline::plain(title)) };
    for notice in notices {
        document.paragraph(Inline::plain(&fill(
            words.notice_of,
            &[&fill(words.quoted, &[&squeezed(&notice.called)]), &squeezed(&notice.text)],
        )));
    }
    document
}

/// "process COM.01 Communication".
pub(super) fn headed(words: &Words, section: &Section<'_>) -> Inline {
    let title = if section.id == section.title { "" } else { section.title };
    let heading = format!("{} {} {title}", words.statement(section.kind.word()), section.id);
    Inline::plain(heading.trim_end())
}

/// What the changes did to a catalog: the counts, and its requirements where both sides cover it; in a document that
/// numbers its tables the text says what the table is for.
pub(super) fn coverage(words: &Words, document: &mut Document, catalog: &CatalogChange, is_told: bool) {
    let colon = if is_listed(catalog) { words.colon } else { " " };
    let told = summary(words, catalog);
    document.paragraph(Inline::strong(&catalog.catalog).then(colon).then(&told).then("."));
    if !is_listed(catalog) {
        return;
    }
    let caption = fill(words.differences.coverage_caption, &[&catalog.catalog]);
    let head = [words.requirement, words.title, words.coverage, words.status];
    let rows = catalog.requirements.iter().map(|row| coverage_row(words, row));
    match is_told {
        true => document.told_table(words.differences.told_coverage_changes, &caption, &head, rows),
        false => document.table(&caption, &head, rows),
    };
}

/// A requirement whose status differs.
fn coverage_row(words: &Words, row: &StatusChange) -> Vec<Inline> {
    let effect = effect(words, row.effect).to_owned();
    [requirement_id(words, row), row.title.clone(), effect, status_words(words, row)]
        .map(|cell| Inline::plain(&cell))
        .into()
}

pub(super) fn sentence(words: &str) -> String {
    if words.is_empty() { String::new() } else { format!("{}.", capitalized(words)) }
}

/// Words that begin a line of their own.
pub(super) fn capitalized(words: &str) -> String {
    let mut characters = words.chars();
    characters.next().map_or_else(String::new, |first| format!("{}{}", first.to_uppercase(), characters.as_str()))
}

fn said(words: &Words, title: &str, change: &Change) -> String {
    links(words, change).map_or_else(|| title.to_owned(), |links| format!("{title} ({links})"))
}

/// The rows of a section: what, how it changed, before and after.
pub(super) fn section_rows<'s>(words: &'s Words, section: &'s Section<'_>) -> impl Iterator<Item = [String; 4]> + 's {
    let own = section.own.into_iter().flat_map(|change| rows(words, change, section, true));
    own.chain(section.below.iter().flat_map(|change| rows(words, change, section, false)))
}

fn rows(words: &Words, change: &Change, section: &Section<'_>, is_own: bool) -> Vec<[String; 4]> {
    let Some(side) = change.new.as_ref().or(change.old.as_ref()) else { return Vec::new() };
    let kind = words.statement(change.kind.word());
    let what = if is_own { kind.to_owned() } else { format!("{kind} {}", own_id(side, section)) };
    let row = |change: &str, old: &str, new: &str| [what.as_str(), change, old, new].map(str::to_owned);
    match (&change.old, &change.new) {
        (None, Some(new)) => return vec![row(words.differences.row_added, "", &said(words, &new.title, change))],
        (Some(old), None) => return vec![row(words.differences.row_removed, &said(words, &old.title, change), "")],
        _ => {}
    }
    let mut rows = Vec::new();
    let ids = (change.old.as_ref().map_or("", |old| &old.id), change.new.as_ref().map_or("", |new| &new.id));
    if let Some(renaming) = renaming(words, change, section) {
        rows.push(row(&fill(words.differences.renamed_is, &[&renaming]), ids.0, ids.1));
    }
    if let (Some(told), Some((old, new))) = (moving(words, change), &change.moved) {
        rows.push(row(&told, old.as_deref().unwrap_or_default(), new.as_deref().unwrap_or_default()));
    }
    for fact in &change.facts {
        let did = match (&fact.old, &fact.new) {
            (None, _) => words.differences.fact_added,
            (_, None) => words.differences.fact_removed,
            _ => words.differences.fact_changed,
        };
        let [old, new] = [&fact.old, &fact.new].map(|said| value(words, fact, said.as_deref()));
        rows.push(row(&fill(did, &[&fact_name(words, fact)]), &old, &new));
    }
    rows
}
