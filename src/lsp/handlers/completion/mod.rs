//! What may be written at the cursor: statements with their shapes, clauses, and the names that are due.

mod names;
pub mod slot;

use lsp_types as lsp;

use super::offer::{Offer, item};
use super::{Fault, manifest};
use crate::lsp::address;
use crate::lsp::documents::Document;
use crate::lsp::positions::{self, Positions};
use crate::lsp::workspace::{View, Workspace};
use crate::model::{Thing, Want};
use crate::resolve::field_kind;
use crate::span::FileId;
use crate::syntax;
use crate::syntax::statements::{CLAUSE_WORDS, Kind, Statement, standing_in};
use crate::syntax::tree::NodeId;
use slot::{Due, Slot, Wants};

/// No list is longer; what has been begun narrows it down.
const MOST: usize = 500;

/// `textDocument/completion`.
pub fn completion(
    workspace: &Workspace,
    params: lsp::CompletionParams,
) -> Result<Option<lsp::CompletionResponse>, Fault> {
    let at = params.text_document_position_params;
    let path = address::path(&at.text_document.uri.0);
    if let Some(document) = manifest::of(workspace, &path) {
        return Ok(in_manifest(workspace, &path, document, at.position));
    }
    let Some(view) = workspace.view(&at.text_document.uri) else { return Ok(None) };
    let Some(slot) = slot::find(&view, view.offset(at.position)) else { return Ok(None) };
    // A space by itself asks for names only: at every other place the list would be in the way.
    let by_space = params.context.is_some_and(|context| context.trigger_character.as_deref() == Some(" "));
    if by_space && !matches!(slot.wants, Wants::Name(_) | Wants::Second { .. }) {
        return Ok(None);
    }
    let mut offers = offers(&view, &slot);
    let begun = view.text()[slot.bytes.clone()].to_lowercase();
    let fits = |offer: &Offer| {
        let holds = |text: &str| text.to_lowercase().contains(&begun);
        holds(&offer.label) || holds(&offer.also)
    };
    let is_long = offers.len() > MOST;
    if is_long {
        offers.retain(fits);
        // Stable, so that names of one rank stay in the order of their document.
        offers.sort_by_key(|offer| offer.rank);
        offers.truncate(MOST);
    }
    let range = view.range(slot.bytes.clone());
    let items = offers.into_iter().enumerate().map(|(number, offer)| item(workspace, offer, range, number)).collect();
    Ok(Some(lsp::CompletionList { is_incomplete: is_long, items, ..lsp::CompletionList::default() }.into()))
}

/// What may be written in a manifest.
fn in_manifest(
    workspace: &Workspace,
    path: &str,
    document: &Document,
    at: lsp::Position,
) -> Option<lsp::CompletionResponse> {
    let positions = Positions::new(document.text(), &document.lines, workspace.client.encoding);
    let offset = positions::offset(document.text(), &document.lines, at, workspace.client.encoding);
    let (bytes, offers) = manifest::offers(workspace, path, document, offset)?;
    let range = positions.range(bytes);
    let items = offers.into_iter().enumerate().map(|(number, offer)| item(workspace, offer, range, number));
    Some(lsp::CompletionList { items: items.collect(), ..lsp::CompletionList::default() }.into())
}

fn offers(view: &View<'_>, slot: &Slot) -> Vec<Offer> {
    match slot.wants {
        Wants::Statement { parent, above } => {
            let mut offers: Vec<Offer> = above.map(|above| clauses(view, slot, above)).unwrap_or_default();
            let next = |kind: Kind| slot.node.and_then(|node| names::next_number(view, node, kind));
            // What stands once in a block is offered once.
            let is_there = |kind: Kind| {
                let in_block = slot.node.into_iter().flat_map(|block| view.tree.children(block));
                let others = in_block.filter(|node| view.tree.node(*node).start as usize != slot.bytes.start);
                others.into_iter().any(|node| view.tree.node(node).kind == kind)
            };
            let is_out = |row: &Statement| row.word.is_empty() || row.once && is_there(row.kind);
            let rows = standing_in(parent).filter(|row| !is_out(row));
            offers.extend(rows.map(|row| statement(row, next(row.kind).as_deref())));
            offers.extend(parent.map(|parent| fields(view, parent)).unwrap_or_default());
            if parent == Some(Kind::Crosswalk) {
                offers.extend(names::offers(view, slot, Due::Left));
            }
            offers
        }
        Wants::Clause(kind) => clauses(view, slot, kind),
        Wants::Second { parent, first } => {
            let rows = standing_in(parent).flat_map(|row| slot::seconds(row).map(move |words| (row, words)));
            rows.filter(|(_, words)| words.0 == first).map(|(row, words)| second(row, words)).collect()
        }
        Wants::Text => vec![Offer {
            label: "\"…\"".to_owned(),
            insert: Some("\"\"".to_owned()),
            snippet: Some("\"$1\"".to_owned()),
            kind: Some(lsp::CompletionItemKind::Text),
            detail: "what it says, in quotes".to_owned(),
            ..Offer::default()
        }],
        Wants::Word(word) => {
            vec![Offer { label: word.to_owned(), kind: Some(lsp::CompletionItemKind::Keyword), ..Offer::default() }]
        }
        Wants::Name(due) => names::offers(view, slot, due),
    }
}

/// A statement with its shape.
fn statement(row: &Statement, number: Option<&str>) -> Offer {
    Offer {
        label: row.word.to_owned(),
        snippet: Some(snippet(row.shape(), number)),
        kind: Some(lsp::CompletionItemKind::Keyword),
        detail: row.shape().to_owned(),
        documentation: row.meaning.to_owned(),
        rank: 1,
        ..Offer::default()
    }
}

/// A statement of two words whose first is there.
fn second(row: &Statement, (first, second): (&str, &str)) -> Offer {
    let whole = statement(row, None);
    let rest =
        |text: String| text.strip_prefix(first).map_or_else(|| text.clone(), |rest| rest.trim_start().to_owned());
    Offer { label: second.to_owned(), snippet: whole.snippet.map(rest), ..whole }
}

/// The clauses with which a statement can go on where the cursor is.
fn clauses(view: &View<'_>, slot: &Slot, kind: Kind) -> Vec<Offer> {
    let head = view.text().get(slot.from..slot.bytes.start).unwrap_or_default().trim_end();
    let rows = CLAUSE_WORDS.iter().filter_map(|row| Some((row, row.beginning(kind)?)));
    rows.filter(|(_, label)| goes_on(kind, head, label))
        .map(|(row, label)| Offer {
            label,
            kind: Some(lsp::CompletionItemKind::Keyword),
            detail: row.shape().to_owned(),
            documentation: row.meaning.to_owned(),
            ..Offer::default()
        })
        .collect()
}

/// Whether a statement goes on with a clause: the grammar finds no fault with it that was not there before.
fn goes_on(kind: Kind, head: &str, clause: &str) -> bool {
    let stub = if clause == "because" { "\"x\"" } else { "x" };
    if kind == Kind::Line {
        // A line without its relation is none, and faulted later.
        let text = format!("crosswalk c \"C\" from a to b {{\n{head} {clause} {stub}");
        return syntax::parse(FileId(0), &text).0.nodes.last().is_some_and(|node| node.kind == kind && !node.broken);
    }
    let faults = |text: &str, end: usize| {
        let found = syntax::parse(FileId(0), text).1;
        found.iter().filter(|found| (found.primary.span.start as usize) < end).count()
    };
    let word = clause.split(' ').next().unwrap_or_default();
    faults(&format!("{head} {clause} {stub}"), head.len() + 1 + word.len()) <= faults(head, head.len())
}

/// The fields that a block may carry.
fn fields(view: &View<'_>, parent: Kind) -> Vec<Offer> {
    let Some(kind) = field_kind(parent) else { return Vec::new() };
    let (program, sight) = (view.snapshot.program(), view.names().sight());
    let fields = sight.candidates(Want::Field(kind)).filter_map(|thing| match thing {
        Thing::Field(home, at) => sight.field(home, at),
        _ => None,
    });
    fields
        .map(|field| Offer {
            label: program.name(field.id).to_owned(),
            snippet: Some(format!("{} \"$1\"", program.name(field.id))),
            kind: Some(lsp::CompletionItemKind::Field),
            detail: view.snapshot.compilation.sources.text(field.title).into_owned(),
            ..Offer::default()
        })
        .collect()
}

/// A shape as a snippet: what may be left out is, the rest are places to fill in.
fn snippet(shape: &str, number: Option<&str>) -> String {
    let mut depth = 0;
    let kept: String = shape
        .chars()
        .filter(|c| {
            depth += i32::from(*c == '(');
            let is_kept = depth == 0;
            depth -= i32::from(*c == ')');
            is_kept
        })
        .collect();
    let kept = kept.replace(", …", "").replace('|', " | ");
    let words: Vec<&str> = kept.split_whitespace().collect();
    let mut places = 0;
    let mut place = |name: &str| {
        places += 1;
        format!("${{{places}:{name}}}")
    };
    let mut parts: Vec<String> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        if let Some(text) = word.strip_prefix('"').and_then(|word| word.strip_suffix('"')) {
            parts.push(format!("\"{}\"", place(text)));
        } else if *word == "{" {
            parts.push("{\n\t$0\n}".to_owned());
            break;
        } else if *word == "|" || at > 0 && words[at - 1] == "|" {
            // Of alternatives the first is offered.
        } else if words.get(at + 1) == Some(&"|") {
            parts.push(place(word));
        } else if word.chars().all(char::is_uppercase) {
            parts.push(place(number.filter(|_| matches!(*word, "N" | "ID")).unwrap_or(word)));
        } else {
            parts.push((*word).to_owned());
        }
    }
    parts.join(" ")
}

/// Where an offer's own statement is, for names that depend on it.
fn own_process(view: &View<'_>, node: Option<NodeId>) -> Option<String> {
    let node = node?;
    let is_process = |node: &NodeId| matches!(view.tree.node(*node).kind, Kind::Process | Kind::ExtendProcess);
    let process = std::iter::once(node).chain(view.tree.around(node)).find(is_process)?;
    let id = view.tree.arg(process, crate::syntax::tree::Role::Id)?;
    view.text().get(id.range()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::snippet;
    use crate::syntax::statements::ALL;

    #[test]
    fn shapes_become_snippets() {
        assert_eq!(snippet("outcome N \"Text\" (satisfies REF, …)", Some("3")), "outcome ${1:3} \"${2:Text}\"");
        assert_eq!(snippet("process ID \"Title\" (in GROUP) { … }", None), "process ${1:ID} \"${2:Title}\" {\n\t$0\n}");
        assert_eq!(snippet("order by id | title | source", None), "order by ${1:id}");
        assert_eq!(snippet("covers CATALOG(:CLAUSE) (through CROSSWALK, …)", None), "covers ${1:CATALOG}");
        for row in ALL {
            let snippet = snippet(row.shape(), None);
            assert!(snippet.starts_with(row.word) && !snippet.contains(['…', '(']), "{snippet}");
        }
    }
}
