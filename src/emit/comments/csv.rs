//! The table as comma-separated values.

use super::{Ties, other, other_heads};
use crate::emit::csv::{harmless, push};

/// The table, in the order of the document, with the place of each comment behind it.
pub fn csv(ties: &Ties<'_>) -> String {
    let others = other_heads(ties);
    let mut table = String::new();
    let words = ties.words.comments;
    push(&mut table, words.heads.iter().chain(&others).chain([&words.place]));
    for (comment, tied) in &ties.rows {
        let cells = comment.cells.iter().cloned().chain(others.iter().map(|head| other(comment, head)));
        push(&mut table, cells.chain([tied.told(ties.words)]));
    }
    table
}

/// What was typed into a cell that [`csv`] has written: without the mark that keeps it from being a formula.
pub fn typed(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|words| harmless(words) == cell).unwrap_or(cell)
}
