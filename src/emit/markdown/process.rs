//! A table for each process.

use super::changes::{changes, provenance};
use super::head::{fields, group_link, row};
use super::links::traceability;
use crate::document::words::fill;
use crate::document::{Cell, Document, Inline, Row, Table};
use crate::emit::order;
use crate::emit::page::{Page, chapter_key, process_key};
use crate::emit::remark::Notes;
use crate::model::{FieldKind, Name, Outcome, Process};

/// Chapter: the processes, in the order that the model states.
pub(super) fn processes(page: &Page<'_>, document: &mut Document) {
    document.chapter([chapter_key("processes")], page.words.descriptions);
    let processes = order::processes(&page.input);
    if processes.is_empty() {
        document.paragraph(Inline::plain(page.words.no_processes));
        return;
    }
    document.section(Vec::new(), Inline::plain(page.words.general));
    document.paragraph(Inline::plain(page.words.descriptions_lead));
    for process in processes {
        let id = page.name(process.id);
        document.section(vec![process_key(id)], page.titled(id, process.title));
        table(page, document, process);
        notes(page, process).print(document);
    }
}

/// The notes on a process and its outcomes.
pub(in crate::emit) fn notes<'p, 'a>(page: &'p Page<'a>, process: &Process) -> Notes<'p, 'a> {
    let mut notes = Notes::new(page);
    notes.with_fields(&process.remarks, FieldKind::Process, "");
    for outcome in &process.outcomes {
        notes.with_fields(&outcome.remarks, FieldKind::Outcome, &fill(page.words.the_outcome, &[page.number(outcome)]));
    }
    notes
}

fn table(page: &Page<'_>, document: &mut Document, process: &Process) {
    let words = page.words;
    let mut rows = vec![row(Inline::plain(words.name), page.text(process.title))];
    if let Some(group) = process.group.and_then(|group| page.model().group(group)) {
        rows.push(row(Inline::plain(words.group), group_link(page, group.id).then(" ").and(&page.text(group.title))));
    }
    let stated = [(words.purpose, process.purpose, true), (words.context, process.context, false)];
    for (name, stated, always) in stated {
        let text = stated.map(|stated| page.text(stated.text)).unwrap_or_default();
        if always || !text.is_empty() {
            rows.push(row(Inline::plain(name), text));
        }
    }
    push(&mut rows, words.outcomes, outcomes(page, process));
    push(&mut rows, words.traceability, per_outcome(page, process, traceability));
    push(&mut rows, words.evidence, per_outcome(page, process, evidence));
    rows.extend(field_rows(page, process));
    let former = process.remarks.formerly().iter().map(|(id, _)| Inline::plain(page.name(*id)));
    push(&mut rows, words.formerly, Some(Inline::join(former, ", ")).filter(|former| !former.is_empty()));
    if page.telling.provenance {
        push(&mut rows, words.provenance, provenance(page, process, false));
    } else {
        push(&mut rows, words.stated_by, stated_by(page, process));
        push(&mut rows, words.changed_by_layers, changes(page, process, false));
    }
    push_described(page, document, process, rows);
}

/// The table that describes a process.
pub(in crate::emit) fn push_described(page: &Page<'_>, document: &mut Document, process: &Process, rows: Vec<Row>) {
    let id = page.name(process.id);
    let table = Table::under([page.words.process_id, id].map(Inline::plain), rows);
    let caption = Inline::filled(page.words.process_caption, &[&Inline::plain(id)]);
    document.push_told_table(page.words.told_process, Table { caption, ..table });
}

/// Rows under one name, whose cell reaches over all of them.
pub(in crate::emit) fn push(rows: &mut Vec<Row>, name: &str, texts: impl IntoIterator<Item = Inline>) {
    let texts: Vec<Inline> = texts.into_iter().collect();
    let mut name = Some(Cell { words: Inline::plain(name), rows: texts.len(), columns: 1 });
    rows.extend(texts.into_iter().map(|text| name.take().into_iter().chain([text.into()]).collect()));
}

fn numbered(page: &Page<'_>, outcome: &Outcome, text: &Inline) -> Inline {
    Inline::strong(page.number(outcome)).then(" ").and(text)
}

/// The outcomes under their numbers.
pub(in crate::emit) fn outcomes(page: &Page<'_>, process: &Process) -> Vec<Inline> {
    process.outcomes.iter().map(|outcome| numbered(page, outcome, &page.text(outcome.text))).collect()
}

fn per_outcome(page: &Page<'_>, process: &Process, say: fn(&Page<'_>, &Outcome) -> Inline) -> Vec<Inline> {
    let said = process.outcomes.iter().map(|outcome| (outcome, say(page, outcome)));
    said.filter(|(_, text)| !text.is_empty()).map(|(outcome, text)| numbered(page, outcome, &text)).collect()
}

/// The information items that show an outcome.
fn evidence(page: &Page<'_>, outcome: &Outcome) -> Inline {
    Inline::join(outcome.produces.iter().map(|item| page.item_link(item.id)), ", ")
}

/// What a process and its outcomes say in their fields.
pub(in crate::emit) fn field_rows(page: &Page<'_>, process: &Process) -> Vec<Row> {
    let of_process =
        fields(page, &process.remarks, FieldKind::Process).into_iter().map(|(title, text)| row(title, text));
    let with_fields = process.outcomes.iter().flat_map(|outcome| {
        let fields = fields(page, &outcome.remarks, FieldKind::Outcome);
        fields.into_iter().map(move |(title, text)| (outcome, title, text))
    });
    with_fields.map(|(outcome, title, text)| row(title, numbered(page, outcome, &text))).chain(of_process).collect()
}

/// Which layers the present wording comes from, a row each, where it comes from several: a layer that leaves a process
/// alone leaves its description alone too.
fn stated_by(page: &Page<'_>, process: &Process) -> Vec<Inline> {
    let mut others: Vec<(Name, Vec<String>)> = Vec::new();
    let purpose = process.purpose.map(|purpose| (page.words.the_purpose, purpose.origin));
    let context = process.context.map(|context| (page.words.the_context, context.origin));
    let parts = [purpose, context].into_iter().flatten().map(|(part, origin)| (part.to_owned(), origin));
    let outcomes =
        process.outcomes.iter().map(|outcome| (fill(page.words.the_outcome, &[page.number(outcome)]), outcome.origin));
    for (part, origin) in parts.chain(outcomes) {
        let Some(layer) = origin.layer.filter(|layer| process.origin.layer.is_some_and(|own| own != *layer)) else {
            continue;
        };
        match others.iter_mut().find(|(other, _)| *other == layer) {
            Some((_, parts)) => parts.push(part),
            None => others.push((layer, vec![part])),
        }
    }
    let own = process.origin.layer.filter(|_| !others.is_empty()).map(|own| Inline::plain(page.called(own)));
    let told = |(layer, parts): &(Name, Vec<String>)| {
        Inline::plain(&format!("{}{}{}", page.called(*layer), page.words.colon, parts.join(", ")))
    };
    own.into_iter().chain(others.iter().map(told)).collect()
}
