//! Writes tables: heads that are repeated on each page, rows that stay whole, cells over rows and columns.

use unicode_width::UnicodeWidthStr;

use super::Book;
use super::body::Shape;
use super::inline::Look;
use super::script::is_backwards;
use super::widths::{Fit, LETTER, PADDING, bold, longest_word};
use super::xml::put;
use crate::document::inline::Inline;
use crate::document::tree::{Cell, Place, Side, Table};

/// A cell over rows of more lines than this is told again in between: at the top of a page it would be empty.
const MOST_LINES: usize = 24;
/// The longest head that stands upright, in twentieths of a point.
const HIGHEST: usize = 3_000;

/// A cell that reaches down from above: the row that it begins in, and how many lines it has by now.
type Reach = Option<(usize, usize)>;

impl Book<'_> {
    /// A table under its caption.
    pub(super) fn table(&mut self, table: &Table, fit: &Fit) {
        let at = self.captions;
        self.captions += 1;
        if !table.caption.is_empty() {
            self.caption(at, &table.caption, ["TableTitle", "AnnexTableTitle"], true);
        } else if let Some(mark) = self.plan.captions.get(at).and_then(|caption| caption.mark.clone()) {
            self.marked(&mark, |_| {});
        }
        if table.columns.is_empty() || table.head.is_empty() && table.rows.is_empty() {
            return;
        }
        let width: usize = fit.widths.iter().sum();
        let style = self.frame.names.id("TableISO").to_owned();
        put!(self.out, "<w:tbl><w:tblPr><w:tblStyle w:val=\"{style}\"/><w:tblW w:w=\"{width}\" w:type=\"dxa\"/>");
        self.out.push_str("<w:jc w:val=\"center\"/><w:tblLayout w:type=\"fixed\"/>");
        self.out.push_str("<w:tblLook w:val=\"04A0\" w:firstRow=\"1\" w:lastRow=\"0\" w:firstColumn=\"1\" ");
        self.out.push_str("w:lastColumn=\"0\" w:noHBand=\"0\" w:noVBand=\"1\"/></w:tblPr><w:tblGrid>");
        for width in &fit.widths {
            put!(self.out, "<w:gridCol w:w=\"{width}\"/>");
        }
        self.out.push_str("</w:tblGrid>");
        self.rows(table, fit);
        if !table.notes.is_empty() {
            self.out.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
            self.open_cell(width, fit.widths.len(), "");
            for note in &table.notes {
                self.paragraph(note, Shape { style: "TableFooter", ..Shape::default() });
            }
            self.out.push_str("</w:tc></w:tr>");
        }
        self.out.push_str("</w:tbl>");
        // What stands below keeps its distance, and two tables below each other stay two.
        self.open(Shape { style: "AfterTable", ..Shape::default() }, false);
        self.out.push_str("</w:p>");
    }

    fn rows(&mut self, table: &Table, fit: &Fit) {
        let grid = table.grid();
        let lines: Vec<usize> = grid.iter().map(|row| lines(row, fit)).collect();
        let mut reaches: Vec<Reach> = vec![None; table.columns.len()];
        for (number, row) in grid.iter().enumerate() {
            let is_head = number < table.head.len();
            let turned = if is_head && fit.is_turned { turned(row, fit) } else { None };
            self.out.push_str("<w:tr><w:trPr>");
            // A row that is higher than a page has to be divided.
            self.out.push_str(if is_head || lines[number] < 30 { "<w:cantSplit/>" } else { "" });
            if let Some(height) = turned {
                put!(self.out, "<w:trHeight w:val=\"{height}\" w:hRule=\"exact\"/>");
            }
            self.out.push_str(if is_head { "<w:tblHeader/>" } else { "" });
            self.out.push_str("</w:trPr>");
            let mut column = 0;
            while column < row.len() {
                let columns = 1 + row[column + 1..].iter().take_while(|place| same(&row[column], place)).count();
                let from = self.place(table, &grid, (number, column), lines[number], &mut reaches);
                let width: usize = fit.widths[column..column + columns].iter().sum();
                let (cell, merge) = match from {
                    Some((cell, merge)) => (Some(cell), merge),
                    None if matches!(row[column], Place::Above(..)) => (None, "<w:vMerge/>"),
                    None => (None, ""),
                };
                let is_up = turned.is_some() && cell.is_some_and(|cell| is_up(cell, width, fit.size));
                let merge = if is_up { format!("{merge}<w:textDirection w:val=\"btLr\"/>") } else { merge.to_owned() };
                self.open_cell(width, columns, &merge);
                self.cell(cell, table.columns[column].side, is_head, fit.size);
                self.out.push_str("</w:tc>");
                column += columns;
            }
            self.out.push_str("</w:tr>");
        }
    }

    /// The cell that is written at a place, if one is, and how it is joined with those below.
    fn place<'t>(
        &self,
        table: &'t Table,
        grid: &[Vec<Place<'t>>],
        (number, column): (usize, usize),
        lines: usize,
        reaches: &mut [Reach],
    ) -> Option<(&'t Cell, &'static str)> {
        let goes_on = |from: usize| {
            let below = grid.get(number + 1).and_then(|row| row.get(column));
            matches!(below, Some(Place::Above(row, _)) if *row == from)
        };
        match grid[number][column] {
            Place::Cell(cell, _) => {
                reaches[column] = Some((number, lines));
                Some((cell, if goes_on(number) { "<w:vMerge w:val=\"restart\"/>" } else { "" }))
            }
            Place::Above(from, first) => {
                let so_far = reaches[column].filter(|reach| reach.0 == from).map_or(0, |reach| reach.1);
                let is_head = number < table.head.len();
                if so_far + lines <= MOST_LINES || is_head {
                    reaches[column] = Some((from, so_far + lines));
                    return None;
                }
                reaches[column] = Some((from, lines));
                let Place::Cell(cell, _) = grid[from][first] else { return None };
                Some((cell, if goes_on(from) { "<w:vMerge w:val=\"restart\"/>" } else { "" }))
            }
            Place::Before | Place::Nothing => None,
        }
    }

    fn open_cell(&mut self, width: usize, columns: usize, properties: &str) {
        put!(self.out, "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>");
        if columns > 1 {
            put!(self.out, "<w:gridSpan w:val=\"{columns}\"/>");
        }
        self.out.push_str(properties);
        self.out.push_str("</w:tcPr>");
    }

    fn cell(&mut self, cell: Option<&Cell>, side: Side, is_head: bool, size: usize) {
        let styles = match is_head {
            true => ["TableHeader", "TableHeader-", "TableHeader--"],
            false => ["TableBody", "TableBody-", "TableBody--"],
        };
        let shape = Shape { style: styles[size], side, ..Shape::default() };
        match cell {
            Some(cell) => self.paragraph(&cell.words, shape),
            None => {
                self.open(shape, false);
                self.out.push_str("</w:p>");
            }
        }
    }

    /// A caption behind its label, whose number a field counts; the style depends on whether it stands in an annex.
    pub(super) fn caption(&mut self, at: usize, words: &Inline, styles: [&'static str; 2], keeps_next: bool) {
        let Some(caption) = self.plan.captions.get(at) else { return };
        let (label, mark) = (caption.label.clone(), caption.mark.clone());
        let is_backwards = is_backwards(words.shown());
        let look = Look { is_backwards, ..Look::default() };
        let shape = Shape { style: styles[usize::from(label.contains('.'))], keeps_next, ..Shape::default() };
        self.open(shape, is_backwards);
        match mark {
            Some(mark) => self.marked(&mark, |book| book.label(&label, look)),
            None => self.label(&label, look),
        }
        self.words(" — ", look);
        self.line(words, look);
        self.out.push_str("</w:p>");
    }

    /// "Table A.3": the annex is written out, and has a sequence of its own.
    fn label(&mut self, label: &str, look: Look) {
        let (word, number) = label.rsplit_once(' ').unwrap_or((label, ""));
        let (annex, number) = number.rsplit_once('.').map_or(("", number), |(annex, number)| (annex, number));
        let dot = if annex.is_empty() { "" } else { "." };
        self.words(&format!("{word} {annex}{dot}"), look);
        let low = if annex.is_empty() { "" } else { "_" };
        let number = number.to_owned();
        self.field(&format!("SEQ {word}{low}{annex} \\* ARABIC"), |book| book.words(&number, look));
    }
}

/// Whether a place belongs to the cell that begins before it.
fn same(first: &Place<'_>, next: &Place<'_>) -> bool {
    match (first, next) {
        (Place::Cell(..), Place::Before) => true,
        (Place::Above(..), Place::Above(..)) => first == next,
        _ => false,
    }
}

/// About how many lines a row has; what reaches over several rows is not counted.
fn lines(row: &[Place<'_>], fit: &Fit) -> usize {
    let mut most = 1;
    for (column, place) in row.iter().enumerate() {
        if let Place::Cell(cell, columns) = place
            && cell.rows <= 1
        {
            let width: usize = fit.widths[column..column + columns].iter().sum();
            let letters = (width.saturating_sub(PADDING) / LETTER[fit.size]).max(1);
            most = cell.words.shown().width().div_ceil(letters).max(most);
        }
    }
    most
}

/// Whether the words of a head have to stand upright in a column of a width.
fn is_up(cell: &Cell, width: usize, size: usize) -> bool {
    cell.columns == 1 && bold(longest_word(&cell.words)) * LETTER[size] + PADDING > width
}

/// How high a row is in which some words stand upright; nothing where none have to.
fn turned(row: &[Place<'_>], fit: &Fit) -> Option<usize> {
    let cells = row.iter().zip(&fit.widths).filter_map(|(place, width)| match place {
        Place::Cell(cell, 1) if is_up(cell, *width, fit.size) => Some(cell),
        _ => None,
    });
    let longest = cells.map(|cell| bold(cell.words.shown().width())).max()?;
    Some((longest * LETTER[fit.size] + 2 * PADDING).min(HIGHEST))
}
