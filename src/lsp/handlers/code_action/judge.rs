//! Claims whose texts have changed since they were judged: accepted anew.

use serde_json::{Value, json};

use super::Action;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::lsp::edits::Edits;
use crate::lsp::facts;
use crate::lsp::handlers::{Fault, path_of};
use crate::lsp::snapshot::Snapshot;
use crate::lsp::workspace::{View, Workspace};
use crate::package::lock::{self, Claim};
use crate::review::Review;
use crate::span::{Span, narrow};

/// Accepts a claim once more for the reason for which it was accepted before: `prm.lock` as `prm review` would write it.
/// A client that can ask for a reason is told which claim it is for. Titles say the whole claim: what a practice makes
/// and what it needs may be one item.
pub fn mending(view: &View<'_>, found: &Diagnostic, number: usize, actions: &mut Vec<Action>) {
    if *found.code != codes::SUSPECT_LINK && *found.code != codes::UNJUDGED_LINK {
        return;
    }
    let snapshot = &*view.snapshot;
    let Some(review) = facts::review(snapshot) else { return };
    let Some(link) = review.links.iter().find(|link| link.is_open() && link.span == found.primary.span) else { return };
    let claim = link.claim.to_string();
    // The reason of a base was its own.
    if let Some(judgement) = link.judgement.as_ref().filter(|_| link.judged_by.is_none()) {
        let title = format!("Accept `{claim}` again: “{}” still holds", judgement.because);
        let edit = accepted(snapshot, review, &claim, &judgement.because);
        actions.extend(edit.map(|edit| Action::fix(title, number, 1, vec![edit])));
    }
    if view.workspace.client.asks_reasons {
        let uri = view.workspace.uri(&snapshot.source(view.file).display());
        let title = format!("Accept `{claim}` with a reason");
        let command = Some(("prm.acceptLink", vec![json!(uri), json!(claim)]));
        actions.push(Action { command, ..Action::fix(title, number, 1, Vec::new()) });
    }
}

/// The lock file with the claims accepted that are meant.
fn accepted(snapshot: &Snapshot, review: &Review, meant: &str, because: &str) -> Option<(Span, String)> {
    let file = snapshot.file(&snapshot.compilation.locked.path)?;
    let lock = lock::write(&review.accept(|claim| is_meant(claim, meant), because));
    Some((Span { file, start: 0, end: narrow(snapshot.source(file).text.len()) }, lock))
}

/// Whether a claim is named by all that it says, or by both its sides, which may be those of several.
fn is_meant(claim: &Claim, meant: &str) -> bool {
    claim.to_string() == meant || claim.reference() == meant
}

/// `prm/acceptLink`, which is none of the protocol: the edit that accepts a claim of the package of a file with a reason.
pub fn accept(workspace: &Workspace, params: &Value) -> Result<Value, Fault> {
    let text = |name: &str| params.get(name).and_then(Value::as_str).unwrap_or_default();
    let because = lock::normal(text("because"));
    if !because.chars().any(char::is_alphabetic) || because.chars().any(char::is_control) {
        return Err(Fault::refused("this reason says nothing: say in a sentence why the claim holds"));
    }
    let path = path_of(params).unwrap_or_default();
    let snapshot = workspace.snapshots(&path).into_iter().next();
    let edit = snapshot.as_ref().and_then(|snapshot| {
        let review = facts::review(snapshot)?;
        let is_open = review.links.iter().any(|link| link.is_open() && is_meant(&link.claim, text("link")));
        accepted(snapshot, review, text("link"), &because).filter(|_| is_open)
    });
    let (Some(snapshot), Some((span, lock))) = (snapshot, edit) else {
        return Err(Fault::refused(format!("there is no open claim `{}`", text("link"))));
    };
    let source = snapshot.source(span.file);
    let mut edits = Edits::default();
    edits.add(&source.display(), span.range(), lock);
    let edit = edits.for_client(workspace, |_| Some((source.text.as_str(), source.lines())));
    serde_json::to_value(edit).map_err(|error| Fault::refused(error.to_string()))
}
