//! Where a new line goes.

use crate::lsp::snapshot::Snapshot;
use crate::span::{Span, narrow};
use crate::syntax::tree::{NodeId, Tree};

/// How much deeper the lines of a block stand.
const STEP: &str = "  ";

/// A line at the start of the block of a statement, which gets one if it has none.
pub fn first_in_block(snapshot: &Snapshot, tree: &Tree, node: NodeId, line: &str) -> (Span, String) {
    let inner = inner_indent(snapshot, tree, node);
    let statement = tree.node(node);
    match statement.open {
        Some(open) => {
            (at(tree, open + 1), format!("\n{inner}{line}{}", rest_of_line(snapshot, tree, open + 1, &inner)))
        }
        None => (at(tree, statement.end), format!(" {{\n{inner}{line}\n{}}}", indent(snapshot, tree, statement.start))),
    }
}

/// A line behind the last of some statements in a block, or at its start.
pub fn behind(snapshot: &Snapshot, tree: &Tree, block: NodeId, last: Option<NodeId>, line: &str) -> (Span, String) {
    match last {
        Some(last) => {
            let end = tree.whole(last).end;
            (at(tree, end), format!("\n{}{line}", indent(snapshot, tree, tree.node(last).start)))
        }
        None => first_in_block(snapshot, tree, block, line),
    }
}

/// A clause on a line of its own, at the end of a statement's head.
pub fn clause(snapshot: &Snapshot, tree: &Tree, node: NodeId, clause: &str) -> (Span, String) {
    let statement = tree.node(node);
    (at(tree, statement.end), format!("\n{}{STEP}{clause}", indent(snapshot, tree, statement.start)))
}

/// A line at the end of a file.
pub fn end_of_file(snapshot: &Snapshot, tree: &Tree, line: &str) -> (Span, String) {
    let text = &snapshot.source(tree.file).text;
    let end = narrow(text.len());
    let gap = if text.ends_with('\n') { "" } else { "\n" };
    (at(tree, end), format!("{gap}\n{line}\n"))
}

fn at(tree: &Tree, offset: u32) -> Span {
    Span { file: tree.file, start: offset, end: offset }
}

/// What follows on the line of an opening brace goes to a line of its own.
fn rest_of_line(snapshot: &Snapshot, tree: &Tree, from: u32, indent: &str) -> String {
    let text = snapshot.source(tree.file).text.get(from as usize..).unwrap_or_default();
    let rest = text.lines().next().unwrap_or_default();
    if rest.trim().is_empty() || rest.trim_start().starts_with("//") { String::new() } else { format!("\n{indent}") }
}

/// The white space before a statement, on its line.
fn indent(snapshot: &Snapshot, tree: &Tree, start: u32) -> String {
    let before = snapshot.source(tree.file).text.get(..start as usize).unwrap_or_default();
    let line = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
    line.chars().take_while(|c| matches!(c, ' ' | '\t')).collect()
}

/// The white space before the lines of a block: that of its first, or a step more than its own.
fn inner_indent(snapshot: &Snapshot, tree: &Tree, node: NodeId) -> String {
    let own = indent(snapshot, tree, tree.node(node).start);
    let first = tree.children(node).next().map(|child| indent(snapshot, tree, tree.node(child).start));
    first.filter(|first| first.len() > own.len()).unwrap_or_else(|| format!("{own}{STEP}"))
}
