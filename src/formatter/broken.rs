//! What the formatter leaves alone: statements that the grammar refuses, and whatever braces that do not match make
//! uncertain.

use std::ops::Range;

use super::Parsed;
use crate::codes;
use crate::syntax::lexer::terminal;
use crate::syntax::statements::Kind;
use crate::syntax::tree::{NodeId, Role};

/// How much is left alone where braces do not match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Care {
    /// The statement at the top of the file in which it is so.
    Part,
    /// That statement, and the rest of the file.
    Rest,
    /// The file.
    All,
}

/// The tokens that stay as they are, as ranges in their order that do not overlap.
pub(super) fn parts(parsed: &Parsed<'_>, care: Care) -> Vec<Range<usize>> {
    let count = parsed.tokens.places.len();
    if care == Care::All {
        return std::iter::once(0..count).collect();
    }
    let mut parts = Vec::new();
    let unmatched = [&codes::UNCLOSED_BLOCK, &codes::STRAY_BRACE, &codes::DEEP_NESTING, &codes::UNCLOSED_COMMENT];
    let tops: Vec<NodeId> = parsed.tree.top().collect();
    for diagnostic in &parsed.diagnostics {
        let offset = diagnostic.primary.span.start;
        let is_open_text = diagnostic.code.code == codes::UNCLOSED_TEXT.code;
        let is_open_block = is_open_text && diagnostic.primary.span.range().len() == 3;
        if is_open_block || unmatched.iter().any(|code| code.code == diagnostic.code.code) {
            parts.push(around(parsed, &tops, offset, care));
        } else if is_open_text {
            parts.push(statement(parsed, parsed.tree.at(offset as usize).unwrap_or(0)));
        }
    }
    let odd = (0..).zip(&parsed.tree.nodes).filter(|(id, node)| node.broken || says_nothing(parsed, *id));
    parts.extend(odd.map(|(id, _)| statement(parsed, id)));
    parts.sort_unstable_by_key(|part| (part.start, count - part.end));
    let mut end = 0;
    parts.retain(|part| {
        let is_outer = part.end > end;
        end = end.max(part.end);
        is_outer
    });
    parts
}

/// A line that begins with no word, or one that neither the language nor a field could mean.
fn says_nothing(parsed: &Parsed<'_>, id: NodeId) -> bool {
    let roles = || parsed.tree.args(id).iter().map(|arg| arg.role);
    match parsed.tree.node(id).kind {
        Kind::Garbage => true,
        Kind::Other => !roles().eq([Role::Id, Role::ExtraText]),
        _ => false,
    }
}

/// The tokens of the statement at the top of the file around a place, up to the next such statement.
fn around(parsed: &Parsed<'_>, tops: &[NodeId], offset: u32, care: Care) -> Range<usize> {
    let start_of = |top: &NodeId| parsed.tree.node(*top).start;
    let next = tops.partition_point(|top| start_of(top) <= offset);
    let start = next.checked_sub(1).map_or(0, |top| token_at(parsed, start_of(&tops[top])));
    let end = match tops.get(next).filter(|_| care == Care::Part) {
        Some(top) => token_at(parsed, start_of(top)),
        None => parsed.tokens.places.len(),
    };
    start..end
}

/// The tokens of a statement with its block.
fn statement(parsed: &Parsed<'_>, id: NodeId) -> Range<usize> {
    let Some(node) = parsed.tree.nodes.get(id as usize) else { return 0..0 };
    let start = token_at(parsed, node.start);
    let end = match (node.close, node.open) {
        (Some(close), _) => token_at(parsed, close) + 1,
        // Of a block that is never closed more is left alone anyway.
        (None, Some(open)) => token_at(parsed, open) + 1,
        (None, None) => head_end(parsed, start),
    };
    start..end
}

/// One past the token that ends the head of a statement.
pub(super) fn head_end(parsed: &Parsed<'_>, start: usize) -> usize {
    let rest = parsed.tokens.kinds.as_slice().get(start..).unwrap_or_default();
    start + memchr::memchr2(terminal::END, terminal::OPEN, rest).map_or(rest.len(), |at| at + 1)
}

/// The token that begins at a byte.
pub(super) fn token_at(parsed: &Parsed<'_>, offset: u32) -> usize {
    let places = &parsed.tokens.places;
    let kinds = parsed.tokens.kinds.as_slice();
    let at = places.partition_point(|place| place.0 < offset);
    // The end of a statement has no width: it may share its byte with what follows.
    at + kinds[at..].iter().take_while(|kind| **kind == terminal::END).count()
}
