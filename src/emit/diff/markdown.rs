//! A difference as Markdown, for a review: coverage first, then a table for each process.

use super::sections::{
    Section, fact_name, is_listed, links, moving, own_id, renaming, requirement_id, sections, squeezed, status_words,
    summary, totals,
};
use crate::diff::{Change, Diff, StatusChange};
use crate::document::{Document, Inline, markdown::markdown as print};
use crate::emit::notice::Said;

/// The difference; `old` and `new` are what the two sides are called.
pub fn markdown(diff: &Diff, notices: &[Said<'_>], old: &str, new: &str) -> String {
    print(&document(diff, notices, old, new))
}

/// The same as a tree.
pub fn document(diff: &Diff, notices: &[Said<'_>], old: &str, new: &str) -> Document {
    let mut document = Document::new(Inline::plain(&format!("Difference from {old} to {new}")));
    for notice in notices {
        document.paragraph(Inline::plain(&format!("Notice of {}: {}", notice.of, squeezed(&notice.text))));
    }
    let totals = totals(diff);
    document.paragraph(Inline::plain(&sentence(&totals)));
    if !diff.coverage.is_empty() {
        document.heading(2, Vec::new(), Inline::plain("Coverage"));
    }
    for catalog in &diff.coverage {
        let colon = if is_listed(catalog) { ": " } else { " " };
        document.paragraph(Inline::strong(&catalog.catalog).then(colon).then(&summary(catalog)).then("."));
        if is_listed(catalog) {
            let caption = format!("Coverage of {}", catalog.catalog);
            document.table(&caption, &COVERAGE, catalog.requirements.iter().map(coverage_row));
        }
    }
    for section in sections(diff) {
        let title = if section.id == section.title { "" } else { section.title };
        let heading = format!("{} {} {title}", section.kind.word(), section.id);
        document.heading(2, Vec::new(), Inline::plain(heading.trim_end()));
        let rows = section_rows(&section);
        let caption = format!("Changes of {}", section.id);
        document.table(
            &caption,
            &["What", "Change", "Before", "After"],
            rows.map(|row| row.map(|cell| Inline::plain(&cell)).into()),
        );
    }
    document
}

/// The head of the requirements whose status differs.
pub(super) const COVERAGE: [&str; 4] = ["Requirement", "Title", "Coverage", "Status"];

/// A requirement whose status differs.
pub(super) fn coverage_row(row: &StatusChange) -> Vec<Inline> {
    [requirement_id(row), row.title.clone(), row.effect.word().to_owned(), status_words(row)]
        .map(|cell| Inline::plain(&cell))
        .into()
}

pub(super) fn sentence(words: &str) -> String {
    let mut characters = words.chars();
    characters.next().map_or_else(String::new, |first| format!("{}{}.", first.to_uppercase(), characters.as_str()))
}

fn said(title: &str, change: &Change) -> String {
    links(change).map_or_else(|| title.to_owned(), |links| format!("{title} ({links})"))
}

/// The rows of a section: what, how it changed, before and after.
pub(super) fn section_rows<'s>(section: &'s Section<'_>) -> impl Iterator<Item = [String; 4]> + 's {
    let own = section.own.into_iter().flat_map(|change| rows(change, section, true));
    own.chain(section.below.iter().flat_map(|change| rows(change, section, false)))
}

fn rows(change: &Change, section: &Section<'_>, is_own: bool) -> Vec<[String; 4]> {
    let Some(side) = change.new.as_ref().or(change.old.as_ref()) else { return Vec::new() };
    let what = match is_own {
        true => change.kind.word().to_owned(),
        false => format!("{} {}", change.kind.word(), own_id(side, section)),
    };
    let row = |change: &str, old: &str, new: &str| [what.as_str(), change, old, new].map(str::to_owned);
    match (&change.old, &change.new) {
        (None, Some(new)) => return vec![row("added", "", &said(&new.title, change))],
        (Some(old), None) => return vec![row("removed", &said(&old.title, change), "")],
        _ => {}
    }
    let mut rows = Vec::new();
    let ids = (change.old.as_ref().map_or("", |old| &old.id), change.new.as_ref().map_or("", |new| &new.id));
    if let Some(renaming) = renaming(change, section) {
        rows.push(row(&format!("renamed: {renaming}"), ids.0, ids.1));
    }
    if let (Some(words), Some((old, new))) = (moving(change), &change.moved) {
        rows.push(row(&words, old.as_deref().unwrap_or_default(), new.as_deref().unwrap_or_default()));
    }
    for fact in &change.facts {
        let verb = match (&fact.old, &fact.new) {
            (None, _) => "added",
            (_, None) => "removed",
            _ => "changed",
        };
        let said = |value: &Option<String>| match value.as_deref() {
            Some("") => "yes".to_owned(),
            Some(value) => value.to_owned(),
            None => String::new(),
        };
        rows.push(row(&format!("{verb}: {}", fact_name(fact)), &said(&fact.old), &said(&fact.new)));
    }
    rows
}
