//! Lines.

use std::fmt::Write;

use super::text::escape;
use crate::emit::graph::picture::EdgeKind;

/// The radius of corners.
const RADIUS: f64 = 5.0;

/// A line with rounded corners, given from its head, where the arrow is, to its tail.
pub fn draw(out: &mut String, kind: EdgeKind, title: &str, points: &[(f64, f64)]) {
    let mut data = String::new();
    for (position, point) in points.iter().enumerate() {
        let before = position.checked_sub(1).and_then(|before| points.get(before));
        match (before, points.get(position + 1)) {
            (None, _) => {
                let _ = write!(data, "M{:.1} {:.1}", point.0, point.1);
            }
            (Some(before), Some(after)) => corner(&mut data, *before, *point, *after),
            (Some(_), None) => {
                let _ = write!(data, "L{:.1} {:.1}", point.0, point.1);
            }
        }
    }
    finish(out, kind, title, &data);
}

/// A curve from its head to its tail, level at both ends.
pub fn draw_curve(out: &mut String, kind: EdgeKind, title: &str, head: (f64, f64), tail: (f64, f64)) {
    let half = (head.0 - tail.0) / 2.0;
    let data = format!(
        "M{:.1} {:.1}C{:.1} {:.1} {:.1} {:.1} {:.1} {:.1}",
        head.0,
        head.1,
        head.0 - half,
        head.1,
        tail.0 + half,
        tail.1,
        tail.0,
        tail.1
    );
    finish(out, kind, title, &data);
}

fn finish(out: &mut String, kind: EdgeKind, title: &str, data: &str) {
    let class = kind.class();
    let arrow = if kind == EdgeKind::Has { String::new() } else { format!(" marker-start=\"url(#prm-{class})\"") };
    let _ = writeln!(out, "<path class=\"edge {class}\"{arrow} d=\"{data}\"><title>{}</title></path>", escape(title));
}

fn corner(data: &mut String, before: (f64, f64), at: (f64, f64), after: (f64, f64)) {
    let radius = RADIUS.min(distance(before, at) / 2.0).min(distance(at, after) / 2.0);
    let (start, end) = (towards(at, before, radius), towards(at, after, radius));
    let _ = write!(data, "L{:.1} {:.1}Q{:.1} {:.1} {:.1} {:.1}", start.0, start.1, at.0, at.1, end.0, end.1);
}

fn distance(a: (f64, f64), b: (f64, f64)) -> f64 {
    (a.0 - b.0).hypot(a.1 - b.1)
}

/// The point that lies so far from `from` towards `to`.
fn towards(from: (f64, f64), to: (f64, f64), length: f64) -> (f64, f64) {
    let whole = distance(from, to).max(f64::EPSILON);
    (from.0 + (to.0 - from.0) * length / whole, from.1 + (to.1 - from.1) * length / whole)
}
