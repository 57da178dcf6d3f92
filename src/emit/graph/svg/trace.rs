//! The graph of traceability: processes with their practices to the left, outcomes in the middle, requirements to the
//! right.

use rustc_hash::FxHashMap;

use super::boxes::Block;
use super::page::{self, HEADING, MARGIN};
use super::path;
use crate::emit::graph::picture::{EdgeKind, Node, NodeKind, Picture};

/// The widths of the three columns.
const WIDTHS: [f64; 3] = [190.0, 270.0, 220.0];
/// The space between columns.
const CHANNEL: f64 = 120.0;
/// The space between boxes of a column.
const GAP: f64 = 10.0;
/// The space between processes.
const BETWEEN: f64 = 28.0;

/// The graph as SVG.
pub fn write(picture: &Picture) -> String {
    let mut plan = Plan {
        picture,
        blocks: picture.nodes.iter().map(|node| Block::new(node, WIDTHS[column(node)])).collect(),
        tops: vec![0.0; picture.nodes.len()],
    };
    let below_processes = plan.place_processes();
    let bottom = plan.place_requirements().max(below_processes);
    let mut body = String::new();
    for edge in &picture.edges {
        let head = plan.end(edge.to, false);
        path::draw_curve(&mut body, edge.kind, &picture.sentence(edge), head, plan.end(edge.from, true));
    }
    for (position, node) in picture.nodes.iter().enumerate() {
        let block = &plan.blocks[position];
        let width = WIDTHS[column(node)];
        block.draw(&mut body, (picture, node), (left(column(node)), plan.tops[position]), (width, block.height));
    }
    page::frame(picture, &EdgeKind::TRACE, &body, left(2) + WIDTHS[2] - MARGIN, bottom)
}

fn column(node: &Node) -> usize {
    match node.kind {
        NodeKind::Process | NodeKind::Practice => 0,
        NodeKind::Outcome => 1,
        NodeKind::Requirement => 2,
    }
}

fn left(column: usize) -> f64 {
    MARGIN + WIDTHS.iter().take(column).map(|width| width + CHANNEL).sum::<f64>()
}

struct Plan<'a> {
    picture: &'a Picture,
    blocks: Vec<Block>,
    tops: Vec<f64>,
}

impl Plan<'_> {
    /// Puts each process and its practices beside its outcomes; gives the lower edge of all.
    fn place_processes(&mut self) -> f64 {
        let mut y = MARGIN + HEADING;
        for members in self.picture.outline().members {
            let mut ends = [y, y];
            for node in members {
                let column = column(&self.picture.nodes[node]).min(1);
                self.tops[node] = ends[column];
                ends[column] += self.blocks[node].height + GAP;
            }
            y = ends[0].max(ends[1]) - GAP + BETWEEN;
        }
        y - BETWEEN
    }

    /// Puts each requirement as near as can be to the outcomes that satisfy it; those that none satisfies come last, in
    /// the order of the catalog. Gives the lower edge of all.
    fn place_requirements(&mut self) -> f64 {
        let mut pulls: FxHashMap<usize, (f64, f64)> = FxHashMap::default();
        for edge in &self.picture.edges {
            let pull = pulls.entry(edge.to).or_default();
            *pull = (pull.0 + self.middle(edge.from), pull.1 + 1.0);
        }
        let requirements = self.picture.nodes.iter().enumerate().filter(|(_, node)| column(node) == 2);
        let wish = |position: usize| pulls.get(&position).map_or(f64::INFINITY, |(sum, count)| sum / count);
        let mut wishes: Vec<(f64, usize)> = requirements.map(|(position, _)| (wish(position), position)).collect();
        wishes.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let mut y = MARGIN + HEADING;
        for (wish, position) in wishes {
            let height = self.blocks[position].height;
            let wanted = if wish.is_finite() { wish - height / 2.0 } else { y };
            self.tops[position] = y.max(wanted);
            y = self.tops[position] + height + GAP;
        }
        y - GAP
    }

    fn middle(&self, position: usize) -> f64 {
        self.tops[position] + self.blocks[position].height / 2.0
    }

    /// Where lines begin or end: in the middle of the right or left side.
    fn end(&self, position: usize, is_tail: bool) -> (f64, f64) {
        let column = column(&self.picture.nodes[position]);
        (left(column) + if is_tail { WIDTHS[column] } else { 0.0 }, self.middle(position))
    }
}
