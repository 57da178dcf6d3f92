//! Annexes B to D: characteristics of information items, traceability, and an empty rating sheet.

use super::capability::{framework, rating_label};
use super::coverage;
use super::indicators::Indicators;
use crate::document::{Cell, Document, Inline, Row, Status, Table};
use crate::emit::markdown::{item_keys, item_table, traceability};
use crate::emit::page::{Page, chapter_key};
use crate::model::{Name, Outcome};

fn annex(document: &mut Document, letter: char, title: &str) {
    document.annex(chapter_key(&format!("annex {letter}")), Status::Informative, Inline::plain(title));
}

/// What to look for in each information item.
pub(super) fn annex_b(page: &Page<'_>, document: &mut Document) {
    let keys = std::iter::once(chapter_key("annex B")).chain(item_keys(page)).collect();
    document.annex_of(keys, Status::Informative, Inline::plain(page.words.pam_annex_b));
    if page.model().items.is_empty() {
        document.paragraph(Inline::plain(page.words.model_no_items_yet));
    }
    item_table(page, document);
}

/// From each practice over the outcomes that it achieves to the requirements that these satisfy.
pub(super) fn annex_c(page: &Page<'_>, document: &mut Document, indicators: &[Indicators<'_>]) {
    let words = page.words;
    annex(document, 'C', words.pam_annex_c);
    let rows = indicators.iter().flat_map(|indicators| {
        indicators.practices.iter().flat_map(|practice| chains(page, &practice.id, &practice.achieves))
    });
    // A section that is alone needs no heading.
    if !page.input.coverage.catalogs.is_empty() {
        document.section(Vec::new(), Inline::plain(words.practices_to_requirements));
    }
    let mut rows = rows.peekable();
    if rows.peek().is_none() {
        document.paragraph(Inline::plain(words.no_practices));
    }
    let head = [words.practice, words.outcome, words.requirements];
    document.told_table(words.told_chains, words.chains_caption, &head, rows);
    coverage::coverage(page, document, indicators);
}

fn chains(page: &Page<'_>, practice: &str, achieves: &[Name]) -> Vec<Vec<Inline>> {
    let practice = Inline::plain(practice);
    let row = |outcome: &Outcome| vec![practice.clone(), page.outcome_link(outcome.id), traceability(page, outcome)];
    let rows: Vec<Vec<Inline>> =
        achieves.iter().filter_map(|outcome| page.model().outcome(*outcome)).map(row).collect();
    if rows.is_empty() { vec![vec![practice]] } else { rows }
}

/// A sheet with a place for the rating of each attribute of each process.
pub(super) fn annex_d(page: &Page<'_>, document: &mut Document, indicators: &[Indicators<'_>]) {
    let words = page.words;
    annex(document, 'D', words.pam_annex_d);
    let Some(framework) = framework(page) else {
        document.paragraph(Inline::plain(words.nothing_to_rate));
        return;
    };
    let ratings = Inline::join(framework.ratings.iter().map(|rating| rating_label(page, rating)), ", ");
    document.paragraph(Inline::filled(words.rating_result, &[&ratings]));
    let attributes = framework.levels.iter().flat_map(|level| &level.attributes);
    let header = std::iter::once(Inline::plain(words.process));
    let header: Vec<Inline> =
        header.chain(attributes.map(|attribute| Inline::plain(page.name(attribute.id)))).collect();
    let rows = indicators.iter().map(|indicators| {
        let process = indicators.process;
        vec![page.process_link(process.id).then(" ").and(&page.text(process.title))]
    });
    let blank = [words.rating_method, words.aggregation_method].map(|name| vec![Cell::from(Inline::plain(name))]);
    let width = header.len().saturating_sub(1).max(1);
    let blank = blank.into_iter().map(|mut row: Row| {
        row.push(Cell { words: Inline::default(), rows: 1, columns: width });
        row
    });
    let rows = rows.map(|row: Vec<Inline>| row.into_iter().map(Cell::from).collect());
    let table = Table::under(header, rows.chain(blank).collect());
    let caption = Inline::plain(words.sheet_caption);
    document.push_told_table(words.told_sheet, Table { caption, ..table });
}
