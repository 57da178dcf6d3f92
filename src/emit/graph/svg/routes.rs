//! Which way each relation takes through the grid: in the channels between columns and the gaps between rows, never
//! through a box. Relations of one kind to one process share their way, and so one arrowhead.

use std::collections::BTreeMap;

use super::grid::{Cell, Grid};
use crate::emit::graph::picture::{EdgeKind, Picture};

/// A side of a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// The left one.
    Left,
    /// The right one.
    Right,
}

/// What shares its way: the target and the kind of the relation.
pub type Bundle = (usize, EdgeKind);

/// A vertical lane: the channel left of the column with that number, the bundle, and the gap that it leads to, if it does
/// not lead to the target itself.
pub type Upright = (usize, Bundle, Option<usize>);

/// A horizontal lane: the gap above the row with that number, the bundle, and whether it leads to the right.
pub type Level = (usize, Bundle, bool);

/// A way from one box to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// Straight to the box above or below.
    Straight,
    /// Over one vertical lane; beyond it, the columns between are empty in that row.
    Lane(Upright),
    /// Over a vertical lane, a horizontal one and a vertical one, from tail to head.
    Gap(Upright, Level, Upright),
}

/// A relation on its way.
#[derive(Clone, Debug)]
pub struct Route {
    /// The edge of the picture.
    pub edge: usize,
    /// The way.
    pub way: Way,
    /// The side on which it leaves its tail.
    pub leaves: Side,
    /// The side on which it reaches its head.
    pub enters: Side,
}

/// The ways of all edges.
pub fn find(picture: &Picture, grid: &Grid) -> Vec<Route> {
    let edges = picture.edges.iter().enumerate();
    edges
        .map(|(number, edge)| {
            let (tail, head) = (grid.cells[edge.from], grid.cells[edge.to]);
            let (way, leaves, enters) = way(grid, tail, head, (edge.to, edge.kind));
            Route { edge: number, way, leaves, enters }
        })
        .collect()
}

fn way(grid: &Grid, tail: Cell, head: Cell, bundle: Bundle) -> (Way, Side, Side) {
    if tail.column == head.column {
        return within_column(tail, head, bundle);
    }
    let is_right = tail.column < head.column;
    let (leaves, enters) = if is_right { (Side::Right, Side::Left) } else { (Side::Left, Side::Right) };
    let first = if is_right { tail.column + 1 } else { tail.column };
    let last = if is_right { head.column } else { head.column + 1 };
    let way = if first == last || grid.is_free(tail.column, head.column, head.row) {
        Way::Lane((first, bundle, None))
    } else if grid.is_free(tail.column, head.column, tail.row) {
        Way::Lane((last, bundle, None))
    } else {
        let gap = gap(tail.row, head.row);
        Way::Gap((first, bundle, Some(gap)), (gap, bundle, is_right), (last, bundle, None))
    };
    (way, leaves, enters)
}

/// Down on the right, up on the left: lines that go against each other do not meet.
fn within_column(tail: Cell, head: Cell, bundle: Bundle) -> (Way, Side, Side) {
    if tail.row.abs_diff(head.row) == 1 {
        return (Way::Straight, Side::Right, Side::Right);
    }
    let (side, channel) = if tail.row < head.row { (Side::Right, tail.column + 1) } else { (Side::Left, tail.column) };
    (Way::Lane((channel, bundle, None)), side, side)
}

/// The gap beside the row of the head that the tail comes from; not the one above the first row, where headings stand.
fn gap(tail: usize, head: usize) -> usize {
    if tail <= head { head.max(1) } else { head + 1 }
}

/// Where on a side of a box lines begin and end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Port {
    /// The end of a bundle: the box is its target.
    In(EdgeKind),
    /// The beginning of a route, by position.
    Out(usize),
}

/// The ports on each side of each box, from top to bottom.
pub type Ports = BTreeMap<(usize, Side), Vec<Port>>;

/// Puts the ports of each side in the order of where their lines come from or go to, so that few lines cross.
pub fn ports(picture: &Picture, grid: &Grid, routes: &[Route]) -> Ports {
    let mut pulls: BTreeMap<(usize, Side), BTreeMap<Port, (f64, f64)>> = BTreeMap::new();
    let mut pull = |node: usize, side: Side, port: Port, towards: f64| {
        let sum = pulls.entry((node, side)).or_default().entry(port).or_default();
        *sum = (sum.0 + towards, sum.1 + 1.0);
    };
    for (number, route) in routes.iter().enumerate().filter(|(_, route)| route.way != Way::Straight) {
        let edge = &picture.edges[route.edge];
        let (tail, head) = (row(grid, edge.from), row(grid, edge.to));
        let over = match &route.way {
            Way::Gap(_, level, _) => Some(between(level.0)),
            _ => None,
        };
        pull(edge.from, route.leaves, Port::Out(number), over.unwrap_or(head));
        pull(edge.to, route.enters, Port::In(edge.kind), over.unwrap_or(tail));
    }
    let sorted = |ports: BTreeMap<Port, (f64, f64)>| {
        let mut ports: Vec<(f64, Port)> = ports.into_iter().map(|(port, (sum, count))| (sum / count, port)).collect();
        ports.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        ports.into_iter().map(|(_, port)| port).collect()
    };
    pulls.into_iter().map(|(place, ports)| (place, sorted(ports))).collect()
}

#[allow(clippy::cast_precision_loss)] // Rows are few.
fn row(grid: &Grid, node: usize) -> f64 {
    grid.cells[node].row as f64
}

/// The height of a gap, in rows.
#[allow(clippy::cast_precision_loss)]
fn between(gap: usize) -> f64 {
    gap as f64 - 0.5
}
