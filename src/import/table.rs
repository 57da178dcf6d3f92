//! Tables of a source: cells under heads, wherever they come from.

use super::draft::Said;

/// A table.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// What it is called: the sheet, or the file.
    pub name: String,
    /// Its rows, cell by cell.
    pub rows: Vec<Vec<Cell>>,
    /// What there is to tell of it as a whole.
    pub remarks: Vec<String>,
}

/// A cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// What it says, and where.
    pub said: Said,
}

impl Cell {
    /// A cell at a place.
    pub fn new(words: impl Into<String>, place: impl Into<String>) -> Cell {
        Cell { said: Said::new(words, place) }
    }

    /// What stands in a merged cell that begins above or before, where it is told.
    pub fn covered(by: &Cell) -> Cell {
        Cell { said: by.said.part(by.said.words.clone()) }
    }

    /// Whether there is nothing in it.
    pub fn is_blank(&self) -> bool {
        self.said.is_blank()
    }
}

/// The letters of a column, from 0: A, B, … Z, AA.
pub fn column(at: usize) -> String {
    crate::document::letters(at + 1)
}
