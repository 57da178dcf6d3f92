//! Drawings as SVG, and as the pictures of documents.

use std::fmt::Write;

use super::drawing::{Anchor, Color, Drawing, Pen, Shape, head};
use super::html::escape;
use super::setting::{Picture, PictureKind};

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
        let _ = writeln!(out, "<rect width=\"{width:.0}\" height=\"{height:.0}\" fill=\"#ffffff\"/>");
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
