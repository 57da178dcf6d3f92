//! Drawings: boxes, lines and words at places, and how they are written as SVG. What is drawn is drawn once; each form of a
//! document takes it as it can show it.

use std::fmt::Write;

use super::html::escape;
use super::setting::{Picture, PictureKind};

/// A drawing: what it shows, in an order in which what comes later lies above.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawing {
    /// Its width, in pixels of CSS (96 of them are an inch).
    pub width: f64,
    /// Its height, in the same.
    pub height: f64,
    /// What it shows.
    pub shapes: Vec<Shape>,
}

/// A colour: red, green, blue.
pub type Color = [u8; 3];

/// A place: pixels from the left, and from the top.
pub type Point = (f64, f64);

/// A shape of a drawing.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A box from its upper left corner to its lower right one.
    Rectangle {
        /// The upper left corner.
        from: Point,
        /// The lower right corner.
        to: Point,
        /// What it is filled with.
        fill: Option<Color>,
        /// The line around it.
        line: Option<Pen>,
    },
    /// Lines from point to point.
    Lines {
        /// The points, at least two.
        points: Vec<Point>,
        /// How they are drawn.
        pen: Pen,
        /// Whether there is the head of an arrow at the last point.
        is_arrow: bool,
    },
    /// Words on one line.
    Text {
        /// Where they stand: on the line that letters stand on.
        at: Point,
        /// Which part of them stands there.
        anchor: Anchor,
        /// The words.
        words: String,
        /// The height of the font.
        size: f64,
        /// Whether they are bold.
        is_bold: bool,
        /// Their colour.
        color: Color,
    },
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pen {
    /// How wide it is.
    pub width: f64,
    /// Its colour.
    pub color: Color,
    /// Whether it is dashed.
    pub(super) is_dashed: bool,
}

impl Pen {
    /// A line of a width.
    pub fn new(width: f64, color: Color) -> Pen {
        Pen { width, color, is_dashed: false }
    }

    /// Itself, in dashes.
    #[must_use]
    pub fn dashed(self) -> Pen {
        Pen { is_dashed: true, ..self }
    }
}

/// Which part of words stands at their place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Anchor {
    /// Their beginning.
    #[default]
    Start,
    /// Their middle.
    Middle,
    /// Their end.
    End,
}

/// The width of words in a font without serifs, in heights of the font.
pub fn width_of(words: &str) -> f64 {
    words.chars().map(advance).sum()
}

impl Drawing {
    /// The drawing as a file, with what one reads who does not see it.
    pub fn picture(&self, alternative: &str) -> Picture {
        #[cfg(feature = "docx")]
        let metafile = Some(super::emf::emf(self));
        #[cfg(not(feature = "docx"))]
        let metafile = None;
        let size = (self.width, self.height);
        Picture { kind: PictureKind::Svg, size, bytes: self.svg(alternative).into_bytes(), metafile }
    }

    /// The drawing as SVG, with what one reads who does not see it.
    pub fn svg(&self, alternative: &str) -> String {
        let (width, height) = (self.width, self.height);
        let mut out = String::new();
        let _ = writeln!(
            out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{width:.0}\" \
             height=\"{height:.0}\" role=\"img\" font-family=\"Helvetica,Arial,'Liberation Sans',sans-serif\">"
        );
        let _ = writeln!(out, "<title>{}</title>", escape(alternative));
        let _ = writeln!(out, "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>");
        self.shapes.iter().for_each(|shape| shape.svg(&mut out));
        out.push_str("</svg>\n");
        out
    }
}

impl Shape {
    fn svg(&self, out: &mut String) {
        let _ = match self {
            Shape::Rectangle { from, to, fill, line } => writeln!(
                out,
                "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" fill=\"{}\"{}/>",
                from.0,
                from.1,
                (to.0 - from.0).max(0.0),
                (to.1 - from.1).max(0.0),
                fill.map_or_else(|| "none".to_owned(), hex),
                line.map_or_else(String::new, stroke)
            ),
            Shape::Lines { points, pen, is_arrow } => {
                let places: Vec<String> = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
                let lines = format!("<polyline points=\"{}\" fill=\"none\"{}/>", places.join(" "), stroke(*pen));
                match (points.as_slice(), is_arrow) {
                    ([.., before, last], true) => {
                        let head = head(*before, *last, pen.width).map(|(x, y)| format!("{x:.1},{y:.1}"));
                        writeln!(out, "{lines}<polygon points=\"{}\" fill=\"{}\"/>", head.join(" "), hex(pen.color))
                    }
                    _ => writeln!(out, "{lines}"),
                }
            }
            Shape::Text { at, anchor, words, size, is_bold, color } => {
                let anchor = match anchor {
                    Anchor::Start => "",
                    Anchor::Middle => " text-anchor=\"middle\"",
                    Anchor::End => " text-anchor=\"end\"",
                };
                let weight = if *is_bold { " font-weight=\"bold\"" } else { "" };
                let (x, y, color) = (at.0, at.1, hex(*color));
                let words = escape(words);
                writeln!(
                    out,
                    "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{size}\"{anchor}{weight} fill=\"{color}\">{words}</text>"
                )
            }
        };
    }
}

fn hex([red, green, blue]: Color) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

fn stroke(pen: Pen) -> String {
    let dashes = if pen.is_dashed { " stroke-dasharray=\"4 3\"" } else { "" };
    format!(" stroke=\"{}\" stroke-width=\"{}\"{dashes}", hex(pen.color), pen.width)
}

/// The head of an arrow.
pub(super) fn head(before: Point, last: Point, width: f64) -> [Point; 3] {
    let (dx, dy) = (last.0 - before.0, last.1 - before.1);
    let length = dx.hypot(dy).max(f64::MIN_POSITIVE);
    let (dx, dy) = (dx / length, dy / length);
    let (long, wide) = (4.0 + 3.0 * width, 2.0 + 1.5 * width);
    let foot = (last.0 - dx * long, last.1 - dy * long);
    [last, (foot.0 - dy * wide, foot.1 + dx * wide), (foot.0 + dy * wide, foot.1 - dx * wide)]
}

/// The widths of the characters of ASCII from the space on in a font such as Arial, in thousandths of its height.
const WIDTHS: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
];

/// The width of a character, in heights of the font.
pub(super) fn advance(character: char) -> f64 {
    let width = u32::from(character).checked_sub(32).and_then(|at| WIDTHS.get(at as usize));
    let wide = unicode_width::UnicodeWidthChar::width(character).unwrap_or(0);
    f64::from(width.copied().unwrap_or([0, 556, 1000][wide.min(2)])) / 1000.0
}
