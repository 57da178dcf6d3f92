//! Tables of a source: cells under heads, wherever they come from.

use super::Refused;
use super::draft::Said;
use super::report::Line;

/// Cells that say something, and places of cells, of all tables of a file: what is more is no table of an author's.
pub const CELLS: usize = 500_000;
const PLACES: usize = 2_000_000;

/// A table.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// What it is called: the sheet, or the file.
    pub name: String,
    /// Its rows, cell by cell.
    pub rows: Vec<Vec<Cell>>,
    /// Which of them stand behind blank rows.
    pub gaps: Vec<usize>,
    /// What there is to tell of it as a whole.
    pub remarks: Vec<String>,
}

/// The tables of a file, and what there is to tell besides.
#[derive(Debug, Default)]
pub struct Tables {
    /// The tables.
    pub tables: Vec<Table>,
    /// What became of values that stand in none of them.
    pub lines: Vec<Line>,
    /// What else there is to tell.
    pub remarks: Vec<String>,
}

/// A cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// What it says, and where.
    pub said: Said,
    /// Whether it is a part of a merged cell that begins above.
    pub is_covered: bool,
    /// What the program that wrote it made of what was typed.
    pub eaten: Option<Box<Eaten>>,
}

/// What a spreadsheet made of what was typed: of ids, it makes numbers and dates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Eaten {
    /// What it holds instead: "the number 5.1".
    pub holds: String,
    /// What may have been typed, the likeliest first; empty where only one thing may have been.
    pub readings: Vec<String>,
    /// Whether an id is surely what it shows.
    pub is_sure: bool,
}

impl Cell {
    /// A cell at a place.
    pub fn new(words: impl Into<String>, place: impl Into<String>) -> Cell {
        Cell { said: Said::new(words, place), ..Cell::default() }
    }

    /// What stands in a merged cell that begins above, where it is told.
    pub fn covered(by: &Cell) -> Cell {
        Cell { said: by.said.part(by.said.words.clone()), is_covered: true, eaten: by.eaten.clone() }
    }

    /// Whether there is nothing in it.
    pub fn is_blank(&self) -> bool {
        self.said.is_blank()
    }
}

/// Cells that are merged, by the first and the last row and column, from 0.
#[derive(Clone, Copy, Debug)]
pub struct Merge {
    /// The first row, and the first column.
    pub from: (usize, usize),
    /// The last row.
    pub to_row: usize,
}

/// Cells of a sheet as they come, from which a table is made.
#[derive(Debug, Default)]
pub struct Sheet {
    /// Row and column of each cell that says something, from 0.
    pub cells: Vec<(usize, usize, Cell)>,
    /// What is merged.
    pub merges: Vec<Merge>,
}

/// How much the tables of a file hold.
#[derive(Debug, Default)]
pub struct Size {
    cells: usize,
    places: usize,
}

impl Size {
    /// Counts a cell that says something.
    ///
    /// # Errors
    /// Where there are too many.
    pub fn cell(&mut self) -> Result<(), Refused> {
        self.cells += 1;
        if self.cells <= CELLS {
            return Ok(());
        }
        Err(Refused::new(format!("it holds more than {CELLS} cells"), "split it into several files"))
    }

    /// Counts so many places of a row.
    ///
    /// # Errors
    /// Where there are too many.
    pub fn row(&mut self, places: usize) -> Result<(), Refused> {
        self.places += places;
        if self.places <= PLACES {
            return Ok(());
        }
        Err(Refused::new(
            format!("its rows and columns span more than {PLACES} cells"),
            "delete what stands far away from its tables, or split it into several files",
        ))
    }
}

impl Sheet {
    /// The table, without blank rows; merged cells are filled downwards.
    ///
    /// # Errors
    /// Where it is too large.
    pub fn table(self, name: &str, size: &mut Size) -> Result<Table, Refused> {
        let Sheet { mut cells, merges } = self;
        let mut table = Table { name: name.to_owned(), ..Table::default() };
        cells.sort_by_key(|(row, column, _)| (*row, *column));
        let mut numbers: Vec<usize> = Vec::new();
        for (row, column, cell) in cells {
            if numbers.last() != Some(&row) {
                if numbers.last().is_some_and(|last| row > last + 1) {
                    table.gaps.push(table.rows.len());
                }
                numbers.push(row);
                table.rows.push(Vec::new());
            }
            if let Some(cells) = table.rows.last_mut() {
                size.row((column + 1).saturating_sub(cells.len()))?;
                if cells.len() <= column {
                    cells.resize(column + 1, Cell::default());
                }
                cells[column] = cell;
            }
        }
        for Merge { from: (row, column), to_row } in merges {
            let Ok(first) = numbers.binary_search(&row) else { continue };
            let Some(by) = table.rows[first].get(column).filter(|cell| !cell.is_blank()).cloned() else { continue };
            let below = numbers[first + 1..].iter().take_while(|number| **number <= to_row).count();
            for cells in &mut table.rows[first + 1..=first + below] {
                size.row((column + 1).saturating_sub(cells.len()).max(1))?;
                if cells.len() <= column {
                    cells.resize(column + 1, Cell::default());
                }
                if cells[column].is_blank() {
                    cells[column] = Cell::covered(&by);
                }
            }
        }
        let blank = numbers.windows(2).map(|pair| pair[1] - pair[0] - 1).sum::<usize>();
        if blank > 0 {
            table.remarks.push(format!("{} between others", super::report::counted(blank, "blank row")));
        }
        Ok(table)
    }
}

/// The letters of a column, from 0: A, B, … Z, AA.
pub fn column(at: usize) -> String {
    crate::document::letters(at + 1)
}
