//! A difference as a redline: what was struck and what was inserted, element by element, and what it did to coverage.

use super::markdown::{COVERAGE, coverage_row, section_rows, sentence};
use super::sections::{is_listed, sections, squeezed, summary, totals};
use crate::diff::{CatalogChange, Diff, Word, words};
use crate::document::{Document, Inline, Part};
use crate::emit::notice::Said;

/// The redline as a document, between what the sides are called.
pub fn redline(diff: &Diff, notices: &[Said<'_>], old: &str, new: &str) -> Document {
    let mut document = begun(&format!("Changes from {old} to {new}"), notices);
    document.chapter([], "General");
    document.paragraph(Inline::plain(&sentence(&totals(diff))));
    document.paragraph(marks());
    changes(&mut document, diff, |document, words| document.chapter([], words.shown()));
    document.settle();
    document
}

/// A release, by its name, and what differs from the one before it; or why that cannot be told.
pub struct Release {
    /// What it is called.
    pub name: String,
    /// What changed, or the problem.
    pub told: Result<Diff, String>,
}

/// The changes of releases, the newest first.
pub fn history(releases: &[Release], notices: &[Said<'_>], old: &str, new: &str) -> Document {
    let mut document = begun(&format!("History of changes from {old} to {new}"), notices);
    document.chapter([], "Releases");
    document.paragraph(marks());
    let row = |release: &Release| {
        let told = match &release.told {
            Ok(diff) => sentence(&totals(diff)),
            Err(problem) => sentence(problem),
        };
        [release.name.as_str(), &told].map(Inline::plain).into()
    };
    let told = "lists the releases, the newest first";
    document.told_table(told, "Releases", &["Release", "What changed"], releases.iter().rev().map(row));
    for release in releases.iter().rev() {
        let Ok(diff) = &release.told else { continue };
        document.chapter([], &format!("Release {}", release.name));
        document.section(Vec::new(), Inline::plain("General"));
        document.paragraph(Inline::plain(&sentence(&totals(diff))));
        changes(&mut document, diff, |document, words| document.section(Vec::new(), words));
    }
    document.settle();
    document
}

fn begun(title: &str, notices: &[Said<'_>]) -> Document {
    let mut document = Document::new(Inline::plain(title));
    for notice in notices {
        document.paragraph(Inline::plain(&format!("Notice of {}: {}", notice.of, squeezed(&notice.text))));
    }
    document
}

/// What a reader has to know of the marks. The sentence has none itself, or it would change with what is accepted.
fn marks() -> Inline {
    Inline::plain("Words that are gone are struck, and new ones are underlined.")
}

/// What it did to coverage, and the changes element by element, each below a heading.
fn changes(document: &mut Document, diff: &Diff, head: fn(&mut Document, Inline)) {
    if !diff.coverage.is_empty() {
        head(document, Inline::plain("Coverage"));
    }
    diff.coverage.iter().for_each(|catalog| coverage(document, catalog));
    for section in sections(diff) {
        let title = if section.id == section.title { "" } else { section.title };
        let heading = format!("{} {} {title}", section.kind.word(), section.id);
        head(document, Inline::plain(heading.trim_end()));
        let rows = section_rows(&section)
            .map(|[what, change, old, new]| vec![Inline::plain(&what), Inline::plain(&change), compared(&old, &new)]);
        let told = "lists what has changed, word by word";
        document.told_table(told, &format!("Changes of {}", section.id), &["What", "Change", "Wording"], rows);
    }
}

fn coverage(document: &mut Document, catalog: &CatalogChange) {
    let colon = if is_listed(catalog) { ": " } else { " " };
    document.paragraph(Inline::strong(&catalog.catalog).then(colon).then(&summary(catalog)).then("."));
    if !is_listed(catalog) {
        return;
    }
    let told = "lists the requirements that the changes settle otherwise";
    let caption = format!("Coverage of {}", catalog.catalog);
    document.told_table(told, &caption, &COVERAGE, catalog.requirements.iter().map(coverage_row));
}

/// Two wordings in one line: what both have once, what went struck, what came inserted.
fn compared(old: &str, new: &str) -> Inline {
    let parts = words(old, new).into_iter().map(|word| match word {
        Word::Same(text) => Inline::plain(&text),
        Word::Old(text) => struck(&text),
        Word::New(text) => inserted(&text),
    });
    Inline::join(parts.filter(|part| !part.is_empty()), " ")
}

fn struck(words: &str) -> Inline {
    Inline::of(Part::Struck(Inline::plain(words)))
}

fn inserted(words: &str) -> Inline {
    Inline::of(Part::Inserted(Inline::plain(words)))
}
