//! What can be done at a place: the edits that diagnostics propose, and the steps of an author's work.

mod judge;
mod mend;
mod names;
mod place;
mod work;

pub use judge::accept;

use lsp_types as lsp;
use serde_json::Value;

use super::Fault;
use crate::codes;
use crate::diagnostic::{Diagnostic, Edit, Severity};
use crate::lsp::convert;
use crate::lsp::edits::Edits;
use crate::lsp::workspace::{View, Workspace};
use crate::span::{FileId, Span};

/// A list longer than this helps nobody.
const MOST: usize = 40;

/// Something that can be done.
pub struct Action {
    title: String,
    kind: lsp::CodeActionKind,
    /// What it mends, by position among the diagnostics of the place.
    mends: Option<usize>,
    is_certain: bool,
    /// Edits that are certain come first, then what meets a requirement, then what says why it need not be met.
    effort: u8,
    edits: Vec<(Span, String)>,
    /// A command of the client, with what it is given, instead of edits.
    command: Option<(&'static str, Vec<Value>)>,
}

impl Action {
    /// A quick fix of a diagnostic, by its position, that may be the right one.
    fn fix(title: String, number: usize, effort: u8, edits: Vec<(Span, String)>) -> Action {
        let kind = lsp::CodeActionKind::QuickFix;
        Action { title, kind, mends: Some(number), is_certain: false, effort, edits, command: None }
    }
}

/// `textDocument/codeAction`.
pub fn actions(
    workspace: &Workspace,
    params: lsp::CodeActionParams,
) -> Result<Option<Vec<lsp::CodeActionResponse>>, Fault> {
    let Some(view) = workspace.view(&params.text_document.uri) else { return Ok(None) };
    if !view.is_fresh || workspace.is_standard(&view.snapshot.source(view.file).display()) {
        return Ok(None);
    }
    let bytes = view.offset(params.range.start)..view.offset(params.range.end);
    let is_shown = |found: &&Diagnostic| found.severity != Severity::Hint || workspace.client.pedantic;
    // Who stands on a line means what is said of it, wherever on the line.
    let line = |offset: usize| view.lines().line(offset);
    let touches = |span: Span| {
        span.file == view.file
            && line(span.start as usize) <= line(bytes.end)
            && line(bytes.start) <= line(span.end.max(span.start) as usize)
    };
    let all = view.snapshot.compilation.diagnostics.iter().filter(is_shown);
    let here: Vec<&Diagnostic> = all.clone().filter(|found| touches(found.primary.span)).collect();
    let mut actions = Vec::new();
    for (number, found) in here.iter().enumerate() {
        names::mending(&view, found, number, &mut actions);
        actions.extend(proposed(found, number));
        mend::mending(&view, found, number, &mut actions);
        judge::mending(&view, found, number, &mut actions);
        work::mending(&view, found, number, &mut actions);
    }
    work::at(&view, bytes.start, &mut actions);
    actions.extend(everything(all.filter(|found| found.primary.span.file == view.file)));
    // Steps that mend come in the order of their effort; the same one for several messages is one.
    actions.sort_by_key(|action| action.effort);
    let mut seen: Vec<Vec<(Span, String)>> = Vec::new();
    actions.retain(|action| {
        let is_other = action.kind == lsp::CodeActionKind::SourceFixAll || action.command.is_some();
        let is_new = is_other || !seen.contains(&action.edits);
        seen.push(action.edits.clone());
        is_new
    });
    let is_wanted = |action: &Action| {
        let only = params.context.only.as_ref();
        only.is_none_or(|only| only.iter().any(|kind| holds(kind, &action.kind)))
    };
    let is_asked = |action: &&Action| {
        is_wanted(action) && (action.kind != lsp::CodeActionKind::SourceFixAll || params.context.only.is_some())
    };
    let wanted = actions.iter().filter(is_asked).take(MOST);
    Ok(Some(wanted.map(|action| response(workspace, &view, action, &here).into()).collect()))
}

/// Whether a kind of action holds another: `quickfix` holds `quickfix.spelling`.
fn holds(kind: &lsp::CodeActionKind, other: &lsp::CodeActionKind) -> bool {
    let (kind, other) = (kind.to_string(), other.to_string());
    kind.is_empty() || other.strip_prefix(&kind).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// The edit that a diagnostic proposes; of names that may have been meant, `names` proposes each, where no more than the
/// name is changed.
fn proposed(found: &Diagnostic, number: usize) -> Option<Action> {
    let is_more = |edit: &Edit| edit.is_certain || !names::is_of_name(found.code) || edit.span != found.primary.span;
    let edit = found.edit.as_ref().filter(|edit| is_more(edit))?;
    let title = match (edit.text.is_empty(), edit.span.range().is_empty()) {
        (true, _) => "Delete it".to_owned(),
        _ if *found.code == codes::UNCLOSED_TEXT && edit.text == "\"" => {
            "Close the text before what follows".to_owned()
        }
        (false, true) if edit.text.trim().is_empty() => "Begin a line here".to_owned(),
        (false, true) => format!("Insert `{}`", edit.text.trim()),
        (false, false) => format!("Change to `{}`", edit.text),
    };
    let action = Action::fix(title, number, 0, vec![(edit.span, edit.text.clone())]);
    Some(Action { is_certain: edit.is_certain, ..action })
}

/// All edits that are certain to mend what is said of the file.
fn everything<'a>(all: impl Iterator<Item = &'a Diagnostic>) -> Option<Action> {
    let edits: Vec<(Span, String)> = all
        .filter_map(|found| found.edit.as_ref())
        .filter(|edit| edit.is_certain)
        .map(|edit| (edit.span, edit.text.clone()))
        .collect();
    (!edits.is_empty()).then(|| Action {
        title: "Make all changes that are certain".to_owned(),
        kind: lsp::CodeActionKind::SourceFixAll,
        mends: None,
        is_certain: false,
        effort: 4,
        edits,
        command: None,
    })
}

fn response(workspace: &Workspace, view: &View<'_>, action: &Action, here: &[&Diagnostic]) -> lsp::CodeAction {
    let mut edits = Edits::default();
    let path = |file: FileId| workspace.real_path(&view.snapshot.source(file).display());
    for (span, text) in &action.edits {
        edits.add(&path(span.file), span.range(), text.clone());
    }
    let text = |wanted: &str| {
        let (file, _) =
            action.edits.iter().map(|(span, _)| (span.file, ())).find(|(file, ())| path(*file) == wanted)?;
        Some((view.snapshot.source(file).text.as_str(), view.snapshot.source(file).lines()))
    };
    let mended = action.mends.and_then(|number| here.get(number)).map(|found| {
        let seen = workspace.location(&view.snapshot, found.primary.span);
        vec![convert::diagnostic(workspace, &view.snapshot, found, seen.range)]
    });
    lsp::CodeAction {
        title: action.title.clone(),
        kind: Some(action.kind.clone()),
        diagnostics: mended,
        is_preferred: action.is_certain.then_some(true),
        edit: action.command.is_none().then(|| edits.for_client(workspace, text)),
        command: action.command.clone().map(|(command, arguments)| lsp::Command {
            title: action.title.clone(),
            command: command.to_owned(),
            arguments: Some(arguments),
            tooltip: None,
        }),
        ..lsp::CodeAction::default()
    }
}
