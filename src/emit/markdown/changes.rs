//! What layers did to their bases, and why.

use super::Chapters;
use crate::emit::commonmark::{Document, Inline};
use crate::emit::page::Page;
use crate::model::{Action, Change, Process};

/// "outcome 2 replaced by acme: Service level of Acme.", a row each.
pub(super) fn changes(page: &Page<'_>, process: &Process) -> Vec<Inline> {
    let whole = process.remarks.history().iter().map(|change| tell(page, change, change.what.unwrap_or("process")));
    let outcomes = process.outcomes.iter().flat_map(|outcome| {
        let what = format!("outcome {}", page.number(outcome));
        outcome.remarks.history().iter().map(move |change| tell(page, change, &what))
    });
    whole.chain(outcomes).collect()
}

fn tell(page: &Page<'_>, change: &Change, what: &str) -> Inline {
    let by = page.layer(change.origin).map_or(String::new(), |layer| format!(" by {layer}"));
    let told = Inline::plain(&format!("{what} {}{by}", change.action.word()));
    match change.because.filter(|_| change.action == Action::Replaced) {
        Some(because) => told.then(": ").and(&page.text(because)),
        None => told,
    }
}

/// Section: what the layers leave out; none where they leave out nothing.
pub(super) fn omissions(page: &Page<'_>, document: &mut Document, chapters: &mut Chapters) {
    if page.model().omissions.is_empty() {
        return;
    }
    document.heading(3, &[], &chapters.section().then("Left out of the base"));
    let rows = page.model().omissions.iter().map(|omission| {
        let layer = page.layer(omission.origin).map(Inline::plain).unwrap_or_default();
        vec![Inline::plain(page.name(omission.id)), layer, page.text_if(omission.because)]
    });
    document.table(&["Element", "Left out by", "Reason"], rows);
}
