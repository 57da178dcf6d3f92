//! A process assessment model for its authors to complete: the two dimensions and the annexes of its public siblings.

mod annexes;
mod capability;
mod conformity;
mod edits;
mod existing;
mod findings;
mod indicators;
mod process;
mod reference;
mod source;

pub use existing::Existing;
pub use source::{pam_prm, pam_prm_over};

use super::markdown::{
    annexes as own_annexes, bibliography, context, free_text, front, notes_on_scope, notes_on_statements, omissions,
    process_map, references, statement_rows, terms,
};
use super::naming::framework_title;
use super::order;
use super::page::{Page, chapter_key};
use super::{Input, notice};
use crate::document::{Document, Inline, markdown::markdown as print};
use crate::model::Head;
use indicators::Indicators;

/// The document of the model asked for; empty for a package without a model. With provenance, it says of each element
/// which layer added, replaced or left it out, where and why.
pub fn pam(input: &Input<'_>, with_provenance: bool) -> String {
    document(input, with_provenance).map_or_else(String::new, |document| print(&document))
}

/// The same as a tree; `None` for a package without a model.
pub fn document(input: &Input<'_>, with_provenance: bool) -> Option<Document> {
    let mut page = Page::new(*input)?;
    page.with_provenance = with_provenance;
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
    Some(document)
}

fn cover(page: &Page<'_>, document: &mut Document, models: &[&Head], indicators: &[Indicators<'_>]) {
    let head = page.head;
    if drafts(indicators) > 0 {
        document.notice = Some(Inline::plain("Draft, to be completed by its authors."));
    }
    // A document made from the reference model itself is one of it, and has no id of its own.
    let is_apart = models.iter().all(|model| model.id != head.id);
    let id = if is_apart { page.name(head.id).to_owned() } else { format!("of {}", page.name(head.id)) };
    let models = models.iter().map(|model| (Inline::plain("Process reference model"), reference::cited(page, model)));
    let mut rows: Vec<(Inline, Inline)> = models.collect();
    // Whom it extends is told by the reference models.
    let told = |name: &Inline| ["Extends", "Measured by"].contains(&name.shown());
    rows.extend(statement_rows(page).into_iter().filter(|(name, _)| !told(name)));
    rows.push((Inline::plain("Measurement framework"), framework_title(page)));
    let rows = rows.into_iter().filter(|(_, text)| !text.is_empty()).map(|(name, text)| vec![name, text]);
    let head = ["Process assessment model", &id].map(Inline::plain);
    document.table_under(Inline::plain("What the model says of itself"), head, rows);
    notes_on_statements(page, document);
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
        None => document.paragraph(Inline::plain(
            "This process assessment model serves to assess the capability of the processes that are described by the \
             reference model named below.",
        )),
    }
    context(page, document);
    let unnamed = || Inline::strong("none").then(": the model names no measurement framework");
    let framework_named = Some(framework_title(page)).filter(|framework| !framework.is_empty());
    let named = if models.len() == 1 { "c) Process reference model" } else { "c) Process reference models" };
    let models = Inline::join(models.iter().map(|model| reference::cited(page, model)), "; ");
    let processes = Inline::join(indicators.iter().map(|indicators| page.process_link(indicators.process.id)), ", ");
    let processes = Inline::plain(&format!("All {}:", indicators.len())).then(" ").and(&processes);
    let rows = [
        ("a) Process quality characteristic", Inline::plain("Process capability")),
        ("b) Process measurement framework", framework_named.unwrap_or_else(unnamed)),
        (named, models),
        ("d) Processes selected", processes),
        ("e) Process attributes and levels", capability::attributes(page).unwrap_or_else(unnamed)),
    ];
    let rows = rows.into_iter().map(|(name, text)| vec![Inline::plain(name), text]);
    document.table("Declarations", &["Declared", "In this model"], rows);
    notes_on_scope(page, document);
}

/// Chapter: the two dimensions, and what indicators are for.
fn overview(page: &Page<'_>, document: &mut Document, indicators: &[Indicators<'_>]) {
    document.chapter([chapter_key("overview")], "Overview of the process assessment model");
    document.section(Vec::new(), Inline::plain("General"));
    if let Some(overview) = page.head.overview {
        free_text(page, document, "overview", overview);
    }
    document.paragraph(Inline::plain(
        "The model has two dimensions. In the process dimension, each process has its purpose and outcomes, taken from \
         the reference model without a change, and indicators of performance: base practices and information items. In \
         the capability dimension, each attribute of the measurement framework has its achievements, and indicators of \
         capability: generic practices.",
    ));
    document.paragraph(Inline::plain(
        "Indicators guide an assessor to evidence. They are no checklist: no organization has to carry out a practice \
         or keep an item as it is worded here, if the outcome or the achievement comes about in another way.",
    ));
    let processes: Vec<_> = indicators.iter().map(|indicators| indicators.process).collect();
    process_map(page, document, &processes);
    omissions(page, document);
}
