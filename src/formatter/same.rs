//! Whether two texts say the same: the proof that the formatter owes before anything is written.

use super::{Parsed, comment_words};
use crate::source::text;

/// Where the first text begins to say something else than the second: statements, nesting, arguments, comments and
/// what the parser has to say count; places do not.
pub(super) fn difference(given: &Parsed<'_>, made: &Parsed<'_>) -> Option<usize> {
    let (left, right) = (&given.tree, &made.tree);
    for (id, (a, b)) in (0..).zip(left.nodes.iter().zip(&right.nodes)) {
        let alike = a.kind == b.kind
            && a.broken == b.broken
            && a.parent == b.parent
            && a.subtree_end == b.subtree_end
            && a.open.is_some() == b.open.is_some()
            && a.close.is_some() == b.close.is_some()
            && a.args == b.args;
        if !alike {
            return Some(a.start as usize);
        }
        for (a, b) in left.args(id).iter().zip(right.args(id)) {
            let texts = [given.slice((a.start, a.end)), made.slice((b.start, b.end))];
            if a.role != b.role || !same_argument(texts[0], texts[1]) {
                return Some(a.start as usize);
            }
        }
    }
    if left.nodes.len() != right.nodes.len() {
        return Some(left.nodes.get(right.nodes.len()).map_or(given.text.len(), |node| node.start as usize));
    }
    different_comment(given, made).or_else(|| different_diagnostic(given, made))
}

/// Arguments are the same to the letter; a block of text, in what it says.
fn same_argument(given: &str, made: &str) -> bool {
    given == made || given.starts_with("\"\"\"") && text::pieces(given) == text::pieces(made)
}

fn different_comment(given: &Parsed<'_>, made: &Parsed<'_>) -> Option<usize> {
    // A comment stands between the same two words as before.
    let place = |parsed: &Parsed<'_>, start: u32| {
        let Parsed { tree, .. } = parsed;
        (tree.nodes.partition_point(|node| node.start < start), tree.args.partition_point(|arg| arg.start < start))
    };
    for (a, b) in given.tree.comments.iter().zip(&made.tree.comments) {
        let same_words = comment_words(given.slice(*a)) == comment_words(made.slice(*b));
        if !same_words || place(given, a.0) != place(made, b.0) {
            return Some(a.0 as usize);
        }
    }
    (given.tree.comments.len() != made.tree.comments.len()).then_some(given.text.len())
}

fn different_diagnostic(given: &Parsed<'_>, made: &Parsed<'_>) -> Option<usize> {
    for (a, b) in given.diagnostics.iter().zip(&made.diagnostics) {
        if a.code.code != b.code.code || a.message != b.message {
            return Some(a.primary.span.start as usize);
        }
    }
    (given.diagnostics.len() != made.diagnostics.len()).then_some(given.text.len())
}
