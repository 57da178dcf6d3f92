//! The process map as a grid: each group a column, or several if it is long, each process a cell.

use crate::emit::graph::picture::Picture;

/// The most processes that stand in one column.
const MOST_ROWS: usize = 14;

/// Beyond so many groups their order is left as it is: looking for a better one takes time, and shows little.
const MOST_ORDERED: usize = 24;

/// The cells of a map.
pub struct Grid {
    /// The columns, from left to right.
    pub columns: Vec<Column>,
    /// The place of each node.
    pub cells: Vec<Cell>,
}

/// A column.
pub struct Column {
    /// The cluster that it shows, or a part of which; `None` for processes without a group.
    pub cluster: Option<usize>,
    /// The nodes, from top to bottom.
    pub nodes: Vec<usize>,
}

/// A place in the grid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// The column, from 0.
    pub column: usize,
    /// The row, from 0.
    pub row: usize,
}

impl Grid {
    /// Puts the nodes of a map into cells.
    pub fn new(picture: &Picture) -> Grid {
        let columns: Vec<Column> = arrange(picture, groups(picture)).into_iter().flat_map(split).collect();
        let mut cells = vec![Cell::default(); picture.nodes.len()];
        for (column, list) in columns.iter().enumerate() {
            for (row, node) in list.nodes.iter().enumerate() {
                cells[*node] = Cell { column, row };
            }
        }
        Grid { columns, cells }
    }

    /// How many rows the longest column has.
    pub fn rows(&self) -> usize {
        self.columns.iter().map(|column| column.nodes.len()).max().unwrap_or_default()
    }

    /// Whether the columns between two others are empty in a row.
    pub fn is_free(&self, a: usize, b: usize, row: usize) -> bool {
        self.columns[a.min(b) + 1..a.max(b)].iter().all(|column| column.nodes.len() <= row)
    }
}

/// A column for each group that holds processes itself; a group within a group comes right after it.
fn groups(picture: &Picture) -> Vec<Column> {
    let outline = picture.outline();
    let mut columns = Vec::new();
    let mut open: Vec<usize> = outline.roots.iter().rev().copied().collect();
    while let Some(cluster) = open.pop() {
        open.extend(outline.children[cluster].iter().rev());
        columns.push(Column { cluster: Some(cluster), nodes: outline.members[cluster].clone() });
    }
    columns.push(Column { cluster: None, nodes: outline.loose });
    columns.retain(|column| !column.nodes.is_empty());
    columns
}

/// Swaps neighbours as long as that shortens the lines between columns; what the author orders stays as it is.
fn arrange(picture: &Picture, columns: Vec<Column>) -> Vec<Column> {
    if picture.is_ordered || columns.len() > MOST_ORDERED {
        return columns;
    }
    let mut group_of = vec![0; picture.nodes.len()];
    for (group, column) in columns.iter().enumerate() {
        column.nodes.iter().for_each(|node| group_of[*node] = group);
    }
    let mut weights = vec![vec![0_usize; columns.len()]; columns.len()];
    for edge in &picture.edges {
        weights[group_of[edge.from]][group_of[edge.to]] += 1;
    }
    let mut order: Vec<usize> = (0..columns.len()).collect();
    let mut best = total_length(&weights, &order);
    while let Some((length, better)) = shorter(&weights, &order, best) {
        (best, order) = (length, better);
    }
    let mut places = vec![0; order.len()];
    order.iter().enumerate().for_each(|(place, group)| places[*group] = place);
    let mut placed: Vec<(usize, Column)> = places.into_iter().zip(columns).collect();
    placed.sort_by_key(|(place, _)| *place);
    placed.into_iter().map(|(_, column)| column).collect()
}

/// The best order that moving one column gives, if it is better.
fn shorter(weights: &[Vec<usize>], order: &[usize], best: usize) -> Option<(usize, Vec<usize>)> {
    let moved = |from: usize, to: usize| {
        let mut order = order.to_vec();
        let column = order.remove(from);
        order.insert(to, column);
        order
    };
    let places = 0..order.len();
    let candidates = places.clone().flat_map(|from| places.clone().map(move |to| (from, to)));
    candidates
        .map(|(from, to)| moved(from, to))
        .map(|order| (total_length(weights, &order), order))
        .filter(|(length, _)| *length < best)
        .min_by_key(|(length, _)| *length)
}

/// How far all edges lead, in columns.
fn total_length(weights: &[Vec<usize>], order: &[usize]) -> usize {
    let mut length = 0;
    for (a, from) in order.iter().enumerate() {
        for (b, to) in order.iter().enumerate() {
            length += weights[*from][*to] * a.abs_diff(b);
        }
    }
    length
}

/// A long column in even parts.
fn split(column: Column) -> Vec<Column> {
    let parts = column.nodes.len().div_ceil(MOST_ROWS).max(1);
    let rows = column.nodes.len().div_ceil(parts).max(1);
    column.nodes.chunks(rows).map(|nodes| Column { cluster: column.cluster, nodes: nodes.to_vec() }).collect()
}
