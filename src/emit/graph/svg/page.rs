//! The frame of a picture: size, styles, arrowheads, heading and key.

use std::fmt::Write;

use super::text::{escape, width, wrap};
use crate::emit::graph::picture::{EdgeKind, Picture};

/// The space around everything.
pub const MARGIN: f64 = 24.0;

/// The height that the heading takes.
pub const HEADING: f64 = 44.0;

/// The height that the key takes.
const KEY: f64 = 40.0;

/// The whole picture around its `body`, which is `width` wide and ends at `bottom`.
pub fn frame(picture: &Picture, kinds: &[EdgeKind], body: &str, body_width: f64, bottom: f64) -> String {
    let page_width = body_width.max(key_width(kinds)).max(420.0) + 2.0 * MARGIN;
    let height = bottom + KEY + MARGIN;
    let mut out = String::new();
    let _ = writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"prm-graph\" viewBox=\"0 0 {page_width:.0} {height:.0}\" \
         width=\"{page_width:.0}\" height=\"{height:.0}\" role=\"img\" aria-label=\"{}\">",
        escape(&picture.description)
    );
    let _ = writeln!(out, "<title>{}</title>", escape(&picture.title));
    let _ = writeln!(out, "<desc>{}</desc>", escape(&picture.told()));
    let _ = writeln!(out, "<style>{STYLE}</style>");
    arrowheads(&mut out, kinds);
    let _ = writeln!(out, "<rect class=\"page\" width=\"100%\" height=\"100%\"/>");
    for line in wrap(&picture.title, page_width - 2.0 * MARGIN, 17.0, 1) {
        let y = MARGIN + 16.0;
        let _ = writeln!(out, "<text class=\"heading\" x=\"{MARGIN}\" y=\"{y}\">{}</text>", escape(&line));
    }
    out.push_str(body);
    key(&mut out, kinds, bottom + KEY);
    out.push_str("</svg>\n");
    out
}

/// One arrowhead for each kind of line, since a head does not take the colour of its line everywhere.
fn arrowheads(out: &mut String, kinds: &[EdgeKind]) {
    out.push_str("<defs>\n");
    for kind in kinds {
        let class = kind.class();
        let _ = writeln!(
            out,
            "<marker id=\"prm-{class}\" class=\"head {class}\" viewBox=\"0 0 8 8\" refX=\"7.5\" refY=\"4\" \
             markerWidth=\"8\" markerHeight=\"8\" markerUnits=\"userSpaceOnUse\" orient=\"auto-start-reverse\">\
             <path d=\"M0 0.5 8 4 0 7.5z\"/></marker>"
        );
    }
    out.push_str("</defs>\n");
}

/// What the lines mean: `A supports B`.
fn key(out: &mut String, kinds: &[EdgeKind], y: f64) {
    let mut x = MARGIN;
    for kind in kinds {
        let (class, verb) = (kind.class(), kind.verb());
        let (from, to) = (x + 14.0, x + 58.0);
        let _ = writeln!(out, "<text class=\"key\" x=\"{x:.1}\" y=\"{:.1}\">A</text>", y + 4.0);
        let _ = writeln!(
            out,
            "<path class=\"edge {class}\" marker-start=\"url(#prm-{class})\" d=\"M{to:.1} {y:.1}H{from:.1}\"/>"
        );
        let _ = writeln!(out, "<text class=\"key\" x=\"{:.1}\" y=\"{:.1}\">B: A {verb} B</text>", to + 6.0, y + 4.0);
        x += key_step(*kind);
    }
}

fn key_step(kind: EdgeKind) -> f64 {
    58.0 + width(kind.verb(), 11.0) + 80.0
}

fn key_width(kinds: &[EdgeKind]) -> f64 {
    kinds.iter().map(|kind| key_step(*kind)).sum()
}

const STYLE: &str = "
.prm-graph{font-family:Helvetica,Arial,'Liberation Sans',sans-serif;font-size:11px}
.prm-graph .page{fill:#fff}
.prm-graph text{fill:#1a202c}
.prm-graph .heading{font-size:17px;font-weight:bold}
.prm-graph .panel{fill:#f3f5f8;stroke:#d3dae3}
.prm-graph .group{font-size:12.5px;font-weight:bold}
.prm-graph .id{font-weight:bold}
.prm-graph .box{fill:#fff;stroke:#8592a3}
.prm-graph .process{fill:#e6effb;stroke:#5f86ba}
.prm-graph .practice{fill:#f1ebfb;stroke:#9b7fc7}
.prm-graph .covered{fill:#d9f2e2;stroke:#4d9a72}
.prm-graph .partial.box{fill:#fdf0c8;stroke:#b98a2b}
.prm-graph .excluded{fill:#e6e9ee;stroke:#8592a3}
.prm-graph .uncovered{fill:#fcdcdc;stroke:#c9514b}
.prm-graph .edge{fill:none;stroke-width:1.3;stroke:#7b8794}
.prm-graph .edge:hover{stroke-width:3}
.prm-graph .supports,.prm-graph .full{stroke:#2b5c9e}
.prm-graph .informs,.prm-graph .edge.partial{stroke:#b4590c;stroke-dasharray:6 3}
.prm-graph .follows,.prm-graph .joint{stroke:#0f766e;stroke-dasharray:1.6 2.6;stroke-width:1.8}
.prm-graph .achieves{stroke:#8655c9}
.prm-graph .head path{stroke:none;fill:#7b8794}
.prm-graph .head.supports path,.prm-graph .head.full path{fill:#2b5c9e}
.prm-graph .head.informs path,.prm-graph .head.partial path{fill:#b4590c}
.prm-graph .head.follows path,.prm-graph .head.joint path{fill:#0f766e}
.prm-graph .head.achieves path{fill:#8655c9}
@media (prefers-color-scheme:dark){
.prm-graph .page{fill:#14181f}
.prm-graph text{fill:#e8ecf2}
.prm-graph .panel{fill:#1c222c;stroke:#36404e}
.prm-graph .box{fill:#232b37;stroke:#7b8794}
.prm-graph .process{fill:#22344e;stroke:#6f97cc}
.prm-graph .practice{fill:#33284a;stroke:#a68bd6}
.prm-graph .covered{fill:#1d3d2c;stroke:#5fb389}
.prm-graph .partial.box{fill:#453714;stroke:#d0a13f}
.prm-graph .excluded{fill:#2d343f;stroke:#8592a3}
.prm-graph .uncovered{fill:#4d2322;stroke:#e0726c}
.prm-graph .supports,.prm-graph .full{stroke:#7fb2f5}
.prm-graph .informs,.prm-graph .edge.partial{stroke:#f0a562}
.prm-graph .follows,.prm-graph .joint{stroke:#53c7bb}
.prm-graph .achieves{stroke:#c19df2}
.prm-graph .head.supports path,.prm-graph .head.full path{fill:#7fb2f5}
.prm-graph .head.informs path,.prm-graph .head.partial path{fill:#f0a562}
.prm-graph .head.follows path,.prm-graph .head.joint path{fill:#53c7bb}
.prm-graph .head.achieves path{fill:#c19df2}
}
";
