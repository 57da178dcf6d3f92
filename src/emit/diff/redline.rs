//! A difference as a redline: what was struck and what was inserted, element by element, and what it did to coverage.

use super::markdown::{begun, capitalized, coverage, headed, section_rows, sentence};
use super::sections::{sections, totals};
use crate::diff::{Diff, Word, words as compare};
use crate::document::words::{Words, fill};
use crate::document::{Document, Inline, Part};
use crate::emit::notice::Said;

/// The redline as a document in the words of a language, between what the sides are called.
pub fn redline(words: &'static Words, diff: &Diff, notices: &[Said<'_>], old: &str, new: &str) -> Document {
    let mut document = begun(words, &fill(words.differences.changes_titled, &[old, new]), notices);
    document.chapter([], words.general);
    document.paragraph(Inline::plain(&sentence(&totals(words, diff))));
    document.paragraph(marks(words));
    changes(words, &mut document, diff, |document, title| document.chapter([], title.shown()));
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
pub fn history(words: &'static Words, releases: &[Release], notices: &[Said<'_>], old: &str, new: &str) -> Document {
    let mut document = begun(words, &fill(words.differences.history_titled, &[old, new]), notices);
    document.chapter([], words.differences.releases);
    document.paragraph(marks(words));
    let row = |release: &Release| {
        let told = match &release.told {
            Ok(diff) => sentence(&totals(words, diff)),
            Err(problem) => sentence(problem),
        };
        [release.name.as_str(), &told].map(Inline::plain).into()
    };
    let head = [words.differences.release, words.differences.what_changed];
    document.told_table(
        words.differences.told_releases,
        words.differences.releases,
        &head,
        releases.iter().rev().map(row),
    );
    for release in releases.iter().rev() {
        let Ok(diff) = &release.told else { continue };
        document.chapter([], &fill(words.differences.release_is, &[&release.name]));
        document.section(Vec::new(), Inline::plain(words.general));
        document.paragraph(Inline::plain(&sentence(&totals(words, diff))));
        changes(words, &mut document, diff, |document, title| document.section(Vec::new(), title));
    }
    document.settle();
    document
}

/// What a reader has to know of the marks. The sentence has none itself, or it would change with what is accepted.
fn marks(words: &Words) -> Inline {
    Inline::plain(words.differences.redline_marks)
}

/// What it did to coverage, and the changes element by element, each below a heading.
fn changes(words: &Words, document: &mut Document, diff: &Diff, head: fn(&mut Document, Inline)) {
    if !diff.coverage.is_empty() {
        head(document, Inline::plain(words.coverage));
    }
    diff.coverage.iter().for_each(|catalog| coverage(words, document, catalog, true));
    for section in sections(diff) {
        head(document, Inline::plain(&capitalized(headed(words, &section).shown())));
        let rows = section_rows(words, &section)
            .map(|[what, change, old, new]| vec![Inline::plain(&what), Inline::plain(&change), compared(&old, &new)]);
        let caption = fill(words.differences.changes_caption, &[section.id]);
        let columns = [words.differences.what_head, words.differences.change_head, words.differences.wording_head];
        document.told_table(words.differences.told_changes, &caption, &columns, rows);
    }
}

/// Two wordings in one line: what both have once, what went struck, what came inserted.
fn compared(old: &str, new: &str) -> Inline {
    let parts = compare(old, new).into_iter().map(|word| match word {
        Word::Same(text) => Inline::plain(&text),
        Word::Old(text) => struck(&text),
        Word::New(text) => inserted(&text),
    });
    Inline::join(parts.filter(|part| !part.is_empty()), " ")
}

fn struck(words: &str) -> Inline {
    Inline::of(Part::Struck(Inline::plain(words).as_line()))
}

fn inserted(words: &str) -> Inline {
    Inline::of(Part::Inserted(Inline::plain(words).as_line()))
}
