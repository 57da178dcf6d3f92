//! How boxes and lines look, in one table for all forms of pictures. What differs in colour differs in its border or its
//! dashes as well, so that a picture in grey says the same.

use super::picture::{EdgeKind, Picture};
use crate::coverage::Status;
use crate::document::words::Words;
use crate::emit::said;

/// Dashes of a line or a border.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dashes {
    /// None.
    Solid,
    /// Long ones.
    Dashed,
    /// Points.
    Dotted,
}

impl Dashes {
    /// The word of Graphviz.
    pub fn word(self) -> &'static str {
        match self {
            Dashes::Solid => "solid",
            Dashes::Dashed => "dashed",
            Dashes::Dotted => "dotted",
        }
    }

    /// Their lengths, as SVG and Mermaid take them.
    pub fn lengths(self) -> Option<&'static str> {
        match self {
            Dashes::Solid => None,
            Dashes::Dashed => Some("6 3"),
            Dashes::Dotted => Some("1.6 2.6"),
        }
    }
}

/// How a box looks.
#[derive(Debug)]
pub struct BoxLook {
    /// The class of its nodes.
    pub class: &'static str,
    /// Its colour, by day and by night.
    pub fill: [&'static str; 2],
    /// The colour of its border, by day and by night.
    pub border: [&'static str; 2],
    /// The dashes of its border.
    pub dashes: Dashes,
    /// How thick its border is.
    pub weight: &'static str,
}

/// How a line looks.
#[derive(Debug)]
pub struct LineLook {
    /// Its colour, by day and by night.
    pub color: [&'static str; 2],
    /// Its dashes.
    pub dashes: Dashes,
    /// How thick it is.
    pub weight: &'static str,
}

const fn row(
    class: &'static str,
    fill: [&'static str; 2],
    border: [&'static str; 2],
    dashes: Dashes,
    weight: &'static str,
) -> BoxLook {
    BoxLook { class, fill, border, dashes, weight }
}

/// The boxes, in the order of a key.
pub const BOXES: [BoxLook; 8] = [
    row("process", ["#e6effb", "#22344e"], ["#5f86ba", "#6f97cc"], Dashes::Solid, "1.5"),
    row("practice", ["#f1ebfb", "#33284a"], ["#9b7fc7", "#a68bd6"], Dashes::Solid, "1"),
    row("outcome", ["#ffffff", "#232b37"], ["#8592a3", "#7b8794"], Dashes::Solid, "1"),
    row("requirement", ["#ffffff", "#232b37"], ["#8592a3", "#7b8794"], Dashes::Solid, "1"),
    row("covered", ["#d9f2e2", "#1d3d2c"], ["#4d9a72", "#5fb389"], Dashes::Solid, "1"),
    row("partial", ["#fdf0c8", "#453714"], ["#b98a2b", "#d0a13f"], Dashes::Dashed, "1.5"),
    row("excluded", ["#e6e9ee", "#2d343f"], ["#8592a3", "#8592a3"], Dashes::Dotted, "1.5"),
    row("uncovered", ["#fcdcdc", "#4d2322"], ["#c9514b", "#e0726c"], Dashes::Solid, "3"),
];

/// How the lines of a kind look.
pub fn line(kind: EdgeKind) -> LineLook {
    let (color, dashes, weight) = match kind {
        EdgeKind::Supports | EdgeKind::Satisfies => (["#2b5c9e", "#7fb2f5"], Dashes::Solid, "1.3"),
        EdgeKind::Informs | EdgeKind::PartlySatisfies => (["#b4590c", "#f0a562"], Dashes::Dashed, "1.3"),
        EdgeKind::Follows | EdgeKind::JointlySatisfies => (["#0f766e", "#53c7bb"], Dashes::Dotted, "1.8"),
        EdgeKind::Achieves => (["#8655c9", "#c19df2"], Dashes::Solid, "1.3"),
        EdgeKind::Has => (["#7b8794", "#7b8794"], Dashes::Solid, "1.3"),
    };
    LineLook { color, dashes, weight }
}

impl BoxLook {
    /// What it means, in a key.
    pub fn label(&self, words: &Words) -> &'static str {
        let drawings = words.drawings;
        match self.class {
            "process" => drawings.process,
            "practice" => drawings.practice,
            "outcome" => drawings.outcome,
            "covered" => said::status(words, Status::Covered),
            "partial" => said::status(words, Status::Partial),
            "excluded" => said::status(words, Status::Excluded),
            "uncovered" => said::status(words, Status::Uncovered),
            _ => drawings.requirement,
        }
    }
}

/// How the boxes of a class look.
pub fn of(class: &str) -> Option<&'static BoxLook> {
    BOXES.iter().find(|look| look.class == class)
}

/// The looks of the boxes of a picture, for its key; none where all look alike.
pub fn used(picture: &Picture) -> Vec<&'static BoxLook> {
    let is_used = |look: &&BoxLook| picture.nodes.iter().any(|node| node.class() == look.class);
    let used: Vec<&BoxLook> = BOXES.iter().filter(is_used).collect();
    if used.len() > 1 { used } else { Vec::new() }
}
