//! Tables of one process each, as standards print them: names of what is said in the first column, or a title bar with
//! rows below. They become tables with heads in the first row; tables that have them there stay as they are.

use super::draft::Said;
use super::heads::{self, Head};
use super::ids::split;
use super::table::Cell;

/// The rows of a table with its heads in the first one, where it is the card of a process; else as they are.
pub(super) fn table(rows: Vec<Vec<Cell>>) -> Vec<Vec<Cell>> {
    if is_card(&rows) { Card::default().read(&rows) } else { rows }
}

/// The cells of a row that say something of their own.
fn own(row: &[Cell]) -> Vec<(usize, &Cell)> {
    row.iter().enumerate().filter(|(_, cell)| !cell.is_blank() && !cell.is_covered).collect()
}

fn head(cell: &Cell) -> Option<Head> {
    heads::find(&cell.said.words)
}

/// Whether words are the mark of an item of a list.
fn is_mark(words: &str) -> bool {
    words.chars().count() <= 3 || is_number(words) && words.contains(|character: char| character.is_ascii_digit())
}

/// Whether a cell may be the name of what its row says, though it is not known: a few words, and no sentence.
fn is_label(cell: &Cell) -> bool {
    let words = cell.said.words.trim();
    let count = words.split_whitespace().count();
    !is_mark(words) && count <= 5 && words.chars().count() <= 40 && !words.ends_with(['.', ';', ','])
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
    let is_known = |cell: &Cell| head(cell).is_some() || heads::numbered(&cell.said.words).is_some();
    let labels = rows.iter().filter(|row| own(row).first().is_some_and(|(at, cell)| *at == 0 && is_known(cell)));
    let inner = rows.iter().skip(1).any(|row| is_heads(&own(row)));
    let labels = labels.count();
    labels >= 3 || is_title(&own(first)) && (inner || labels >= 1)
}

/// A card that is being read: the heads of its columns, those that rows within it have, and its rows.
#[derive(Default)]
struct Card {
    heads: Vec<Cell>,
    inner: Vec<usize>,
    rows: Vec<Vec<Cell>>,
}

impl Card {
    fn read(mut self, rows: &[Vec<Cell>]) -> Vec<Vec<Cell>> {
        let mut inner: Option<Vec<(usize, usize)>> = None;
        let mut label = None;
        // Whether the rows that follow are what the name above them is said of.
        let mut is_open = false;
        for (number, row) in rows.iter().enumerate() {
            let cells = own(row);
            if number == 0 && is_title(&cells) {
                if let [(_, only)] = cells.as_slice() {
                    self.title(only);
                }
            } else if is_heads(&cells) {
                let columns: Vec<(usize, usize)> =
                    cells.iter().map(|(at, cell)| (*at, self.head((*cell).clone()))).collect();
                self.inner.extend(columns.iter().map(|(_, column)| *column));
                inner = Some(columns);
            } else if let Some(first) = cells.first().filter(|(at, cell)| *at == 0 && head(cell).is_some()) {
                (inner, is_open) = (None, cells.len() == 1);
                label = Some(self.said(first.1, &cells[1..]));
            } else if let Some(number) =
                cells.first().filter(|(at, _)| *at == 0).and_then(|(_, cell)| heads::numbered(&cell.said.words))
            {
                let (mut name, column) = (cells[0].1.clone(), self.outcomes());
                name.said.words = number.to_owned();
                (inner, is_open, label) = (None, false, Some(column));
                self.values(column, &[&[(0, &name)][..], &cells[1..]].concat());
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
            } else if let [(0, name), rest @ ..] = cells.as_slice()
                && !rest.is_empty()
                && !is_open
                && is_label(name)
            {
                label = Some(self.said(name, rest));
            } else {
                let column = label.unwrap_or_else(|| self.head(Cell::default()));
                self.values(column, &cells);
            }
        }
        self.part();
        let mut made = vec![self.heads];
        made.extend(self.rows);
        made
    }

    /// Puts what is said of the process into a row of its own, before the first outcome.
    fn part(&mut self) {
        let outcomes = self.heads.iter().position(|cell| head(cell) == Some(Head::Outcome));
        let Some(outcomes) = outcomes.filter(|at| self.rows.first().is_some_and(|row| !is_free(row, *at))) else {
            return;
        };
        let count = self.rows.iter().filter(|row| !is_free(row, outcomes)).count();
        // What one outcome alone satisfies may stand beside it.
        let is_of_outcomes = |at: usize| match head(&self.heads[at]) {
            _ if self.inner.contains(&at) => true,
            Some(Head::Requirements | Head::Partly) => count == 1,
            Some(
                Head::Outcome
                | Head::OutcomeNumber
                | Head::Practice
                | Head::PracticeId
                | Head::Achieves
                | Head::Consumes
                | Head::Produces,
            ) => true,
            Some(_) => false,
            // Columns without a name hold what stands in a row behind its value.
            None => self.heads[at].is_blank(),
        };
        let (mut own, mut first) = (Vec::new(), self.rows[0].clone());
        for (at, cell) in first.iter_mut().enumerate() {
            own.push(if is_of_outcomes(at) { Cell::default() } else { std::mem::take(cell) });
        }
        self.rows[0] = first;
        self.rows.insert(0, own);
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

    /// The column of outcomes.
    fn outcomes(&mut self) -> usize {
        let told = Said { words: "Outcome".to_owned(), is_told: true, ..Said::default() };
        let known = self.heads.iter().position(|cell| head(cell) == Some(Head::Outcome));
        known.unwrap_or_else(|| self.head(Cell { said: told, ..Cell::default() }))
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
