//! What layers did to their bases, and why.

use crate::document::{Document, Inline};
use crate::emit::page::Page;
use crate::emit::provenance::{self, Event};
use crate::emit::remark::Notes;
use crate::emit::report::place;
use crate::model::{Action, Change, Origin, Process, Remarks};

/// What layers stated anew of an element without parts: "item replaced by acme: Better.", or, where it needs no name,
/// "Replaced by acme: Better."
pub(super) fn replaced(page: &Page<'_>, what: &str, remarks: &Remarks) -> Vec<Inline> {
    let replaced = remarks.history().iter().filter(|change| change.action == Action::Replaced);
    replaced.map(|change| tell(page, change, what)).collect()
}

/// "outcome 2 replaced by acme: Service level of Acme.", a row each; practices where they are wanted.
pub(in crate::emit) fn changes(page: &Page<'_>, process: &Process, with_practices: bool) -> Vec<Inline> {
    let whole = process.remarks.history().iter().map(|change| tell(page, change, change.what.unwrap_or("process")));
    let outcomes = process.outcomes.iter().flat_map(|outcome| {
        let what = format!("outcome {}", page.number(outcome));
        outcome.remarks.history().iter().map(move |change| tell(page, change, &what))
    });
    let practices = process.practices.iter().filter(|_| with_practices).flat_map(|practice| {
        let what = format!("practice {}", page.input.sources.slice(practice.own_id));
        practice.remarks.history().iter().map(move |change| tell(page, change, &what))
    });
    whole.chain(outcomes).chain(practices).collect()
}

fn tell(page: &Page<'_>, change: &Change, what: &str) -> Inline {
    let by = page.layer(change.origin).map_or(String::new(), |layer| format!(" by {layer}"));
    let told = match what {
        "" => Inline::plain(&format!("Replaced{by}")),
        _ => Inline::plain(&format!("{what} {}{by}", provenance::did(change.action))),
    };
    match change.because.filter(|_| change.action != Action::Extended) {
        Some(because) => told.then(": ").and(&page.text(because)),
        None => told,
    }
}

/// "outcome 2 replaced by acme (acme.prm:12): Service level of Acme.", a row for each thing that a layer did to the
/// process or a part of it; none where provenance is not asked for.
pub(in crate::emit) fn provenance(page: &Page<'_>, process: &Process, with_practices: bool) -> Vec<Inline> {
    if !page.telling.provenance {
        return Vec::new();
    }
    let told = provenance::process(&page.input, process, with_practices);
    told.iter().map(|(what, event)| located(page, what, event)).collect()
}

/// The same of an element without parts, on one line; empty where provenance is not asked for.
pub(in crate::emit) fn provenance_of(page: &Page<'_>, what: &str, origin: Origin, remarks: &Remarks) -> Inline {
    if !page.telling.provenance {
        return Inline::default();
    }
    let told = provenance::whole(&page.input, what, origin, remarks);
    let told = Inline::join(told.iter().map(|(what, event)| located(page, what, event)), "; ");
    Inline::plain("Provenance:").then(" ").and(&told)
}

fn located(page: &Page<'_>, what: &str, event: &Event) -> Inline {
    let told = Inline::plain(&format!("{what} {}", event.words()));
    match event.because {
        Some(because) => told.then(": ").and(&page.text(because)),
        None => told,
    }
}

/// Section: what the layers leave out; none where they leave out nothing.
pub(in crate::emit) fn omissions(page: &Page<'_>, document: &mut Document) {
    if page.model().omissions.is_empty() {
        return;
    }
    document.section(Vec::new(), Inline::plain("Left out of the base"));
    let rows = page.model().omissions.iter().map(|omission| {
        let layer = page.layer(omission.origin).map(Inline::plain).unwrap_or_default();
        let at = page.telling.provenance.then(|| Inline::plain(&place(&page.input, omission.span)));
        let row = [Some(Inline::plain(page.name(omission.id))), Some(layer), at, Some(page.text_if(omission.because))];
        row.into_iter().flatten().collect()
    });
    let caption = "Elements of the base that are left out";
    let told = "lists what is left out of the base, and why";
    if page.telling.provenance {
        document.told_table(told, caption, &["Element", "Left out by", "Where", "Reason"], rows);
    } else {
        document.told_table(told, caption, &["Element", "Left out by", "Reason"], rows);
    }
    let mut notes = Notes::new(page);
    for omission in &page.model().omissions {
        notes.at(omission.origin, &format!("the omission of {}", page.name(omission.id)));
    }
    notes.print(document);
}
