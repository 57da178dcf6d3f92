//! Tables become drafts: what a table is about is seen by the heads of its columns.

mod blocks;
mod catalog;
mod columns;
mod indicators;
mod levels;
mod matrix;
mod model;
mod notes;
mod practices;
mod restore;
mod small;

use super::card;
use super::draft::{Draft, Said};
use super::heads::{self, Head};
use super::report::{Action, Line};
use super::table::{Cell, Table};
use columns::{Columns, Shape};

/// What is wanted of tables, besides what their heads say.
#[derive(Clone, Debug, Default)]
pub struct Mapping {
    /// What stands under a head, as `--map` says it.
    pub heads: Vec<(Head, String)>,
    /// The relation of lines of a crosswalk that has no column for it.
    pub relation: Option<String>,
}

/// What tables say.
#[derive(Debug, Default)]
pub struct Rows {
    /// The elements.
    pub drafts: Vec<Draft>,
    /// What became of the cells that no element has.
    pub lines: Vec<Line>,
    /// What is taken for what, a line each: for `--dry-run`.
    pub preview: Vec<String>,
    /// What else there is to tell.
    pub remarks: Vec<String>,
    /// Where each cell stands that says something, in the order of the source.
    pub places: Vec<String>,
    /// The processes and groups among the elements.
    known: model::Index,
}

impl Rows {
    /// Tells what became of a value, if it is not told elsewhere.
    fn tell(&mut self, action: Action, what: &str, id: &str, said: &Said, note: &str) {
        if said.is_told {
            return;
        }
        let doubt = said.doubt.as_deref().unwrap_or_default();
        let between = if note.is_empty() || doubt.is_empty() { "" } else { "; " };
        self.lines.push(Line {
            action,
            what: what.to_owned(),
            id: id.to_owned(),
            place: said.place.clone(),
            note: format!("{note}{between}{doubt}"),
        });
    }

    /// The process that stands somewhere.
    fn process(&mut self, at: model::At) -> &mut Draft {
        match at {
            (Some(group), inner) => &mut self.drafts[group].inner[inner],
            (None, inner) => &mut self.drafts[inner],
        }
    }

    /// Tells that a value is left out.
    fn leave(&mut self, said: &Said, what: &str, why: &str) {
        self.tell(Action::LeftOut, what, "", said, why);
    }
}

/// A table under heads that are known.
struct Headed {
    name: String,
    /// What stands in each column, and the words of its head.
    columns: Columns,
    /// The row of heads.
    head: Vec<Cell>,
    /// The rows below the heads.
    rows: Vec<Vec<Cell>>,
}

impl Headed {
    fn has(&self, head: Head) -> bool {
        columns::has(&self.columns, head)
    }

    /// The cell of a row under a head; none where it is blank.
    fn cell<'a>(&self, row: &'a [Cell], head: Head) -> Option<&'a Said> {
        self.cells(row, head).into_iter().next()
    }

    fn cells<'a>(&self, row: &'a [Cell], head: Head) -> Vec<&'a Said> {
        let columns = self.columns.iter().zip(row).filter(|((known, _), _)| *known == Some(head));
        columns.map(|(_, cell)| cell).filter(|cell| says(cell, Some(head))).map(|cell| &cell.said).collect()
    }

    /// The cells under heads that mean nothing here.
    fn others(&self, row: &[Cell], used: &[Head]) -> Vec<(String, Said)> {
        let mut found = Vec::new();
        for (at, cell) in row.iter().enumerate() {
            let (head, words) = self.columns.get(at).map_or((None, ""), |(head, words)| (*head, words.as_str()));
            let is_other = head.is_none_or(|head| head != Head::Ignored && !used.contains(&head));
            if is_other && says(cell, head) {
                let words = match words {
                    "" => format!("Column {}", super::table::column(at)),
                    words => words.to_owned(),
                };
                found.push((words, cell.said.clone()));
            }
        }
        found
    }
}

/// Whether a cell says something under a head. A merged cell speaks for the rows below only where they are about what
/// it names.
fn says(cell: &Cell, head: Option<Head>) -> bool {
    let spreads = matches!(
        head,
        Some(
            Head::Process | Head::ProcessName | Head::Group | Head::Parent | Head::Kind | Head::Purpose | Head::Context
        )
    );
    !cell.is_blank() && (!cell.is_covered || spreads)
}

/// Reads tables that belong together: the sheets of a workbook, the tables of a document.
pub fn read(tables: Vec<Table>, mapping: &Mapping) -> Rows {
    let mut rows = Rows::default();
    let (mut all, mut catalogs) = (Vec::new(), 0_usize);
    for mut table in tables.into_iter().flat_map(|table| blocks::apart(table, mapping)) {
        let cells = table.rows.iter().flatten().filter(|cell| !cell.is_blank() && !cell.said.is_told);
        rows.places.extend(cells.map(|cell| cell.said.place.clone()));
        rows.remarks.extend(table.remarks.iter().map(|remark| format!("{}: {remark}", table.name)));
        let mut head = columns::head(&table, mapping);
        if head.is_none() {
            table.rows = card::table(table.rows);
            table.gaps.clear();
            head = columns::head(&table, mapping);
        }
        let Some((at, columns)) = head else {
            unknown(&table, &mut rows);
            continue;
        };
        let gaps: Vec<usize> = table.gaps.iter().filter_map(|gap| gap.checked_sub(at + 1)).collect();
        let below = table.rows.split_off(at + 1);
        let head = table.rows.pop().unwrap_or_default();
        for cell in table.rows.iter().flatten().filter(|cell| !cell.is_blank()) {
            rows.leave(&cell.said, "cell", "it stands above the heads");
        }
        let mut headed = Headed { name: table.name, columns, head, rows: below };
        notes::apart(&mut headed, &gaps, &mut rows);
        repeated(&mut headed, &mut rows);
        let shape = columns::shape(&headed);
        restore::ids(&mut headed, shape, &mut rows.remarks);
        preview(&headed, shape, &mut rows);
        for cell in headed.head.iter().filter(|cell| !cell.is_blank()) {
            rows.tell(Action::Merged, "head", "", &cell.said, "it says what stands below it");
        }
        for said in headed.rows.iter().flat_map(|row| headed.cells(row, Head::Ignored)) {
            rows.leave(said, "cell", "its column is to be ignored");
        }
        catalogs += usize::from(matches!(shape, Shape::Catalog | Shape::Crosswalk));
        all.push((headed, shape));
    }
    // Several of them are told apart by the names of their sheets.
    let names = catalogs > 1;
    for (headed, shape) in &all {
        match shape {
            Shape::Catalog => catalog::read(headed, names, &mut rows),
            Shape::Model => model::read(headed, &mut rows),
            Shape::Crosswalk => small::crosswalk(headed, mapping, names, &mut rows),
            Shape::Items => small::items(headed, &mut rows),
            Shape::Terms => small::terms(headed, &mut rows),
            Shape::Indicators => indicators::read(headed, &mut rows),
            Shape::Matrix => {}
        }
    }
    for (headed, _) in all.iter().filter(|(_, shape)| *shape == Shape::Matrix) {
        matrix::read(headed, &mut rows);
    }
    rows
}

/// A table without heads that are known: it is left out, and told.
fn unknown(table: &Table, rows: &mut Rows) {
    let is_blank = table.rows.iter().flatten().all(Cell::is_blank);
    let preview = if is_blank { "is empty" } else { "has no row of heads that are known" };
    rows.preview.push(format!("{}: {preview}", table.name));
    let why = "no row of heads above it is known; name columns with `--map`, as in `--map title=\"Name of control\"`";
    for cell in table.rows.iter().flatten().filter(|cell| !cell.is_blank()) {
        rows.leave(&cell.said, "cell", why);
    }
}

/// Takes away rows that repeat the heads, as on each page that was printed.
fn repeated(headed: &mut Headed, rows: &mut Rows) {
    let words = |cells: &[Cell]| -> Vec<String> {
        let mut words: Vec<String> = cells.iter().map(|cell| heads::plain(&cell.said.words)).collect();
        while words.last().is_some_and(String::is_empty) {
            words.pop();
        }
        words
    };
    let head = words(&headed.head);
    let (again, kept): (Vec<Vec<Cell>>, Vec<Vec<Cell>>) =
        std::mem::take(&mut headed.rows).into_iter().partition(|row| words(row) == head);
    headed.rows = kept;
    for cell in again.iter().flatten().filter(|cell| !cell.is_blank()) {
        rows.tell(Action::Merged, "head", "", &cell.said, "it repeats the heads above");
    }
}

/// What is taken for what.
fn preview(headed: &Headed, shape: Shape, rows: &mut Rows) {
    let count = super::report::counted(headed.rows.len(), "row");
    rows.preview.push(format!("{}: {}, {count}", headed.name, shape.words()));
    for (at, (head, words)) in headed.columns.iter().enumerate() {
        let meaning = match head {
            Some(Head::Ignored) => "left out".to_owned(),
            Some(head) => heads::name(*head).to_owned(),
            None if words.is_empty() => continue,
            None if shape == Shape::Matrix => "a requirement".to_owned(),
            None if shape == Shape::Indicators => "an outcome, or what its rows are of".to_owned(),
            None => "kept under its own name".to_owned(),
        };
        rows.preview.push(format!("  {} “{words}”: {meaning}", super::table::column(at)));
    }
}
