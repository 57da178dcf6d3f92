//! Links whose texts have changed since they were judged: accepted anew.

use serde_json::{Value, json};

use super::Action;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::lsp::edits::Edits;
use crate::lsp::facts;
use crate::lsp::handlers::{Fault, path_of};
use crate::lsp::snapshot::Snapshot;
use crate::lsp::workspace::{View, Workspace};
use crate::package::lock;
use crate::review::Review;
use crate::span::{Span, narrow};

/// Accepts a link once more for the reason for which it was accepted before: `prm.lock` as `prm review` would write it.
/// A client that can ask for a reason is told which link it is for.
pub fn mending(view: &View<'_>, found: &Diagnostic, number: usize, actions: &mut Vec<Action>) {
    if *found.code != codes::SUSPECT_LINK && *found.code != codes::UNJUDGED_LINK {
        return;
    }
    let snapshot = &*view.snapshot;
    let Some(review) = facts::review(snapshot) else { return };
    let Some(link) = review.links.iter().find(|link| link.is_open() && link.span == found.primary.span) else { return };
    // The reason of a base was its own.
    if let Some(judgement) = link.judgement.as_ref().filter(|_| link.judged_by.is_none()) {
        let title = format!("Accept the link again: “{}” still holds", judgement.because);
        let edit = accepted(snapshot, review, &link.claim.reference(), &judgement.because);
        actions.extend(edit.map(|edit| Action::fix(title, number, 1, vec![edit])));
    }
    if view.workspace.client.asks_reasons {
        let uri = view.workspace.uri(&snapshot.source(view.file).display());
        let arguments = vec![json!(uri), json!(link.claim.reference())];
        let command = Some(("prm.acceptLink", arguments));
        actions
            .push(Action { command, ..Action::fix("Accept the link with a reason".to_owned(), number, 1, Vec::new()) });
    }
}

/// The lock file with the links accepted that a reference names.
fn accepted(snapshot: &Snapshot, review: &Review, reference: &str, because: &str) -> Option<(Span, String)> {
    let file = snapshot.file(&snapshot.compilation.locked.path)?;
    let lock = lock::write(&review.accept(|claim| claim.reference() == reference, because));
    Some((Span { file, start: 0, end: narrow(snapshot.source(file).text.len()) }, lock))
}

/// `prm/acceptLink`, which is none of the protocol: the edit that accepts a link of the package of a file with a reason.
pub fn accept(workspace: &Workspace, params: &Value) -> Result<Value, Fault> {
    let text = |name: &str| params.get(name).and_then(Value::as_str).unwrap_or_default();
    let because = lock::normal(text("because"));
    if !because.chars().any(char::is_alphabetic) || because.chars().any(char::is_control) {
        return Err(Fault::refused("this reason says nothing: say in a sentence why the link holds"));
    }
    let path = path_of(params).unwrap_or_default();
    let snapshot = workspace.snapshots(&path).into_iter().next();
    let edit = snapshot.as_ref().and_then(|snapshot| {
        let review = facts::review(snapshot)?;
        let is_open = review.links.iter().any(|link| link.is_open() && link.claim.reference() == text("link"));
        accepted(snapshot, review, text("link"), &because).filter(|_| is_open)
    });
    let (Some(snapshot), Some((span, lock))) = (snapshot, edit) else {
        return Err(Fault::refused(format!("there is no open link `{}`", text("link"))));
    };
    let source = snapshot.source(span.file);
    let mut edits = Edits::default();
    edits.add(&source.display(), span.range(), lock);
    let edit = edits.for_client(workspace, |_| Some((source.text.as_str(), source.lines())));
    serde_json::to_value(edit).map_err(|error| Fault::refused(error.to_string()))
}
