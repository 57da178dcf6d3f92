//! Boxes with an id and wrapped words.

use std::fmt::Write;

use super::text::{escape, wrap};
use crate::emit::graph::picture::{Node, Picture};
use crate::emit::said;

/// The size of the words.
const SIZE: f64 = 11.0;

/// The distance between lines.
const LINE: f64 = 14.0;

/// The space between the edge of a box and its words.
const PAD: f64 = 8.0;

/// A node, ready to be placed.
pub struct Block {
    lines: Vec<String>,
    /// How high it has to be.
    pub height: f64,
}

impl Block {
    /// The words of a node in a box of a width.
    pub fn new(node: &Node, width: f64) -> Block {
        let mut lines = wrap(&node.id, width - 2.0 * PAD, SIZE * 1.1);
        lines.extend(wrap(&node.text, width - 2.0 * PAD, SIZE));
        #[allow(clippy::cast_precision_loss)] // Lines are few.
        let height = lines.len() as f64 * LINE + 2.0 * PAD - 3.0;
        Block { lines, height }
    }

    /// Draws the box with its words in its middle.
    pub fn draw(
        &self,
        out: &mut String,
        (picture, node): (&Picture, &Node),
        (x, y): (f64, f64),
        (width, height): (f64, f64),
    ) {
        let full = format!("{} {}", node.id, node.text);
        let status =
            node.status.map_or_else(String::new, |status| format!(" ({})", said::status(picture.words, status)));
        let _ = writeln!(out, "<g><title>{}{status}</title>", escape(full.trim_end()));
        let _ = writeln!(
            out,
            "<rect class=\"box {}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"5\"/>",
            node.class()
        );
        let mut baseline = y + (height - self.height) / 2.0 + PAD + 8.5;
        for (number, line) in self.lines.iter().enumerate() {
            let class = if number == 0 { " class=\"id\"" } else { "" };
            let _ = writeln!(out, "<text{class} x=\"{:.1}\" y=\"{baseline:.1}\">{}</text>", x + PAD, escape(line));
            baseline += LINE;
        }
        out.push_str("</g>\n");
    }
}
