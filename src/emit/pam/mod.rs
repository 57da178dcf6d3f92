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
    let head = page.head;
    if drafts(indicators) > 0 {
        document.notice = Some(Inline::plain("Draft, to be completed by its authors."));
    }
    // A document made from the reference model itself is one of it, and has no id of its own.
    let is_apart = models.iter().all(|model| model.id != head.id);
    let called = page.text(head.title);
    let called = if is_apart { called } else { Inline::plain("of").then(" ").and(&called) };
    let models = models.iter().map(|model| (Inline::plain("Process reference model"), reference::cited(page, model)));
    let mut rows: Vec<(Inline, Inline)> = models.collect();
    // Whom it extends is told by the reference models.
    rows.extend(statement_rows(page).into_iter().filter(|(name, _)| name.shown() != "Extends"));
    rows.push((Inline::plain("Measurement framework"), framework_title(page)));
    stated(page, document, Inline::plain("Process assessment model"), called, rows);
}

/// The title of the document.
fn title(page: &Page<'_>) -> Inline {
    let title = page.text(page.head.title);
    if says_what_it_is(title.shown()) { title } else { title.then(": ").then(KIND) }
}

/// What the document is, where the title of its model does not say so.
const KIND: &str = "process assessment model";

/// Whether a title calls an assessment model by its name.
fn says_what_it_is(title: &str) -> bool {
    title.to_lowercase().contains("assessment model")
}

/// How many practices wait for their authors.
fn drafts(indicators: &[Indicators<'_>]) -> usize {
    indicators.iter().flat_map(|indicators| &indicators.practices).filter(|practice| practice.is_draft).count()
}

/// Chapter: the five things that ISO/IEC 33004, 6.3.5 wants declared.
fn scope(page: &Page<'_>, document: &mut Document, models: &[&Head], indicators: &[Indicators<'_>]) {
    document.chapter([chapter_key("scope")], "Scope");
    match page.head.scope {
        Some(scope) => document.text(&page.marked(scope), page),
        None => document.paragraph(Inline::plain(match page.head.measured_by {
            Some(_) => {
                "This process assessment model serves to assess the capability of the processes that are described by the \
                 reference model named below."
            }
            None => {
                "This document holds indicators for the processes that are described by the reference model named below. It \
                 names no measurement framework, and does not serve to assess their capability."
            }
        })),
    }
    context(page, document);
    let unnamed = || Inline::strong("none").then(": the model names no measurement framework");
    let characteristic = page.head.measured_by.map_or_else(unnamed, |_| Inline::plain("Process capability"));
    let framework_named = Some(framework_title(page)).filter(|framework| !framework.is_empty());
    let named = if models.len() == 1 { "c) Process reference model" } else { "c) Process reference models" };
    let models = Inline::join(models.iter().map(|model| reference::cited(page, model)), "; ");
    let processes = Inline::join(indicators.iter().map(|indicators| page.process_link(indicators.process.id)), ", ");
    let processes = Inline::plain(&format!("All {}:", indicators.len())).then(" ").and(&processes);
    let rows = [
        ("a) Process quality characteristic", characteristic),
        ("b) Process measurement framework", framework_named.unwrap_or_else(unnamed)),
        (named, models),
        ("d) Processes selected", processes),
        ("e) Process attributes and levels", capability::attributes(page).unwrap_or_else(unnamed)),
    ];
    let rows = rows.into_iter().map(|(name, text)| vec![Inline::plain(name), text]);
    document.told_table("declares what the model is for", "Declarations", &["Declared", "In this model"], rows);
    notes_on_scope(page, document);
}

/// Chapter: the two dimensions, and what indicators are for.
fn overview(page: &Page<'_>, document: &mut Document, indicators: &[Indicators<'_>]) {
    document.chapter([chapter_key("overview")], "Overview of the process assessment model");
    document.section(Vec::new(), Inline::plain("General"));
    if let Some(overview) = page.head.overview {
        free_text(page, document, "overview", overview);
    }
    let [dimensions, capability] = match page.head.measured_by {
        Some(_) => [
            "The model has two dimensions.",
            " In the capability dimension, each attribute of the measurement framework has its achievements, and indicators \
             of capability: generic practices.",
        ],
        None => ["The model has one dimension, for it names no measurement framework.", ""],
    };
    document.paragraph(Inline::plain(&format!(
        "{dimensions} In the process dimension, each process has its purpose and outcomes, taken from the reference model \
         without a change, and indicators of performance: base practices and information items.{capability}"
    )));
    document.paragraph(Inline::plain(
        "Indicators guide an assessor to evidence. They are no checklist: no organization has to carry out a practice \
         or keep an item as it is worded here, if the outcome or the achievement comes about in another way.",
    ));
    let processes: Vec<_> = indicators.iter().map(|indicators| indicators.process).collect();
    process_map(page, document, &processes);
    omissions(page, document);
}
