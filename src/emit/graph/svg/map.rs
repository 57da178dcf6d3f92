//! The process map: groups as panels side by side, and relations in the channels between them.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::boxes::Block;
use super::grid::Grid;
use super::lanes::{Wish, assign};
use super::page::{self, HEADING, MARGIN};
use super::path;
use super::routes::{self, Level, Port, Ports, Route, Side, Upright, Way};
use super::text::{escape, wrap};
use crate::emit::graph::picture::{Cluster, EdgeKind, Picture};

/// The width of a box.
const WIDTH: f64 = 168.0;
/// The space between a box and the edge of its panel.
const PAD: f64 = 12.0;
/// The height of the heading of a panel, where it is one line.
const PANEL_HEADING: f64 = 34.0;
/// The height of a further line of it.
const PANEL_LINE: f64 = 15.0;
/// The distance between ports, and between lanes.
const STEP: f64 = 8.0;
/// The least height of a gap between rows: room for an arrow.
const GAP: f64 = 22.0;
/// The space between a panel and the lanes beside it.
const CLEARANCE: f64 = 14.0;

/// The map as SVG.
pub fn write(picture: &Picture) -> String {
    let plan = Plan::new(picture);
    let mut body = String::new();
    plan.panels(&mut body);
    plan.edges(&mut body);
    plan.boxes(&mut body);
    page::frame(picture, &EdgeKind::MAP, &body, plan.right - MARGIN, plan.bottom)
}

/// Where everything lies.
struct Plan<'a> {
    picture: &'a Picture,
    grid: Grid,
    routes: Vec<Route>,
    ports: Ports,
    blocks: Vec<Block>,
    row_height: f64,
    /// The height of the headings of panels.
    panel_heading: f64,
    /// The upper edge of each row.
    tops: Vec<f64>,
    /// The left edge of the boxes of each column.
    lefts: Vec<f64>,
    levels: BTreeMap<Level, f64>,
    uprights: BTreeMap<Upright, f64>,
    right: f64,
    bottom: f64,
}

impl<'a> Plan<'a> {
    fn new(picture: &'a Picture) -> Plan<'a> {
        let grid = Grid::new(picture);
        let routes = routes::find(picture, &grid);
        let ports = routes::ports(picture, &grid, &routes);
        let blocks: Vec<Block> = picture.nodes.iter().map(|node| Block::new(node, WIDTH)).collect();
        let most_lines = picture.clusters.iter().map(|cluster| heading(cluster).len()).max().unwrap_or_default();
        let most_ports = ports.values().map(Vec::len).max().unwrap_or_default();
        let words = blocks.iter().map(|block| block.height).fold(40.0, f64::max);
        let mut plan = Plan {
            picture,
            panel_heading: PANEL_HEADING + PANEL_LINE * number(most_lines.saturating_sub(1)),
            row_height: words.max(STEP * number(most_ports + 2)),
            grid,
            routes,
            ports,
            blocks,
            tops: Vec::new(),
            lefts: Vec::new(),
            levels: BTreeMap::new(),
            uprights: BTreeMap::new(),
            right: 0.0,
            bottom: 0.0,
        };
        plan.place_rows();
        plan.place_columns();
        plan
    }

    /// Sets the height of each gap by the lanes in it, and so the place of each row.
    fn place_rows(&mut self) {
        let mut wishes: BTreeMap<usize, BTreeMap<Level, (f64, f64)>> = BTreeMap::new();
        for route in &self.routes {
            if let Way::Gap(first, level, last) = &route.way {
                let (from, to) = (number(first.0.min(last.0)), number(first.0.max(last.0)));
                let span = wishes.entry(level.0).or_default().entry(*level).or_insert((from, to));
                *span = (span.0.min(from), span.1.max(to));
            }
        }
        let mut y = MARGIN + HEADING + self.panel_heading;
        for row in 0..=self.grid.rows() {
            let (lanes, count) = assign(listed(wishes.remove(&row)), 0.0);
            let height = if row == 0 { 0.0 } else { GAP.max(STEP * number(count + 1) + 4.0) };
            let first = y + (height - STEP * (number(count) - 1.0)) / 2.0;
            self.levels.extend(lanes.into_iter().map(|(level, lane)| (level, first + STEP * number(lane))));
            y += height;
            self.tops.push(y);
            y += self.row_height;
        }
        // The last one is no row, but where the gap below the last row ends.
        self.bottom = self.tops.pop().unwrap_or(y);
    }

    /// Sets the width of each channel by the lanes in it, and so the place of each column.
    fn place_columns(&mut self) {
        let mut wishes = self.upright_wishes();
        let mut x = MARGIN;
        for channel in 0..=self.grid.columns.len() {
            let lists = wishes.remove(&channel).unwrap_or_default();
            // Beside the left column, between both, beside the right column.
            let [left, middle, right] = lists.map(|list| assign(list, STEP / 2.0));
            let count = left.1 + middle.1 + right.1;
            let is_outer = channel == 0 || channel == self.grid.columns.len();
            let width = if count == 0 && is_outer { 0.0 } else { 2.0 * CLEARANCE + STEP * number(count) };
            let at = |place: usize| x + CLEARANCE + STEP * (number(place) + 0.5);
            let places = left.0.into_iter().chain(middle.0.into_iter().map(|(key, lane)| (key, left.1 + lane)));
            self.uprights.extend(places.map(|(key, place)| (key, at(place))));
            self.uprights.extend(right.0.into_iter().map(|(key, lane)| (key, at(count - 1 - lane))));
            x += width;
            if !is_outer || channel == 0 {
                self.lefts.push(x + PAD);
                x += WIDTH + 2.0 * PAD;
            }
        }
        self.right = x;
    }

    /// The vertical lanes of each channel with where they begin and end, by whether all that they join lies in the column
    /// to the left, in both, or in the column to the right.
    fn upright_wishes(&self) -> BTreeMap<usize, [Vec<Wish<Upright>>; 3]> {
        let mut spans: BTreeMap<Upright, (f64, f64, bool, bool)> = BTreeMap::new();
        for (position, route) in self.routes.iter().enumerate() {
            let (out, into) = (self.out_y(position, route), self.in_y(route));
            let (is_left, is_right) = (route.leaves == Side::Left, route.enters == Side::Left);
            let mut join = |key: Upright, a: f64, b: f64, left: bool, right: bool| {
                let span = spans.entry(key).or_insert((a.min(b), a.max(b), false, false));
                *span = (span.0.min(a).min(b), span.1.max(a).max(b), span.2 | left, span.3 | right);
            };
            match &route.way {
                Way::Straight => {}
                Way::Lane(lane) => join(*lane, out, into, !is_left || !is_right, is_left || is_right),
                Way::Gap(first, level, last) => {
                    let y = self.levels.get(level).copied().unwrap_or_default();
                    join(*first, out, y, !is_left, is_left);
                    join(*last, y, into, !is_right, is_right);
                }
            }
        }
        let mut wishes: BTreeMap<usize, [Vec<Wish<Upright>>; 3]> = BTreeMap::new();
        for (key, (from, to, left, right)) in spans {
            let place = if left && right { 1 } else { 2 * usize::from(right) };
            wishes.entry(key.0).or_default()[place].push(Wish { key, from, to });
        }
        wishes
    }

    /// The height at which a route leaves its tail.
    fn out_y(&self, position: usize, route: &Route) -> f64 {
        self.port_y(self.picture.edges[route.edge].from, route.leaves, Port::Out(position))
    }

    /// The height at which a route reaches its head.
    fn in_y(&self, route: &Route) -> f64 {
        let edge = &self.picture.edges[route.edge];
        self.port_y(edge.to, route.enters, Port::In(edge.kind))
    }

    /// Ports lie on a raster; that of the left sides is half a step lower, so that lines from both sides of a channel never
    /// lie on each other.
    fn port_y(&self, node: usize, side: Side, port: Port) -> f64 {
        let ports = self.ports.get(&(node, side)).map_or(&[][..], Vec::as_slice);
        let place = ports.iter().position(|other| *other == port).unwrap_or_default();
        let first = ((self.row_height / STEP - 1.0 - number(ports.len())) / 2.0).floor().max(0.0);
        let shift = if side == Side::Left { STEP / 2.0 } else { 0.0 };
        self.tops[self.grid.cells[node].row] + STEP / 2.0 + shift + STEP * (first + number(place))
    }

    fn side_x(&self, node: usize, side: Side) -> f64 {
        self.lefts[self.grid.cells[node].column] + if side == Side::Left { 0.0 } else { WIDTH }
    }

    fn panels(&self, out: &mut String) {
        for (column, x) in self.grid.columns.iter().zip(&self.lefts) {
            let Some(cluster) = column.cluster.and_then(|cluster| self.picture.clusters.get(cluster)) else { continue };
            let top = MARGIN + HEADING;
            let last = self.tops.get(column.nodes.len() - 1).copied().unwrap_or(top);
            let height = last + self.row_height + PAD - top;
            let _ = writeln!(
                out,
                "<g><title>{}</title><rect class=\"panel\" x=\"{:.1}\" y=\"{top:.1}\" width=\"{:.1}\" height=\"{height:.1}\" rx=\"8\"/>",
                escape(&titled(cluster)),
                x - PAD,
                WIDTH + 2.0 * PAD
            );
            for (number_of, line) in heading(cluster).iter().enumerate() {
                let _ = writeln!(
                    out,
                    "<text class=\"group\" x=\"{x:.1}\" y=\"{:.1}\">{}</text>",
                    top + 22.0 + PANEL_LINE * number(number_of),
                    escape(line)
                );
            }
            out.push_str("</g>\n");
        }
    }

    fn boxes(&self, out: &mut String) {
        for (position, (node, block)) in self.picture.nodes.iter().zip(&self.blocks).enumerate() {
            let cell = self.grid.cells[position];
            let at = (self.lefts[cell.column], self.tops[cell.row]);
            block.draw(out, (self.picture, node), at, (WIDTH, self.row_height));
        }
    }

    /// Each line is drawn from its head: so the dashes of lines that share a way fall on each other.
    fn edges(&self, out: &mut String) {
        let mut straight: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for (position, route) in self.routes.iter().enumerate() {
            let edge = &self.picture.edges[route.edge];
            let points = match &route.way {
                Way::Straight => {
                    let before = straight.entry((edge.from.min(edge.to), edge.from.max(edge.to))).or_default();
                    *before += 1;
                    self.straight(edge.from, edge.to, *before)
                }
                Way::Lane(lane) => self.points(position, route, &[(self.upright(lane), self.out_y(position, route))]),
                Way::Gap(first, level, last) => {
                    let y = self.levels.get(level).copied().unwrap_or_default();
                    let turns = [(self.upright(last), y), (self.upright(first), self.out_y(position, route))];
                    self.points(position, route, &turns)
                }
            };
            path::draw(out, edge.kind, &self.picture.sentence(edge), &points);
        }
    }

    fn upright(&self, key: &Upright) -> f64 {
        self.uprights.get(key).copied().unwrap_or_default()
    }

    /// The corners from head to tail: each turn is a vertical lane and the height at which the line leaves it.
    fn points(&self, position: usize, route: &Route, turns: &[(f64, f64)]) -> Vec<(f64, f64)> {
        let edge = &self.picture.edges[route.edge];
        let mut y = self.in_y(route);
        let mut points = vec![(self.side_x(edge.to, route.enters), y)];
        for (lane, next) in turns {
            points.push((*lane, y));
            points.push((*lane, *next));
            y = *next;
        }
        points.push((self.side_x(edge.from, route.leaves), self.out_y(position, route)));
        points
    }

    /// From the head to the box above or below; several lines between two boxes lie side by side.
    fn straight(&self, from: usize, to: usize, before: usize) -> Vec<(f64, f64)> {
        let (tail, head) = (self.grid.cells[from], self.grid.cells[to]);
        let x = self.lefts[tail.column] + WIDTH / 2.0 + 2.0 * STEP * (number(before) - 1.0);
        let (tail_top, head_top) = (self.tops[tail.row], self.tops[head.row]);
        if head.row > tail.row {
            vec![(x, head_top), (x, tail_top + self.row_height)]
        } else {
            vec![(x, head_top + self.row_height), (x, tail_top)]
        }
    }
}

fn titled(cluster: &Cluster) -> String {
    format!("{} {}", cluster.id, cluster.title)
}

/// The lines of the heading of a panel.
fn heading(cluster: &Cluster) -> Vec<String> {
    wrap(&titled(cluster), WIDTH, 12.5)
}

fn listed<K>(spans: Option<BTreeMap<K, (f64, f64)>>) -> Vec<Wish<K>> {
    spans.into_iter().flatten().map(|(key, (from, to))| Wish { key, from, to }).collect()
}

#[allow(clippy::cast_precision_loss)] // Rows, columns and lanes are few.
fn number(count: usize) -> f64 {
    count as f64
}
