//! Where a new line goes.

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::lsp::snapshot::Snapshot;
use crate::span::{Span, narrow};
use crate::syntax::lexer;
use crate::syntax::tree::{NodeId, Tree};

/// How much deeper the lines of a block stand.
const STEP: &str = "  ";

/// A line at the start of the block of a statement, which gets one if it has none. Where what stands first would go on
/// from that line, the end of the block is its place.
pub fn first_in_block(snapshot: &Snapshot, tree: &Tree, node: NodeId, line: &str) -> Option<(Span, String)> {
    let inner = inner_indent(snapshot, tree, node);
    let statement = tree.node(node);
    let Some(open) = statement.open else {
        let outer = indent(snapshot, tree, statement.start);
        return Some((at(tree, statement.end), format!(" {{\n{inner}{line}\n{outer}}}")));
    };
    if goes_on(text_from(snapshot, tree, open + 1)) {
        return last_in_block(snapshot, tree, node, &inner, line);
    }
    Some((at(tree, open + 1), format!("\n{inner}{line}{}", rest_of_line(snapshot, tree, open + 1, &inner))))
}

/// A line at the end of a block that is closed.
fn last_in_block(snapshot: &Snapshot, tree: &Tree, node: NodeId, inner: &str, line: &str) -> Option<(Span, String)> {
    let statement = tree.node(node);
    let (open, close) = (statement.open?, statement.close?);
    let block = text_from(snapshot, tree, open + 1).get(..(close - open - 1) as usize)?;
    let written = block.trim_end();
    let gap = if block[written.len()..].contains('\n') {
        String::new()
    } else {
        format!("\n{}", indent(snapshot, tree, statement.start))
    };
    let end = open + 1 + narrow(written.len());
    (!written.ends_with(',')).then(|| (at(tree, end), format!("\n{inner}{line}{gap}")))
}

/// A line behind the last of some statements in a block, or at its start.
pub fn behind(
    snapshot: &Snapshot,
    tree: &Tree,
    block: NodeId,
    last: Option<NodeId>,
    line: &str,
) -> Option<(Span, String)> {
    let Some(last) = last else { return first_in_block(snapshot, tree, block, line) };
    let end = with_comment(snapshot, tree, tree.whole(last).end);
    Some((at(tree, end), format!("\n{}{line}", indent(snapshot, tree, tree.node(last).start))))
}

/// A line behind a statement at the top of a file, or before all of them.
pub fn at_top(snapshot: &Snapshot, tree: &Tree, last: Option<NodeId>, line: &str) -> Option<(Span, String)> {
    if let Some(last) = last {
        let end = with_comment(snapshot, tree, tree.whole(last).end);
        return Some((at(tree, end), format!("\n{line}")));
    }
    let start = tree.nodes.first().map_or(0, |first| first.start);
    let is_free = !goes_on(text_from(snapshot, tree, start));
    is_free.then(|| (at(tree, start), format!("{line}\n\n")))
}

/// A clause on a line of its own, at the end of a statement's head.
pub fn clause(snapshot: &Snapshot, tree: &Tree, node: NodeId, clause: &str) -> (Span, String) {
    let statement = tree.node(node);
    let end = with_comment(snapshot, tree, statement.end);
    (at(tree, end), format!("\n{}{STEP}{clause}", indent(snapshot, tree, statement.start)))
}

/// A line at the end of a file; none where a text or a comment is open to the end.
pub fn end_of_file(snapshot: &Snapshot, tree: &Tree, line: &str) -> Option<(Span, String)> {
    let is_open = |found: &Diagnostic| {
        let span = found.primary.span;
        let is_block = *found.code == codes::UNCLOSED_TEXT && span.range().len() == 3;
        span.file == tree.file && (is_block || *found.code == codes::UNCLOSED_COMMENT)
    };
    let text = &snapshot.source(tree.file).text;
    let gap = if text.ends_with('\n') { "" } else { "\n" };
    let is_closed = !snapshot.compilation.diagnostics.iter().any(is_open) && !text.trim_end().ends_with(',');
    is_closed.then(|| (at(tree, narrow(text.len())), format!("{gap}\n{line}\n")))
}

/// Whether what begins a text would go on a statement that stands on the line before it.
fn goes_on(mut text: &str) -> bool {
    loop {
        text = text.trim_start();
        text = match text {
            _ if text.starts_with("//") => text.find('\n').map_or("", |end| &text[end..]),
            _ if text.starts_with("/*") => text.find("*/").map_or("", |end| &text[end + 2..]),
            _ => break,
        };
    }
    let word = &text[..text.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(text.len())];
    let is_end = text.is_empty() || text.starts_with('}');
    if word.is_empty() { !is_end } else { lexer::begins_clause(lexer::terminal_of(word)) }
}

/// The end of a statement, or of the comment that goes with it on its line.
fn with_comment(snapshot: &Snapshot, tree: &Tree, end: u32) -> u32 {
    let first = tree.comments.partition_point(|(start, _)| *start < end);
    let behind = tree.comments.get(first).filter(|(start, _)| {
        let between = text_from(snapshot, tree, end).get(..(start - end) as usize);
        between.is_some_and(|between| between.bytes().all(|byte| matches!(byte, b' ' | b'\t')))
            && text_from(snapshot, tree, *start).starts_with("//")
    });
    behind.map_or(end, |(_, end)| *end)
}

fn text_from<'a>(snapshot: &'a Snapshot, tree: &Tree, from: u32) -> &'a str {
    snapshot.source(tree.file).text.get(from as usize..).unwrap_or_default()
}

fn at(tree: &Tree, offset: u32) -> Span {
    Span { file: tree.file, start: offset, end: offset }
}

/// What follows on the line of an opening brace goes to a line of its own.
fn rest_of_line(snapshot: &Snapshot, tree: &Tree, from: u32, indent: &str) -> String {
    let rest = text_from(snapshot, tree, from).lines().next().unwrap_or_default();
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
