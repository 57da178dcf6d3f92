//! The process map as a grid: each group a column, or several if it is long, each process a cell.

use crate::emit::graph::picture::Picture;

/// The most processes that stand in one column.
const MOST_ROWS: usize = 14;

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
        let columns: Vec<Column> = groups(picture).into_iter().flat_map(split).collect();
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

/// A column for each group that holds processes itself, in the order of documents; a group within a group comes right after it.
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

/// A long column in even parts.
fn split(column: Column) -> Vec<Column> {
    let parts = column.nodes.len().div_ceil(MOST_ROWS).max(1);
    let rows = column.nodes.len().div_ceil(parts).max(1);
    column.nodes.chunks(rows).map(|nodes| Column { cluster: column.cluster, nodes: nodes.to_vec() }).collect()
}
