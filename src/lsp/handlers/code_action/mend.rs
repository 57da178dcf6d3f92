//! What is missing, and what is there twice: purposes, outcomes, reasons, ends of texts, free ids, declarations.

use super::{Action, place};
use crate::codes;
use crate::diagnostic::{Diagnostic, words};
use crate::lsp::names::process_around;
use crate::lsp::snapshot::Snapshot;
use crate::lsp::workspace::View;
use crate::model::What;
use crate::source::text;
use crate::span::{Span, narrow};
use crate::syntax::statements::Kind;
use crate::syntax::tree::Role;
use crate::writer::Statement;

/// Where an author has to say something: a text that says nothing is an error until then.
pub const HOLE: &str = "…";

/// How many ids are looked at for a free one.
const LOOKED_AT: u32 = 100_000;

/// What can be done about what is missing, or is there twice.
pub fn mending(view: &View<'_>, found: &Diagnostic, number: usize, actions: &mut Vec<Action>) {
    let snapshot = &*view.snapshot;
    let span = found.primary.span;
    let is = |code: &crate::diagnostic::Code| *found.code == *code;
    let step = if is(&codes::MISSING_PURPOSE) {
        purpose(snapshot, span)
    } else if is(&codes::MISSING_OUTCOMES) {
        outcome(snapshot, span, found)
    } else if is(&codes::MISSING_REASON) {
        Some(("Add a reason".to_owned(), reason(snapshot, span)))
    } else if is(&codes::UNCLOSED_TEXT) && found.edit.is_none() {
        close_text(snapshot, span)
    } else if is(&codes::UNCLOSED_COMMENT) {
        let end = line_end(snapshot, span);
        Some(("Close the comment at the end of its line".to_owned(), (end, " */".to_owned())))
    } else if is(&codes::DUPLICATE_ID) {
        free_id(view, span)
    } else if is(&codes::UNKNOWN_ITEM) || is(&codes::UNKNOWN_TEXT_REFERENCE) {
        declare(snapshot, found)
    } else {
        None
    };
    actions.extend(step.map(|(title, edit)| Action::fix(title, number, 1, vec![edit])));
}

type Step = (String, (Span, String));

/// A purpose that begins as purposes do, with the name of the process.
fn purpose(snapshot: &Snapshot, process: Span) -> Option<Step> {
    let (tree, node) = snapshot.statement(statement_of(snapshot, process))?;
    let title = snapshot.compilation.sources.text(tree.arg(node, Role::Title)?);
    let title = words::uncapitalized(title.trim());
    let name = if title.to_lowercase().ends_with("process") { title } else { format!("{title} process") };
    let purpose =
        Statement::new(Kind::Purpose).text(format!("The purpose of the {name} is to provide {HOLE}").as_str());
    let edit = place::first_in_block(snapshot, tree, node, &purpose.line().ok()?)?;
    Some(("Add its purpose".to_owned(), edit))
}

/// An outcome to be written; in a layer that leaves out all of the base's, in an extension of the process.
fn outcome(snapshot: &Snapshot, span: Span, found: &Diagnostic) -> Option<Step> {
    let (tree, node) = snapshot.statement(statement_of(snapshot, span))?;
    let title = "Add an outcome".to_owned();
    let outcome = |id: String| Statement::new(Kind::Outcome).id(id).text(HOLE).line();
    let process = found.subject.as_ref().map_or("", |subject| subject.id.as_str());
    let names = &snapshot.program().names;
    let is_free = |number: &u32| names.get(&format!("{process}.{number}")).is_none();
    let id = (1..LOOKED_AT).find(is_free)?.to_string();
    if matches!(tree.node(node).kind, Kind::Process) {
        return Some((title, place::first_in_block(snapshot, tree, node, &outcome(id).ok()?)?));
    }
    let extension =
        Statement::new(Kind::ExtendProcess).id(process).with(Statement::new(Kind::Outcome).id(id).text(HOLE));
    Some((title, place::end_of_file(snapshot, tree, &extension.line().ok()?)?))
}

/// `because "…"` where it is missed; behind a `because` the text alone.
fn reason(snapshot: &Snapshot, span: Span) -> (Span, String) {
    let at = Span { end: span.start, ..span };
    let text = &snapshot.source(span.file).text;
    let before = text.get(..span.start as usize).unwrap_or_default();
    let word = if before.trim_end().ends_with("because") { "" } else { "because " };
    let (left, right) = match before.ends_with(char::is_whitespace) {
        true => ("", " "),
        false => (" ", ""),
    };
    (at, format!("{left}{word}\"{HOLE}\"{right}"))
}

/// The end of a text that has none, at the end of its line; of a text of several lines, behind the lines that stand deeper than its statement.
fn close_text(snapshot: &Snapshot, span: Span) -> Option<Step> {
    if span.range().len() == 3 {
        return close_block(snapshot, span);
    }
    let end = line_end(snapshot, span);
    let text = &snapshot.source(span.file).text;
    let written = text.get(span.end as usize..end.start as usize)?;
    let at = span.end + narrow(written.len());
    let title = "Close the text at the end of its line".to_owned();
    Some((title, (Span { start: at, end: at, ..span }, "\"".to_owned())))
}

fn close_block(snapshot: &Snapshot, span: Span) -> Option<Step> {
    let text = &snapshot.source(span.file).text;
    let opening = &text[..span.start as usize];
    let opening = &opening[opening.rfind('\n').map_or(0, |at| at + 1)..];
    let depth = |line: &str| line.len() - line.trim_start().len();
    let own = depth(opening);
    let first = line_end(snapshot, span);
    let mut end = first.start as usize;
    let mut at = end;
    for line in text.get(end..)?.split_inclusive('\n') {
        if at > first.start as usize && !line.trim().is_empty() {
            // The first line is one of the text, wherever it stands.
            if depth(line) <= own && end > first.start as usize {
                break;
            }
            end = at + line.trim_end().len();
        }
        at += line.len();
    }
    let indent: String = opening.chars().take_while(|c| matches!(c, ' ' | '\t')).collect();
    let at = narrow(end);
    let title = "Close the text where its lines end".to_owned();
    Some((title, (Span { start: at, end: at, ..span }, format!("\n{indent}\"\"\""))))
}

/// The end of the line that a place begins on, without the white space before it.
fn line_end(snapshot: &Snapshot, span: Span) -> Span {
    let text = snapshot.source(span.file).text.get(span.start as usize..).unwrap_or_default();
    let line = text.split(['\n', '\r']).next().unwrap_or_default();
    let end = span.start + narrow(line.trim_end().len().max(span.range().len()));
    Span { start: end, end, ..span }
}

/// The next free id in the place of one that is there already.
fn free_id(view: &View<'_>, span: Span) -> Option<Step> {
    let snapshot = &*view.snapshot;
    let (tree, node) = snapshot.statement(statement_of(snapshot, span))?;
    let id = tree.arg(node, Role::Id)?;
    let written = snapshot.compilation.sources.slice(id);
    let names = &snapshot.program().names;
    let process = match tree.node(node).kind {
        Kind::Outcome | Kind::Practice => process_around(tree, node)
            .and_then(|process| Some(format!("{}.", snapshot.compilation.sources.slice(tree.arg(process, Role::Id)?)))),
        Kind::Clause | Kind::Requirement | Kind::Control => Some(String::new()),
        kind => What::of_element(kind.word()).map(|_| String::new()),
    }?;
    let digits = written.len() - written.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (stem, number) = written.split_at(written.len() - digits);
    let width = if number.starts_with('0') { number.len() } else { 0 };
    let first = number.parse::<u32>().ok().filter(|number| *number < 1_000_000);
    let stem = if first.is_none() { format!("{written}-") } else { stem.to_owned() };
    // Of outcomes, the number that lacks may be the one that others name.
    let from = if process.is_empty() { first.unwrap_or(1) + 1 } else { 1 };
    let ids = (from..).map(|number| format!("{stem}{number:0width$}"));
    // What is no name of anything is the name of nothing else.
    let id_free = ids.take(LOOKED_AT as usize).find(|id| names.get(&format!("{process}{id}")).is_none())?;
    Some((format!("Change to `{id_free}`, the next free id"), (id, id_free)))
}

/// The declaration of an item or a term that is not there.
fn declare(snapshot: &Snapshot, found: &Diagnostic) -> Option<Step> {
    let span = found.primary.span;
    let (title, statement) = if *found.code == codes::UNKNOWN_ITEM {
        let id = snapshot.compilation.sources.slice(span);
        let item = Statement::new(Kind::Item).id(id).title(id).word(Role::ItemKind, "record");
        (format!("Declare the item `{id}`"), item)
    } else {
        let term = mentioned(snapshot, span)?;
        (format!("Declare the term “{term}”"), Statement::new(Kind::Term).title(term.as_str()).text(HOLE))
    };
    let (_, tree) = snapshot.tree(span.file)?;
    Some((title, place::end_of_file(snapshot, tree, &statement.line().ok()?)?))
}

/// What a reference in a text names, by the place of the name.
fn mentioned(snapshot: &Snapshot, place: Span) -> Option<String> {
    let (tree, node) = snapshot.statement(statement_of(snapshot, place))?;
    let text = tree.args(node).iter().find(|arg| arg.start <= place.start && place.end <= arg.end)?;
    let references = text::references(snapshot.compilation.sources.slice(tree.span(text)));
    let at = (place.start - text.start) as usize;
    references.into_iter().find(|(_, bytes)| bytes.start <= at && at <= bytes.end).map(|(name, _)| name)
}

/// The head of the statement in which a place is.
pub fn statement_of(snapshot: &Snapshot, place: Span) -> Span {
    let Some((_, tree)) = snapshot.tree(place.file) else { return place };
    tree.at(place.start as usize).map_or(place, |node| tree.head(node))
}

/// `allow CODE because "…"` in the block that it has to stand in.
pub fn allow(snapshot: &Snapshot, found: &Diagnostic, number: usize) -> Option<Action> {
    let (tree, node) = snapshot.statement(statement_of(snapshot, found.primary.span))?;
    let around = || std::iter::once(node).chain(tree.around(node));
    // The block that it stands in says it; a statement at the top gets one.
    let block =
        around().find(|node| tree.node(*node).open.is_some()).unwrap_or_else(|| around().last().unwrap_or(node));
    let can_hold = |kind: Kind| !matches!(kind, Kind::Use | Kind::Garbage | Kind::Other);
    let line = Statement::new(Kind::Allow).word(Role::Check, found.code.name).because(HOLE).line();
    let edit = place::first_in_block(snapshot, tree, block, &line.ok()?).filter(|_| can_hold(tree.node(block).kind))?;
    Some(Action::fix(format!("Allow `{}` here with a reason", found.code.name), number, 3, vec![edit]))
}
