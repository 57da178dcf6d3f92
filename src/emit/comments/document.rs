//! The table as a document.

use super::{COLUMNS, PLACE, Ties, other, other_heads};
use crate::document::{Cell, Document, Inline, Part, Table};
use crate::emit::notice::Said;

/// The table in the order of the document, with the place of each comment behind it.
pub fn document(ties: &Ties<'_>, notices: &[Said<'_>]) -> Document {
    let mut document = Document::new(Inline::plain(&format!("Comments on {}", ties.title)));
    for notice in notices {
        document.paragraph(Inline::plain(&format!("Notice of {}: {}", notice.of, notice.text)));
    }
    document.chapter([], "Comments");
    document.paragraph(Inline::plain(&format!("{}.", ties.summary())));
    let others = other_heads(ties);
    let head = COLUMNS.iter().chain(&others).chain([&PLACE]).map(|head| Inline::plain(head));
    let rows = ties.rows.iter().map(|(comment, tied)| {
        let cells = comment.cells.iter().cloned().chain(others.iter().map(|head| other(comment, head)));
        cells.chain([tied.told()]).map(|cell| Cell::from(lines(&cell))).collect()
    });
    let table = Table { is_landscape: true, ..Table::under(head, rows.collect()) };
    let told = "lists the comments in the order of the document";
    document.push_told_table(told, Table { caption: Inline::plain("Comments"), ..table });
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
