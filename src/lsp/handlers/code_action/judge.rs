//! Links whose texts have changed since they were judged: accepted anew.

use super::Action;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::lsp::facts;
use crate::lsp::workspace::View;
use crate::package::lock;
use crate::span::{Span, narrow};

/// Accepts a link once more for the reason for which it was accepted before: `prm.lock` as `prm review` would write it.
pub fn mending(view: &View<'_>, found: &Diagnostic, number: usize, actions: &mut Vec<Action>) {
    if *found.code != codes::SUSPECT_LINK {
        return;
    }
    let snapshot = &*view.snapshot;
    let Some(review) = facts::review(snapshot) else { return };
    let Some(link) = review.links.iter().find(|link| link.is_open() && link.span == found.primary.span) else { return };
    let Some(judgement) = &link.judgement else { return };
    let Some(file) = snapshot.file(&snapshot.compilation.locked.path) else { return };
    let lock = lock::write(&review.accept(|claim| *claim == link.claim, &judgement.because));
    let whole = Span { file, start: 0, end: narrow(snapshot.source(file).text.len()) };
    let title = format!("Accept the link again: “{}” still holds", judgement.because);
    actions.push(Action::fix(title, number, 1, vec![(whole, lock)]));
}
