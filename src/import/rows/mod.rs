//! Tables become drafts: what a table is about is seen by the heads of its columns.

mod catalog;
mod matrix;
mod model;
mod small;

use super::draft::{Draft, Said};
use super::heads::{self, Head};
use super::report::{Action, Line};
use super::table::{Cell, Table};

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
}

/// What a table is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Catalog,
    Model,
    Crosswalk,
    Matrix,
    Items,
    Terms,
}

impl Shape {
    fn words(self) -> &'static str {
        match self {
            Shape::Catalog => "a catalog",
            Shape::Model => "a model",
            Shape::Crosswalk => "a crosswalk",
            Shape::Matrix => "a traceability matrix",
            Shape::Items => "information items",
            Shape::Terms => "terms",
        }
    }
}

/// What stands in a column, and the words of its head.
type Column = (Option<Head>, String);

/// A table under heads that are known.
struct Headed<'a> {
    table: &'a Table,
    columns: Vec<Column>,
    /// The rows below the heads.
    rows: &'a [Vec<Cell>],
}

impl<'a> Headed<'a> {
    fn has(&self, head: Head) -> bool {
        self.columns.iter().any(|(known, _)| *known == Some(head))
    }

    /// The cell of a row under a head; none where it is blank.
    fn cell(&self, row: &'a [Cell], head: Head) -> Option<&'a Said> {
        self.cells(row, head).next()
    }

    fn cells(&self, row: &'a [Cell], head: Head) -> impl Iterator<Item = &'a Said> {
        let columns = self.columns.iter().enumerate().filter(move |(_, (known, _))| *known == Some(head));
        columns
            .filter_map(|(at, _)| row.get(at))
            .filter(|cell| !cell.is_blank())
            .map(|cell| &cell.said)
            .collect::<Vec<_>>()
            .into_iter()
    }

    /// The cells under heads that mean nothing here.
    fn others(&self, row: &'a [Cell], used: &[Head]) -> Vec<(String, Said)> {
        let columns = self.columns.iter().zip(row).filter(|(_, cell)| !cell.is_blank());
        let columns =
            columns.filter(|((head, _), _)| head.is_none_or(|head| head != Head::Ignored && !used.contains(&head)));
        columns.map(|((_, words), cell)| (words.clone(), cell.said.clone())).collect()
    }
}

/// Reads tables that belong together: the sheets of a workbook, the tables of a document.
pub fn read(tables: &[Table], mapping: &Mapping) -> Rows {
    let mut rows = Rows::default();
    let mut matrices = Vec::new();
    for table in tables {
        rows.remarks.extend(table.remarks.iter().map(|remark| format!("{}: {remark}", table.name)));
        let Some((at, columns)) = head(table, mapping) else {
            let preview = if table.rows.iter().flatten().all(Cell::is_blank) {
                "is empty"
            } else {
                "has no row of heads that are known"
            };
            rows.preview.push(format!("{}: {preview}", table.name));
            let why =
                "no row of heads above it is known; name columns with `--map`, as in `--map title=\"Name of control\"`";
            rows.lines.extend(
                table
                    .rows
                    .iter()
                    .flatten()
                    .filter(|cell| !cell.is_blank())
                    .map(|cell| left_out(&cell.said, "cell", why)),
            );
            continue;
        };
        let headed = Headed { table, columns, rows: &table.rows[at + 1..] };
        let shape = shape(&headed);
        rows.preview.push(format!("{}: {}", table.name, shape.words()));
        for (at, (head, words)) in headed.columns.iter().enumerate().filter(|(_, (_, words))| !words.is_empty()) {
            let meaning = match head {
                Some(Head::Ignored) => "left out".to_owned(),
                Some(head) => heads::name(*head).to_owned(),
                None if shape == Shape::Matrix => "a requirement".to_owned(),
                None => "kept under its own name".to_owned(),
            };
            rows.preview.push(format!("  {} “{words}”: {meaning}", super::table::column(at)));
        }
        for cell in table.rows[..at].iter().flatten().filter(|cell| !cell.is_blank()) {
            rows.lines.push(left_out(&cell.said, "cell", "it stands above the heads"));
        }
        for cell in table.rows[at].iter().filter(|cell| !cell.is_blank() && !cell.said.is_told) {
            let taken = Line {
                action: Action::Merged,
                what: "head".to_owned(),
                id: String::new(),
                place: cell.said.place.clone(),
                note: "it says what stands below it".to_owned(),
            };
            rows.lines.push(taken);
        }
        ignored(&headed, &mut rows);
        match shape {
            Shape::Catalog => catalog::read(&headed, &mut rows),
            Shape::Model => model::read(&headed, &mut rows),
            Shape::Crosswalk => small::crosswalk(&headed, mapping, &mut rows),
            Shape::Items => small::items(&headed, &mut rows),
            Shape::Terms => small::terms(&headed, &mut rows),
            Shape::Matrix => matrices.push(headed),
        }
    }
    for matrix in &matrices {
        matrix::read(matrix, &mut rows);
    }
    rows
}

fn ignored(headed: &Headed<'_>, rows: &mut Rows) {
    for row in headed.rows {
        for said in headed.cells(row, Head::Ignored).filter(|said| !said.is_told) {
            rows.lines.push(left_out(said, "cell", "its column is to be ignored"));
        }
    }
}

/// Tells that a value is left out.
fn left_out(said: &Said, what: &str, why: &str) -> Line {
    Line {
        action: Action::LeftOut,
        what: what.to_owned(),
        id: String::new(),
        place: said.place.clone(),
        note: why.to_owned(),
    }
}

/// How many rows are looked at for heads.
const HEAD_ROWS: usize = 30;

/// The row of heads, and what stands in each column.
fn head(table: &Table, mapping: &Mapping) -> Option<(usize, Vec<Column>)> {
    let row = |row: &Vec<Cell>| -> Vec<Column> {
        let column = |cell: &Cell| {
            let words = cell.said.words.split_whitespace().collect::<Vec<_>>().join(" ");
            let plain = heads::plain(&words);
            let mapped = mapping.heads.iter().find(|(_, named)| heads::plain(named) == plain && !plain.is_empty());
            (mapped.map(|(head, _)| *head).or_else(|| heads::find(&words)), words)
        };
        row.iter().map(column).collect()
    };
    let rows = table.rows.iter().take(HEAD_ROWS).enumerate().map(|(at, cells)| (at, row(cells)));
    let known = |columns: &[Column]| columns.iter().filter(|(head, _)| head.is_some()).count();
    let said = |columns: &[Column]| columns.iter().filter(|(_, words)| !words.is_empty()).count();
    let mut best = None;
    for (at, columns) in rows {
        let count = known(&columns);
        let is_head = count >= 2 || count == 1 && (said(&columns) == 1 || is_matrix_head(&columns));
        if is_head && best.as_ref().is_none_or(|(_, before): &(usize, Vec<_>)| known(before) < count) {
            best = Some((at, columns));
        }
    }
    let (at, mut columns) = best?;
    // "Source" and "target" are sides where a relation stands between them.
    let has = |head: Head, columns: &[Column]| columns.iter().any(|(known, _)| *known == Some(head));
    if has(Head::Right, &columns)
        && !has(Head::Left, &columns)
        && let Some(column) = columns.iter_mut().find(|(head, _)| *head == Some(Head::Source))
    {
        column.0 = Some(Head::Left);
    }
    Some((at, columns))
}

/// Whether most heads look like ids of requirements.
fn is_matrix_head(columns: &[Column]) -> bool {
    let others: Vec<&str> = columns
        .iter()
        .filter(|(head, words)| head.is_none() && !words.is_empty())
        .map(|(_, words)| words.as_str())
        .collect();
    let is_id = |words: &&&str| {
        words.len() <= 16 && words.chars().any(|character| character.is_ascii_digit()) && !words.contains("  ")
    };
    others.len() >= 2 && others.iter().filter(is_id).count() * 10 >= others.len() * 8
}

fn shape(headed: &Headed<'_>) -> Shape {
    use Head::{
        Definition, Id, Item, Kind, Left, Outcome, Practice, Process, ProcessName, Purpose, Right, Term, Text, Title,
    };
    if headed.has(Left) && headed.has(Right) {
        Shape::Crosswalk
    } else if is_matrix_head(&headed.columns) && !headed.has(Text) && matrix::has_marks(headed) {
        Shape::Matrix
    } else if [Outcome, Practice, Purpose, ProcessName].into_iter().any(|head| headed.has(head))
        || headed.has(Process) && headed.has(Title)
    {
        Shape::Model
    } else if headed.has(Definition) && (headed.has(Term) || headed.has(Title)) {
        Shape::Terms
    } else if headed.has(Item) && (headed.has(Kind) || !headed.has(Id)) {
        Shape::Items
    } else {
        Shape::Catalog
    }
}
