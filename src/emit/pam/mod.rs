//! A process assessment model for its authors to complete: the two dimensions and the annexes of its public siblings.

mod annexes;
mod capability;
mod conformity;
mod coverage;
mod edits;
mod existing;
mod indicators;
mod process;
mod reference;
mod source;

pub use existing::Existing;
pub use source::{pam_prm, pam_prm_over};

use super::markdown::{
    annexes as own_annexes, bibliography, context, findings, free_text, front, notes_on_scope, omissions, process_map,
    references, stated, statement_rows, terms,
};
use super::naming::framework_title;
use super::order;
use super::page::{Page, chapter_key};
use super::telling::Telling;
use super::{Input, notice};
use crate::document::words::Words;
use crate::document::{Document, Inline, markdown::markdown as print};
use crate::model::Head;
use indicators::Indicators;

/// The document of the model asked for; empty for a package without a model. `telling` says what it tells besides.
pub fn pam(input: &Input<'_>, telling: impl Into<Telling>) -> String {
    document(input, telling).map_or_else(String::new, |document| print(&document))
}

/// The same as a tree; `None` for a package without a model.
pub fn document(input: &Input<'_>, telling: impl Into<Telling>) -> Option<Document> {
    let mut page = Page::new(*input)?;
    page.telling = telling.into();
    page.measures = true;
    page.made_annexes = Some(4);
    let indicators: Vec<Indicators<'_>> =
        order::processes(input).into_iter().map(|process| Indicators::of(&page, process)).collect();
    let mut document = page.document(title(&page));
    notice::at_head(&page, &mut document);
    let models = reference::models(&page);
    cover(&page, &mut document, &models, &indicators);
    front(&page, &mut document);
    scope(&page, &mut document, &models, &indicators);
    references(&page, &mut document);
    terms(&page, &mut document);
    overview(&page, &mut document, &indicators);
    process::processes(&page, &mut document, &models, &indicators);
    capability::capability(&page, &mut document);
    conformity::annex_a(&page, &mut document);
    annexes::annex_b(&page, &mut document);
    annexes::annex_c(&page, &mut document, &indicators);
    annexes::annex_d(&page, &mut document, &indicators);
    own_annexes(&page, &mut document);
    bibliography(&page, &mut document);
    findings(&page, &mut document);
    document.settle();
    Some(document)
}

fn cover(page: &Page<'_>, document: &mut Document, models: &[&Head], indicators: &[Indicators<'_>]) {
    let (head, words) = (page.head, page.words);
    if drafts(indicators) > 0 {
        document.notice = Some(Inline::plain(words.pam_notice));
    }
    // A document made from the reference model itself is one of it, and has no id of its own.
    let is_apart = models.iter().all(|model| model.id != head.id);
    let called = page.text(head.title);
    let called = if is_apart { called } else { Inline::filled(words.pam_of, &[&called]) };
    let models = models.iter().map(|model| (Inline::plain(words.prm), reference::cited(page, model)));
    let mut rows: Vec<(Inline, Inline)> = models.collect();
    // Whom it extends is told by the reference models.
    rows.extend(statement_rows(page).into_iter().filter(|(name, _)| name.shown() != words.extends));
    rows.push((Inline::plain(words.measurement_framework), framework_title(page)));
    stated(page, document, Inline::plain(words.pam), called, rows);
}

/// The title of the document.
fn title(page: &Page<'_>) -> Inline {
    let title = page.text(page.head.title);
    if says_what_it_is(page.words, title.shown()) { title } else { Inline::filled(page.words.pam_titled, &[&title]) }
}

/// Whether a title calls an assessment model by its name.
fn says_what_it_is(words: &Words, title: &str) -> bool {
    let title = title.to_lowercase();
    title.contains("assessment model") || title.contains(&words.pam.to_lowercase())
}

/// How many practices wait for their authors.
fn drafts(indicators: &[Indicators<'_>]) -> usize {
    indicators.iter().flat_map(|indicators| &indicators.practices).filter(|practice| practice.is_draft).count()
}

/// Chapter: the five things that ISO/IEC 33004, 6.3.5 wants declared.
fn scope(page: &Page<'_>, document: &mut Document, models: &[&Head], indicators: &[Indicators<'_>]) {
    let words = page.words;
    document.chapter([chapter_key("scope")], words.scope);
    match page.head.scope {
        Some(scope) => document.text(&page.marked(scope), page),
        None => document.paragraph(Inline::plain(match page.head.measured_by {
            Some(_) => words.pam_scope,
            None => words.pam_scope_bare,
        })),
    }
    context(page, document);
    let unnamed = || Inline::strong(words.no_framework).then(words.no_framework_named);
    let characteristic = page.head.measured_by.map_or_else(unnamed, |_| Inline::plain(words.process_capability));
    let framework_named = Some(framework_title(page)).filter(|framework| !framework.is_empty());
    let named = if models.len() == 1 { words.row_model } else { words.row_models };
    let models = Inline::join(models.iter().map(|model| reference::cited(page, model)), "; ");
    let processes = Inline::join(indicators.iter().map(|indicators| page.process_link(indicators.process.id)), ", ");
    let processes = Inline::filled(words.all_processes, &[&Inline::plain(&indicators.len().to_string()), &processes]);
    let rows = [
        (words.row_quality, characteristic),
        (words.row_framework, framework_named.unwrap_or_else(unnamed)),
        (named, models),
        (words.row_processes, processes),
        (words.row_attributes, capability::attributes(page).unwrap_or_else(unnamed)),
    ];
    let rows = rows.into_iter().map(|(name, text)| vec![Inline::plain(name), text]);
    let head = [words.declared, words.in_this_model];
    document.told_table(words.told_declarations, words.declarations, &head, rows);
    notes_on_scope(page, document);
}

/// Chapter: the two dimensions, and what indicators are for.
fn overview(page: &Page<'_>, document: &mut Document, indicators: &[Indicators<'_>]) {
    document.chapter([chapter_key("overview")], page.words.overview_pam);
    document.section(Vec::new(), Inline::plain(page.words.general));
    if let Some(overview) = page.head.overview {
        free_text(page, document, "overview", overview);
    }
    document.paragraph(Inline::plain(match page.head.measured_by {
        Some(_) => page.words.dimensions,
        None => page.words.dimensions_bare,
    }));
    document.paragraph(Inline::plain(page.words.indicators_guide));
    let processes: Vec<_> = indicators.iter().map(|indicators| indicators.process).collect();
    process_map(page, document, &processes);
    omissions(page, document);
}
