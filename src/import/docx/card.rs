//! Tables of one process each, as standards print them: names of what is said in the first column, or a title bar with
//! rows below. They become tables with heads in the first row; tables that have them there stay as they are.

use super::super::draft::Said;
use super::super::heads::{self, Head};
use super::super::rows::split;
use super::super::table::{Cell, Table};
use super::Grid;

/// The table of a grid.
pub(super) fn table(grid: Grid) -> Table {
    let Grid { name, rows } = grid;
    let rows: Vec<Vec<Cell>> = rows.into_iter().filter(|row| row.iter().any(|cell| !cell.is_blank())).collect();
    let rows = if is_card(&rows) { Card::default().read(&rows) } else { rows };
    Table { name, rows, ..Table::default() }
}

/// The cells of a row that say something of their own.
fn own(row: &[Cell]) -> Vec<(usize, &Cell)> {
    row.iter().enumerate().filter(|(_, cell)| !cell.is_blank() && !cell.is_covered).collect()
}

fn head(cell: &Cell) -> Option<Head> {
    heads::find(&cell.said.words)
}

/// How many heads that are known stand in a row.
fn known(cells: &[(usize, &Cell)]) -> usize {
    cells.iter().filter(|(_, cell)| head(cell).is_some()).count()
}

/// Whether a row has heads for rows below it.
fn is_heads(cells: &[(usize, &Cell)]) -> bool {
    let is_pairs = cells.len() == 4 && head(cells[1].1).is_none() && head(cells[3].1).is_none();
    known(cells) >= 2 && known(cells) * 2 > cells.len() && !is_pairs
}

/// Whether a row is the title of a card: one cell that begins with an id.
fn is_title(cells: &[(usize, &Cell)]) -> bool {
    matches!(cells, [(_, only)] if split(&only.said.words).0.is_some())
}

fn is_card(rows: &[Vec<Cell>]) -> bool {
    let Some(first) = rows.first() else { return false };
    if is_heads(&own(first)) {
        return false;
    }
    let labels = rows.iter().filter(|row| own(row).first().is_some_and(|(at, cell)| *at == 0 && head(cell).is_some()));
    let inner = rows.iter().skip(1).any(|row| is_heads(&own(row)));
    let labels = labels.count();
    labels >= 3 || is_title(&own(first)) && (inner || labels >= 1)
}

/// A card that is being read: the heads of its columns, and its rows.
#[derive(Default)]
struct Card {
    heads: Vec<Cell>,
    rows: Vec<Vec<Cell>>,
}

impl Card {
    fn read(mut self, rows: &[Vec<Cell>]) -> Vec<Vec<Cell>> {
        let mut inner: Option<Vec<(usize, usize)>> = None;
        let mut label = None;
        for (number, row) in rows.iter().enumerate() {
            let cells = own(row);
            if number == 0 && is_title(&cells) {
                if let [(_, only)] = cells.as_slice() {
                    self.title(only);
                }
            } else if is_heads(&cells) {
                inner = Some(cells.iter().map(|(at, cell)| (*at, self.head((*cell).clone()))).collect());
            } else if let Some(first) = cells.first().filter(|(at, cell)| *at == 0 && head(cell).is_some()) {
                inner = None;
                label = Some(self.said(first.1, &cells[1..]));
            } else if let Some(columns) = &inner {
                let to = self.rows.len().max(1);
                let to = if self.rows.first().is_none_or(|row| columns.iter().all(|(_, at)| is_free(row, *at))) {
                    0
                } else {
                    to
                };
                for (at, cell) in cells {
                    let column = columns.iter().find(|(of, _)| *of == at).map(|(_, column)| *column);
                    let column = column.unwrap_or_else(|| self.head(Cell::default()));
                    self.put(to, column, cell.clone());
                }
            } else {
                let column = label.unwrap_or_else(|| self.head(Cell::default()));
                self.values(column, &cells);
            }
        }
        let mut made = vec![self.heads];
        made.extend(self.rows);
        made
    }

    fn title(&mut self, cell: &Cell) {
        let (id, title) = split(&cell.said.words);
        let told = |words: &str| Cell {
            said: Said { words: words.to_owned(), is_told: true, ..Said::default() },
            ..Cell::default()
        };
        let [of_id, of_name] = ["Process", "Process name"].map(|words| self.head(told(words)));
        let said = &cell.said;
        self.put(0, of_id, Cell { said: said.part(id.unwrap_or_default()), ..Cell::default() });
        self.put(0, of_name, Cell { said: Said { words: title.to_owned(), ..said.clone() }, ..Cell::default() });
    }

    /// What a row says behind the name of it: one value, several below each other, or pairs of name and value.
    fn said(&mut self, name: &Cell, rest: &[(usize, &Cell)]) -> usize {
        let column = self.head(name.clone());
        match rest {
            [(_, value), (_, other), (_, second)] if head(other).is_some() => {
                self.put(0, column, (*value).clone());
                let column = self.head((*other).clone());
                self.put(0, column, (*second).clone());
            }
            rest => self.values(column, rest),
        }
        column
    }

    /// Values of a column, below those that it has: a number of its own before the text is a column of its own.
    fn values(&mut self, column: usize, cells: &[(usize, &Cell)]) {
        let to = self.rows.iter().rposition(|row| !is_free(row, column)).map_or(0, |at| at + 1);
        let is_outcome = self.heads.get(column).and_then(head) == Some(Head::Outcome);
        let mut cells = cells;
        if let ([(_, number), rest @ ..], true) = (cells, is_outcome)
            && !rest.is_empty()
            && is_number(&number.said.words)
        {
            let told = Cell {
                said: Said { words: "Outcome no".to_owned(), is_told: true, ..Said::default() },
                ..Cell::default()
            };
            let of_number = self.heads.iter().position(|cell| head(cell) == Some(Head::OutcomeNumber));
            let of_number = of_number.unwrap_or_else(|| self.head(told));
            self.put(to, of_number, (*number).clone());
            cells = rest;
        }
        let mut cells = cells.iter();
        if let Some((_, first)) = cells.next() {
            self.put(to, column, (*first).clone());
        }
        for (_, other) in cells {
            let nameless = self
                .heads
                .iter()
                .enumerate()
                .find(|(at, cell)| cell.is_blank() && self.rows.get(to).is_none_or(|row| is_free(row, *at)));
            let at = nameless.map(|(at, _)| at).unwrap_or_else(|| self.head(Cell::default()));
            self.put(to, at, (*other).clone());
        }
    }

    /// A new column under a head.
    fn head(&mut self, cell: Cell) -> usize {
        self.heads.push(cell);
        self.heads.len() - 1
    }

    fn put(&mut self, row: usize, column: usize, cell: Cell) {
        while self.rows.len() <= row {
            self.rows.push(Vec::new());
        }
        let cells = &mut self.rows[row];
        if cells.len() <= column {
            cells.resize(column + 1, Cell::default());
        }
        cells[column] = cell;
    }
}

/// Whether words may be the number of an outcome.
fn is_number(words: &str) -> bool {
    let words = words.trim();
    words.chars().count() <= 12 && !words.contains(' ')
}

fn is_free(row: &[Cell], at: usize) -> bool {
    row.get(at).is_none_or(Cell::is_blank)
}
