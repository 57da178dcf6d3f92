//! The process dimension: what the reference model says of each process, and its indicators.

use super::indicators::Indicators;
use super::reference;
use crate::document::words::fill;
use crate::document::{Cell, Document, Inline, Table};
use crate::emit::markdown::{changes, field_rows, notes, outcomes, provenance, push, push_described, row};
use crate::emit::naming::named;
use crate::emit::page::{Page, chapter_key, process_key};
use crate::model::{Head, Process};

/// Chapter: the processes, in the order that the model states.
pub(super) fn processes(page: &Page<'_>, document: &mut Document, models: &[&Head], indicators: &[Indicators<'_>]) {
    let words = page.words;
    document.chapter([chapter_key("processes")], words.performance);
    if indicators.is_empty() {
        document.paragraph(Inline::plain(words.no_processes));
        return;
    }
    document.section(Vec::new(), Inline::plain(words.general));
    let models = Inline::join(models.iter().map(|model| named(page, model)), "; ");
    document.paragraph(Inline::filled(words.performance_lead, &[&models]));
    for indicators in indicators {
        let id = page.name(indicators.process.id);
        let title = page.titled(id, indicators.process.title);
        document.section(vec![process_key(id)], title);
        described(page, document, indicators.process);
        practices(page, document, indicators);
        items(page, document, indicators);
        matrix(page, document, indicators);
        reached(page, document, indicators);
        let mut notes = notes(page, indicators.process);
        for practice in &indicators.practices {
            // What marks a draft is told by "(draft)".
            if let Some(remarks) = practice.remarks.filter(|remarks| !practice.is_draft || remarks.notes().len() > 1) {
                notes.of(remarks, &practice.id);
            }
        }
        notes.print(document);
    }
}

/// What the reference model says, which assessors rate and may not reword.
fn described(page: &Page<'_>, document: &mut Document, process: &Process) {
    let text = |stated: Option<crate::model::Stated>| stated.map(|stated| page.text(stated.text)).unwrap_or_default();
    let words = page.words;
    let mut rows = vec![
        row(Inline::plain(words.name), page.text(process.title)),
        row(Inline::plain(words.reference_model), reference::of_process(page, process)),
        row(Inline::plain(words.purpose), text(process.purpose)),
    ];
    let context = text(process.context);
    if !context.is_empty() {
        rows.push(row(Inline::plain(words.context), context));
    }
    push(&mut rows, words.outcomes, outcomes(page, process));
    rows.extend(field_rows(page, process));
    match page.telling.provenance {
        true => push(&mut rows, words.provenance, provenance(page, process, true)),
        false => push(&mut rows, words.changed_by_layers, changes(page, process, true)),
    }
    push_described(page, document, process, rows);
}

fn practices(page: &Page<'_>, document: &mut Document, indicators: &Indicators<'_>) {
    let rows = indicators.practices.iter().map(|practice| {
        vec![Inline::plain(&practice.id), practice.text.clone(), indicators.numbers(page, &practice.achieves)]
    });
    let words = page.words;
    let head = [words.id, words.practice, words.achieves_outcome];
    document.told_table(words.told_practices, &fill(words.practices_caption, &[indicators.id(page)]), &head, rows);
}

fn items(page: &Page<'_>, document: &mut Document, indicators: &Indicators<'_>) {
    let rows = indicators.items.iter().map(|item| {
        vec![
            Inline::plain(page.name(item.item)),
            page.item_link(item.item),
            mark(item.is_input),
            mark(item.is_output),
            indicators.numbers(page, &item.shows),
        ]
    });
    let words = page.words;
    let head = [words.id, words.item, words.input, words.output, words.shows_outcome];
    document.told_table(words.told_items_of, &fill(words.items_of_caption, &[indicators.id(page)]), &head, rows);
    if indicators.items.is_empty() {
        document.paragraph(Inline::plain(words.no_items_yet));
    }
}

/// Which indicator speaks for which outcome.
fn matrix(page: &Page<'_>, document: &mut Document, indicators: &Indicators<'_>) {
    let outcomes = &indicators.process.outcomes;
    let header = std::iter::once(Inline::plain(page.words.indicator));
    let header: Vec<Inline> =
        header.chain(outcomes.iter().map(|outcome| Inline::plain(page.number(outcome)))).collect();
    let row = |name: Inline, shows: &[crate::model::Name]| {
        std::iter::once(name).chain(outcomes.iter().map(|outcome| mark(shows.contains(&outcome.id)))).collect()
    };
    let practices = indicators.practices.iter().map(|practice| row(Inline::plain(&practice.id), &practice.achieves));
    let shown = indicators.items.iter().filter(|item| item.is_output);
    let items = shown.map(|item| row(page.item_link(item.item), &item.shows));
    let caption = fill(page.words.indicators_caption, &[indicators.id(page)]);
    let rows = practices.chain(items).map(|row: Vec<Inline>| row.into_iter().map(Cell::from).collect()).collect();
    let table = Table::under(header, rows);
    document.push_told_table(page.words.told_indicators, Table { caption: Inline::plain(&caption), ..table });
}

fn mark(is_set: bool) -> Inline {
    if is_set { Inline::plain("x") } else { Inline::default() }
}

/// The requirements that the achieved outcomes satisfy; annex C has the chains.
fn reached(page: &Page<'_>, document: &mut Document, indicators: &Indicators<'_>) {
    let links = indicators.achieved().flat_map(|outcome| &outcome.links);
    let mut requirements: Vec<crate::model::RequirementId> = Vec::new();
    for link in links {
        if !requirements.contains(&link.requirement) {
            requirements.push(link.requirement);
        }
    }
    let requirements = page.requirement_cites(requirements);
    if !requirements.is_empty() {
        document.paragraph(Inline::strong(page.words.requirements_reached).then(page.words.colon).and(&requirements));
    }
}
