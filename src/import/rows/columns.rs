//! Which row of a table has the heads, what stands under each, and what the table is about.

use super::super::heads::{self, Head};
use super::super::table::{Cell, Table};
use super::{Headed, Mapping, matrix};

/// What stands in each column, and the words of its head.
pub(super) type Columns = Vec<(Option<Head>, String)>;

/// What a table is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Catalog,
    Model,
    Crosswalk,
    Matrix,
    Indicators,
    Items,
    Terms,
}

impl Shape {
    pub(super) fn words(self) -> &'static str {
        match self {
            Shape::Catalog => "a catalog",
            Shape::Model => "a model",
            Shape::Crosswalk => "a crosswalk",
            Shape::Matrix => "a traceability matrix",
            Shape::Indicators => "a matrix of indicators",
            Shape::Items => "information items",
            Shape::Terms => "terms",
        }
    }
}

/// Heads that several columns may have, each for itself.
const SEVERAL: &[Head] = &[
    Head::Requirements,
    Head::Partly,
    Head::Achieves,
    Head::Consumes,
    Head::Produces,
    Head::Also,
    Head::Note,
    Head::Left,
    Head::Right,
    Head::Ignored,
];

/// Words over columns of references to requirements, where a table of outcomes has them beside its outcomes.
const REFERENCES: &[&str] = &[
    "requirement",
    "anforderung",
    "exigence",
    "control",
    "maßnahme",
    "mesure",
    "clause",
    "section",
    "chapter",
    "kapitel",
    "abschnitt",
    "reference",
    "ref",
    "ref.",
    "référence",
];

/// Words over a level of headings, beside other levels.
const CATEGORIES: &[&str] = &["category", "kategorie", "catégorie"];

/// How many rows are looked at for heads.
const HEAD_ROWS: usize = 30;

pub(super) fn has(columns: &[(Option<Head>, String)], head: Head) -> bool {
    columns.iter().any(|(known, _)| *known == Some(head))
}

/// The row of heads, and what stands in each column.
pub(super) fn head(table: &Table, mapping: &Mapping) -> Option<(usize, Columns)> {
    let known = |columns: &Columns| columns.iter().filter(|(head, _)| head.is_some()).count();
    let said = |columns: &Columns| columns.iter().filter(|(_, words)| !words.is_empty()).count();
    let mut best: Option<(usize, Columns)> = None;
    for (at, cells) in table.rows.iter().take(HEAD_ROWS).enumerate() {
        let columns = named(cells, mapping);
        if are_outcomes(&columns) {
            return Some((at, columns));
        }
        let count = known(&columns);
        // One head alone is that of a table of one column.
        let is_only = || said(&columns) == 1 && table.rows[at + 1..].iter().all(|row| !has_several(row));
        let is_head = count >= 2 || count == 1 && (is_only() || is_matrix(&columns));
        if is_head && best.as_ref().is_none_or(|(_, before)| known(before) < count) {
            best = Some((at, columns));
        }
    }
    let (at, mut columns) = best.or_else(|| corner(table, mapping))?;
    sides(&mut columns);
    ids(&mut columns);
    let is_mapped = |words: &str| mapping.heads.iter().any(|(_, named)| heads::plain(named) == heads::plain(words));
    references(&mut columns, is_mapped);
    processes(&mut columns, is_mapped);
    levels(&mut columns, is_mapped);
    once(&mut columns, is_mapped);
    Some((at, columns))
}

/// Whether heads are numbers of outcomes, behind a first one that is none.
fn are_outcomes(columns: &Columns) -> bool {
    let mut words = columns.iter().map(|(_, words)| words.trim());
    let is_first = words.next().is_some_and(|first| heads::numbered(first).is_none());
    let mut others = words.filter(|words| !words.is_empty()).peekable();
    is_first && others.peek().is_some() && others.all(|words| heads::numbered(words).is_some())
}

fn has_several(row: &[Cell]) -> bool {
    row.iter().filter(|cell| !cell.is_blank() && !cell.is_covered).nth(1).is_some()
}

/// What each cell of a row is as a head.
fn named(cells: &[Cell], mapping: &Mapping) -> Columns {
    let column = |cell: &Cell| {
        let words = cell.said.words.split_whitespace().collect::<Vec<_>>().join(" ");
        let plain = heads::plain(&words);
        let mapped = mapping.heads.iter().find(|(_, named)| heads::plain(named) == plain && !plain.is_empty());
        (mapped.map(|(head, _)| *head).or_else(|| heads::find(&words)), words)
    };
    cells.iter().map(column).collect()
}

/// What the cells of a row mean as heads.
pub(super) fn meanings(cells: &[Cell], mapping: &Mapping) -> impl Iterator<Item = Head> {
    named(cells, mapping).into_iter().filter_map(|(head, _)| head)
}

/// Whether a row of a table has heads, those of a matrix too.
pub(super) fn is_head(rows: &[Vec<Cell>], at: usize, mapping: &Mapping) -> bool {
    rows.get(at).is_some_and(|cells| are_heads(cells, mapping) || of_matrix(cells, &rows[at + 1..], mapping).is_some())
}

/// Whether the cells of a row are heads, and nothing that could stand below some.
pub(super) fn are_heads(cells: &[Cell], mapping: &Mapping) -> bool {
    let known = meanings(cells, mapping).count();
    known >= 2 && known * 2 >= cells.iter().filter(|cell| !cell.is_blank()).count()
}

/// The heads of a matrix without a head above its first column.
fn corner(table: &Table, mapping: &Mapping) -> Option<(usize, Columns)> {
    let rows = table.rows.iter().take(HEAD_ROWS).enumerate();
    rows.into_iter().find_map(|(at, cells)| Some((at, of_matrix(cells, &table.rows[at + 1..], mapping)?)))
}

/// The cells of a row as heads of a matrix, if marks stand below them.
fn of_matrix(cells: &[Cell], below: &[Vec<Cell>], mapping: &Mapping) -> Option<Columns> {
    let mut columns = named(cells, mapping);
    columns.first_mut()?.0 = Some(Head::Id);
    (is_matrix(&columns) && matrix::has_marks(&columns, below)).then_some(columns)
}

/// The sides of a crosswalk: "source" and "target", or what stands on both sides of a relation.
fn sides(columns: &mut Columns) {
    if has(columns, Head::Right)
        && !has(columns, Head::Left)
        && let Some(column) = columns.iter_mut().find(|(head, _)| *head == Some(Head::Source))
    {
        column.0 = Some(Head::Left);
    }
    let is_side = |(head, words): &(Option<Head>, String)| {
        !words.is_empty() && matches!(head, None | Some(Head::Id | Head::Title | Head::Requirements | Head::Parent))
    };
    let relation = columns.iter().position(|(head, _)| *head == Some(Head::Relation));
    let sides: Vec<usize> = (0..columns.len()).filter(|at| is_side(&columns[*at])).collect();
    if let (Some(_), [left, right]) = (relation, sides.as_slice())
        && !has(columns, Head::Left)
        && !has(columns, Head::Right)
    {
        columns[*left].0 = Some(Head::Left);
        columns[*right].0 = Some(Head::Right);
    }
}

/// Beside titles, "control" or "requirement" is the id of the row.
fn ids(columns: &mut Columns) {
    let titles = columns.iter().filter(|(head, _)| *head == Some(Head::Title)).count();
    if titles < 2 || has(columns, Head::Id) || has(columns, Head::Outcome) {
        return;
    }
    let is_id = |(head, words): &&mut (Option<Head>, String)| {
        *head == Some(Head::Title) && REFERENCES.contains(&heads::plain(words).as_str())
    };
    if let Some(column) = columns.iter_mut().find(is_id) {
        column.0 = Some(Head::Id);
    }
}

/// Beside outcomes, "requirement" or "clause" is what they meet; it is no title, and nothing that they stand in.
fn references(columns: &mut Columns, is_mapped: impl Fn(&str) -> bool) {
    if !has(columns, Head::Outcome) {
        return;
    }
    let names = columns.iter().filter(|(head, _)| matches!(head, Some(Head::Id | Head::Process))).count();
    for (head, words) in columns.iter_mut() {
        let may_be = matches!(head, Some(Head::Title | Head::Parent)) || *head == Some(Head::Id) && names > 1;
        if may_be && REFERENCES.contains(&heads::plain(words).as_str()) && !is_mapped(words) {
            *head = Some(Head::Requirements);
        }
    }
}

/// Beside "process ID", "process" is its name.
fn processes(columns: &mut Columns, is_mapped: impl Fn(&str) -> bool) {
    let is_name = |words: &str| ["process", "prozess", "processus"].contains(&heads::plain(words).as_str());
    let of_process = |(head, words): &(Option<Head>, String)| *head == Some(Head::Process) && !is_mapped(words);
    if has(columns, Head::ProcessName) || !columns.iter().any(|column| of_process(column) && !is_name(&column.1)) {
        return;
    }
    if let Some(column) = columns.iter_mut().find(|column| of_process(column) && is_name(&column.1)) {
        column.0 = Some(Head::ProcessName);
    }
}

/// "Function", "category" and "subcategory" beside each other are levels of a catalog. One alone is none, nor any beside
/// outcomes.
fn levels(columns: &mut Columns, is_mapped: impl Fn(&str) -> bool) {
    let is_level = |(head, _): &&(Option<Head>, String)| matches!(head, Some(Head::Level(_)));
    let is_category = |(head, words): &(Option<Head>, String)| {
        *head == Some(Head::Kind) && CATEGORIES.contains(&heads::plain(words).as_str()) && !is_mapped(words)
    };
    let categories = columns.iter().filter(|column| is_category(column)).count();
    let count = columns.iter().filter(is_level).count();
    if [Head::Outcome, Head::Practice].into_iter().any(|head| has(columns, head)) || count + categories < 2 {
        for column in columns.iter_mut().filter(|column| is_level(&&**column) && !is_mapped(&column.1)) {
            column.0 = None;
        }
    } else if count > 0 {
        columns.iter_mut().filter(|column| is_category(column)).for_each(|column| column.0 = Some(Head::Level(2)));
    }
}

/// A head that may stand but once: the first column has it, or the one that is named; others keep their own names.
fn once(columns: &mut Columns, is_mapped: impl Fn(&str) -> bool) {
    for at in 0..columns.len() {
        let Some(head) = columns[at].0.filter(|head| !SEVERAL.contains(head)) else { continue };
        let same: Vec<usize> = (0..columns.len()).filter(|other| columns[*other].0 == Some(head)).collect();
        let kept = same.iter().copied().find(|other| is_mapped(&columns[*other].1)).or(same.first().copied());
        for other in same {
            if Some(other) != kept {
                columns[other].0 = None;
            }
        }
    }
}

/// Whether most heads look like ids of requirements.
pub(super) fn is_matrix(columns: &[(Option<Head>, String)]) -> bool {
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

pub(super) fn shape(headed: &Headed) -> Shape {
    use Head::{
        Definition, Id, Item, Kind, Left, Outcome, Practice, Process, ProcessName, Purpose, Right, Term, Text, Title,
    };
    if are_outcomes(&headed.columns) {
        Shape::Indicators
    } else if headed.has(Left) && headed.has(Right) {
        Shape::Crosswalk
    } else if is_matrix(&headed.columns) && !headed.has(Text) && matrix::has_marks(&headed.columns, &headed.rows) {
        Shape::Matrix
    } else if [Outcome, Practice, Purpose, ProcessName].into_iter().any(|head| headed.has(head))
        || headed.has(Process) && headed.has(Title)
    {
        Shape::Model
    } else if headed.has(Definition) && (headed.has(Term) || headed.has(Title)) || headed.has(Term) && headed.has(Text)
    {
        Shape::Terms
    } else if headed.has(Item) && (headed.has(Kind) || !headed.has(Id)) {
        Shape::Items
    } else {
        Shape::Catalog
    }
}
