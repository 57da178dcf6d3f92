//! What layers did to their bases, and why.

use crate::document::words::fill;
use crate::document::{Document, Inline};
use crate::emit::page::Page;
use crate::emit::provenance::{self, Event};
use crate::emit::remark::Notes;
use crate::emit::report::place;
use crate::model::{Action, Change, Origin, Process, Remarks};

/// What layers stated anew of an element without parts: "item replaced by “Acme”: Better.", or, where it needs no name,
/// "Replaced by “Acme”: Better."
pub(super) fn replaced(page: &Page<'_>, what: &str, remarks: &Remarks) -> Vec<Inline> {
    let replaced = remarks.history().iter().filter(|change| change.action == Action::Replaced);
    replaced.map(|change| tell(page, change, what)).collect()
}

/// "outcome 2 replaced by “Acme”: Service level of Acme.", a row each; practices where they are wanted.
pub(in crate::emit) fn changes(page: &Page<'_>, process: &Process, with_practices: bool) -> Vec<Inline> {
    let whole = process.remarks.history().iter().map(|change| {
        tell(page, change, change.what.map_or(page.words.the_process, |what| page.words.statement(what)))
    });
    let outcomes = process.outcomes.iter().flat_map(|outcome| {
        let what = fill(page.words.the_outcome, &[page.number(outcome)]);
        outcome.remarks.history().iter().map(move |change| tell(page, change, &what))
    });
    let practices = process.practices.iter().filter(|_| with_practices).flat_map(|practice| {
        let what = fill(page.words.the_practice, &[page.input.sources.slice(practice.own_id)]);
        practice.remarks.history().iter().map(move |change| tell(page, change, &what))
    });
    whole.chain(outcomes).chain(practices).collect()
}

fn tell(page: &Page<'_>, change: &Change, what: &str) -> Inline {
    let words = page.words;
    let did = provenance::did(words, change.action);
    let told = match (what, change.origin.layer.map(|layer| page.quoted(layer))) {
        ("", None) => words.replaced.to_owned(),
        ("", Some(layer)) => fill(words.replaced_by, &[&layer]),
        (what, None) => fill(words.changed, &[what, did]),
        (what, Some(layer)) => fill(words.changed_by, &[what, did, &layer]),
    };
    let told = Inline::plain(&told);
    match change.because.filter(|_| change.action != Action::Extended) {
        Some(because) => told.then(page.words.colon).and(&page.text(because)),
        None => told,
    }
}

/// "outcome 2 replaced by acme (acme.prm:12): Service level of Acme.", a row for each thing that a layer did to the
/// process or a part of it; none where provenance is not asked for.
pub(in crate::emit) fn provenance(page: &Page<'_>, process: &Process, with_practices: bool) -> Vec<Inline> {
    if !page.telling.provenance {
        return Vec::new();
    }
    let told = provenance::process(&page.input, page.words, process, with_practices);
    told.iter().map(|(what, event)| located(page, what, event)).collect()
}

/// The same of an element without parts, on one line; empty where provenance is not asked for.
pub(in crate::emit) fn provenance_of(page: &Page<'_>, what: &str, origin: Origin, remarks: &Remarks) -> Inline {
    if !page.telling.provenance {
        return Inline::default();
    }
    let told = provenance::whole(&page.input, page.words, what, origin, remarks);
    let told = Inline::join(told.iter().map(|(what, event)| located(page, what, event)), "; ");
    Inline::filled(page.words.provenance_is, &[&told])
}

fn located(page: &Page<'_>, what: &str, event: &Event) -> Inline {
    let told = Inline::plain(&fill(page.words.changed, &[what, &event.words]));
    match event.because {
        Some(because) => told.then(page.words.colon).and(&page.text(because)),
        None => told,
    }
}

/// Section: what the layers leave out; none where they leave out nothing.
pub(in crate::emit) fn omissions(page: &Page<'_>, document: &mut Document) {
    if page.model().omissions.is_empty() {
        return;
    }
    let words = page.words;
    document.section(Vec::new(), Inline::plain(words.left_out_of_base));
    let rows = page.model().omissions.iter().map(|omission| {
        // Where files are named, layers are by their ids.
        let named = |layer| if page.telling.provenance { page.name(layer) } else { page.called(layer) };
        let layer = omission.origin.layer.map(|layer| Inline::plain(named(layer))).unwrap_or_default();
        let at = page.telling.provenance.then(|| Inline::plain(&place(&page.input, omission.span)));
        let row = [Some(Inline::plain(page.name(omission.id))), Some(layer), at, Some(page.text_if(omission.because))];
        row.into_iter().flatten().collect()
    });
    let place = page.telling.provenance.then_some(words.where_head);
    let head: Vec<&str> =
        [Some(words.element), Some(words.left_out_by), place, Some(words.reason)].into_iter().flatten().collect();
    document.told_table(words.told_left_out, words.left_out_caption, &head, rows);
    let mut notes = Notes::new(page);
    for omission in &page.model().omissions {
        notes.at(omission.origin, &fill(words.omission_of, &[page.name(omission.id)]));
    }
    notes.print(document);
}
