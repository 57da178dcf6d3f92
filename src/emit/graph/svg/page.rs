//! The frame of a picture: size, styles, arrowheads, heading and key.

use std::fmt::Write;

use super::text::{escape, width, wrap};
use crate::document::words::Words;
use crate::emit::graph::look::{self, BoxLook, Dashes};
use crate::emit::graph::picture::{EdgeKind, Picture};

/// The space around everything.
pub const MARGIN: f64 = 24.0;

/// The height that the heading takes.
pub const HEADING: f64 = 44.0;

/// The height of a further line of the heading.
const HEADING_LINE: f64 = 20.0;

/// The height that the key of lines takes.
const KEY: f64 = 40.0;

/// The height that the key of boxes takes.
const FILLS: f64 = 26.0;

/// The whole picture around its `body`, which is `width` wide and ends at `bottom`.
pub fn frame(picture: &Picture, kinds: &[EdgeKind], body: &str, body_width: f64, bottom: f64) -> String {
    let page_width =
        body_width.max(key_width(picture.words, kinds)).max(fill_width(picture.words, &look::used(picture))).max(420.0)
            + 2.0 * MARGIN;
    let heading = wrap(&picture.title, page_width - 2.0 * MARGIN, 17.0);
    // Further lines of the heading move all else down.
    let shift = HEADING_LINE * count(heading.len().saturating_sub(1));
    let looks = look::used(picture);
    let fills = if looks.is_empty() { 0.0 } else { FILLS };
    let height = bottom + KEY + fills + shift + MARGIN;
    let mut out = String::new();
    let _ = writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"prm-graph\" viewBox=\"0 0 {page_width:.0} {height:.0}\" \
         width=\"{page_width:.0}\" height=\"{height:.0}\" role=\"img\" aria-label=\"{}\">",
        escape(&picture.description)
    );
    let _ = writeln!(out, "<title>{}</title>", escape(&picture.title));
    let _ = writeln!(out, "<desc>{}</desc>", escape(&picture.told()));
    let _ = writeln!(out, "<style>{}</style>", style(kinds));
    arrowheads(&mut out, kinds);
    let _ = writeln!(out, "<rect class=\"page\" width=\"100%\" height=\"100%\"/>");
    for (number, line) in heading.iter().enumerate() {
        let y = MARGIN + 16.0 + HEADING_LINE * count(number);
        let _ = writeln!(out, "<text class=\"heading\" x=\"{MARGIN}\" y=\"{y}\">{}</text>", escape(line));
    }
    if shift > 0.0 {
        let _ = writeln!(out, "<g transform=\"translate(0 {shift})\">");
    }
    out.push_str(body);
    key(&mut out, picture.words, kinds, bottom + KEY);
    fill_key(&mut out, picture.words, &looks, bottom + KEY + fills);
    if shift > 0.0 {
        out.push_str("</g>\n");
    }
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
fn key(out: &mut String, words: &Words, kinds: &[EdgeKind], y: f64) {
    let mut x = MARGIN;
    for kind in kinds {
        let (class, verb) = (kind.class(), kind.verb(words));
        let (from, to) = (x + 14.0, x + 58.0);
        let _ = writeln!(out, "<text class=\"key\" x=\"{x:.1}\" y=\"{:.1}\">A</text>", y + 4.0);
        let _ = writeln!(
            out,
            "<path class=\"edge {class}\" marker-start=\"url(#prm-{class})\" d=\"M{to:.1} {y:.1}H{from:.1}\"/>"
        );
        let _ = writeln!(out, "<text class=\"key\" x=\"{:.1}\" y=\"{:.1}\">B: A {verb} B</text>", to + 6.0, y + 4.0);
        x += key_step(words, *kind);
    }
}

/// What the boxes mean: one of each look, with its word in it.
fn fill_key(out: &mut String, words: &Words, looks: &[&BoxLook], y: f64) {
    let mut x = MARGIN;
    for look in looks {
        let (class, label, step) = (look.class, look.label(words), fill_step(words, look));
        let _ = writeln!(
            out,
            "<rect class=\"box {class}\" x=\"{x:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"18\" rx=\"4\"/>",
            y - 9.0,
            step - 10.0
        );
        let _ = writeln!(out, "<text class=\"key\" x=\"{:.1}\" y=\"{:.1}\">{label}</text>", x + 8.0, y + 4.0);
        x += step;
    }
}

fn fill_step(words: &Words, look: &BoxLook) -> f64 {
    width(look.label(words), 11.0) + 26.0
}

fn fill_width(words: &Words, looks: &[&BoxLook]) -> f64 {
    looks.iter().map(|look| fill_step(words, look)).sum()
}

#[allow(clippy::cast_precision_loss)] // Lines are few.
fn count(lines: usize) -> f64 {
    lines as f64
}

fn key_step(words: &Words, kind: EdgeKind) -> f64 {
    58.0 + width(kind.verb(words), 11.0) + 80.0
}

fn key_width(words: &Words, kinds: &[EdgeKind]) -> f64 {
    kinds.iter().map(|kind| key_step(words, *kind)).sum()
}

const STYLE: &str = "
.prm-graph{font-family:Helvetica,Arial,'Liberation Sans',sans-serif;font-size:11px}
.prm-graph .page{fill:#fff}
.prm-graph text{fill:#1a202c}
.prm-graph .heading{font-size:17px;font-weight:bold}
.prm-graph .panel{fill:#f3f5f8;stroke:#d3dae3}
.prm-graph .group{font-size:12.5px;font-weight:bold}
.prm-graph .id{font-weight:bold}
.prm-graph .edge{fill:none}
.prm-graph .edge:hover{stroke-width:3}
.prm-graph .head path{stroke:none}
";

const NIGHT: &str = "@media (prefers-color-scheme:dark){
.prm-graph .page{fill:#14181f}
.prm-graph text{fill:#e8ecf2}
.prm-graph .panel{fill:#1c222c;stroke:#36404e}
";

/// The styles, by day and by night.
fn style(kinds: &[EdgeKind]) -> String {
    let mut style = STYLE.to_owned();
    looks(&mut style, kinds, 0);
    style.push_str(NIGHT);
    looks(&mut style, kinds, 1);
    style.push_str("}\n");
    style
}

fn looks(style: &mut String, kinds: &[EdgeKind], time: usize) {
    let dashed =
        |dashes: Dashes| dashes.lengths().map_or(String::new(), |lengths| format!(";stroke-dasharray:{lengths}"));
    for BoxLook { class, fill, border, dashes, weight } in &look::BOXES {
        let (fill, border, dashes) = (fill[time], border[time], dashed(*dashes));
        let _ = writeln!(style, ".prm-graph .box.{class}{{fill:{fill};stroke:{border};stroke-width:{weight}{dashes}}}");
    }
    for kind in kinds.iter().chain(&[EdgeKind::Has]) {
        let (class, look) = (kind.class(), look::line(*kind));
        let (color, dashes, weight) = (look.color[time], dashed(look.dashes), look.weight);
        let _ = writeln!(style, ".prm-graph .edge.{class}{{stroke:{color};stroke-width:{weight}{dashes}}}");
        let _ = writeln!(style, ".prm-graph .head.{class} path{{fill:{color}}}");
    }
}
