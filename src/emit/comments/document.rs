//! The table as a document.

use super::{Ties, other, other_heads};
use crate::document::words::fill;
use crate::document::{Cell, Document, Inline, Part, Table};
use crate::emit::diff::begun;
use crate::emit::notice::Said;

/// The table in the order of the document, with the place of each comment behind it.
pub fn document(ties: &Ties<'_>, notices: &[Said<'_>]) -> Document {
    let words = ties.words.comments;
    let mut document = begun(ties.words, &fill(words.titled, &[&ties.title]), notices);
    document.chapter([], words.comments);
    document.paragraph(Inline::plain(&format!("{}.", ties.summary())));
    let others = other_heads(ties);
    let head = words.heads.iter().chain(&others).chain([&words.place]).map(|head| Inline::plain(head));
    let rows = ties.rows.iter().map(|(comment, tied)| {
        let cells = comment.cells.iter().cloned().chain(others.iter().map(|head| other(comment, head)));
        cells.chain([tied.told(ties.words)]).map(|cell| Cell::from(lines(&cell))).collect()
    });
    let table = Table { is_landscape: true, ..Table::under(head, rows.collect()) };
    document.push_told_table(words.told, Table { caption: Inline::plain(words.comments), ..table });
    document.settle();
    document
}

/// A cell with its lines.
fn lines(cell: &str) -> Inline {
    let mut inline = Inline::default();
    for line in cell.lines().filter(|line| !line.trim().is_empty()) {
        if !inline.is_empty() {
            inline.push_part(Part::Break);
        }
        inline.push(&Inline::plain(line));
    }
    inline
}
