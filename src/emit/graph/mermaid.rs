//! The language of Mermaid.

use std::fmt::Write;

use crate::render::printable;

use super::look::{self, BoxLook, Dashes};
use super::picture::{EdgeKind, Node, NodeKind, Outline, Picture};

/// The picture in the language of Mermaid. Nodes are numbered, since its ids take few characters.
pub fn write(picture: &Picture) -> String {
    let is_map = picture.nodes.iter().all(|node| node.kind == NodeKind::Process);
    let kinds: &[EdgeKind] = if is_map { &EdgeKind::MAP } else { &EdgeKind::TRACE };
    let mut out = String::from("flowchart LR\n");
    let _ = writeln!(out, "  accTitle: {}", accessible(&picture.title));
    describe(&mut out, picture);
    let outline = picture.outline();
    for root in &outline.roots {
        write_cluster(&mut out, picture, &outline, *root, "  ");
    }
    for number in &outline.loose {
        write_node(&mut out, *number, &picture.nodes[*number], "  ");
    }
    for edge in &picture.edges {
        let _ = writeln!(out, "  n{} {} n{}", edge.from, arrow(edge.kind), edge.to);
    }
    key(&mut out, picture, kinds);
    lines(&mut out, picture, kinds);
    classes(&mut out);
    out
}

/// A cluster with what stands in it.
fn write_cluster(out: &mut String, picture: &Picture, outline: &Outline, position: usize, indent: &str) {
    let cluster = &picture.clusters[position];
    let inner = format!("{indent}  ");
    let _ = writeln!(out, "{indent}subgraph c{position}[\"{} {}\"]", escape(&cluster.id), escape(&cluster.title));
    for child in &outline.children[position] {
        write_cluster(out, picture, outline, *child, &inner);
    }
    for number in &outline.members[position] {
        write_node(out, *number, &picture.nodes[*number], &inner);
    }
    let _ = writeln!(out, "{indent}end");
}

fn write_node(out: &mut String, number: usize, node: &Node, indent: &str) {
    let rest = if node.text.is_empty() { String::new() } else { format!("<br/>{}", escape(&node.text)) };
    let _ = writeln!(out, "{indent}n{number}[\"{}{rest}\"]:::{}", escape(&node.id), node.class());
}

fn arrow(kind: EdgeKind) -> &'static str {
    match kind {
        EdgeKind::Supports | EdgeKind::Satisfies => "-->",
        EdgeKind::Informs | EdgeKind::PartlySatisfies => "-.->",
        EdgeKind::Follows | EdgeKind::JointlySatisfies => "==>",
        EdgeKind::Has => "---",
        EdgeKind::Achieves => "--o",
    }
}

/// What lines and boxes mean.
fn key(out: &mut String, picture: &Picture, kinds: &[EdgeKind]) {
    let _ = writeln!(out, "  subgraph key[\"{}\"]", picture.words.drawings.key);
    for (number, kind) in kinds.iter().enumerate() {
        let _ = writeln!(out, "    k{number}a[\"A\"] {}|{}| k{number}b[\"B\"]", arrow(*kind), kind.verb(picture.words));
    }
    for look in look::used(picture) {
        let _ = writeln!(out, "    k{0}[\"{1}\"]:::{0}", look.class, look.label(picture.words));
    }
    out.push_str("  end\n");
}

/// How lines look, by their kinds: Mermaid counts the lines as they come, those of the key last.
fn lines(out: &mut String, picture: &Picture, kinds: &[EdgeKind]) {
    let drawn: Vec<EdgeKind> = picture.edges.iter().map(|edge| edge.kind).chain(kinds.iter().copied()).collect();
    for kind in kinds.iter().copied().chain([EdgeKind::Has]) {
        let own = drawn.iter().enumerate().filter(|(_, drawn)| **drawn == kind);
        let numbers: Vec<String> = own.map(|(number, _)| number.to_string()).collect();
        if numbers.is_empty() {
            continue;
        }
        let look = look::line(kind);
        let (numbers, color, weight) = (numbers.join(","), look.color[0], look.weight);
        let _ = writeln!(out, "  linkStyle {numbers} stroke:{color},stroke-width:{weight}px{}", dashed(look.dashes));
    }
}

fn classes(out: &mut String) {
    for BoxLook { class, fill: [fill, _], border: [border, _], dashes, weight } in &look::BOXES {
        let dashes = dashed(*dashes);
        let _ = writeln!(
            out,
            "  classDef {class} fill:{fill},stroke:{border},stroke-width:{weight}px{dashes},color:#1a202c"
        );
    }
}

fn dashed(dashes: Dashes) -> String {
    dashes.lengths().map_or(String::new(), |lengths| format!(",stroke-dasharray:{lengths}"))
}

/// In a quoted label, everything that could mean something to Mermaid, Markdown or HTML stands as its number.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in printable::document(text).chars() {
        if printable::acts(c)
            || c.is_ascii_punctuation() && !matches!(c, '.' | ',' | '-' | '(' | ')' | ':' | '/' | '\'' | '?')
        {
            let _ = write!(out, "#{};", c as u32);
        } else {
            out.push(c);
        }
    }
    out
}

/// What the picture shows and what its readers must be told, for screen readers: on one line, or in a block of its own.
fn describe(out: &mut String, picture: &Picture) {
    if picture.notices.is_empty() {
        let _ = writeln!(out, "  accDescr: {}", accessible(&picture.description));
        return;
    }
    out.push_str("  accDescr {\n");
    for line in std::iter::once(&picture.description).chain(&picture.notices) {
        let _ = writeln!(out, "    {}", within_block(line));
    }
    out.push_str("  }\n");
}

/// The texts for screen readers know no escapes.
fn within_block(text: &str) -> String {
    printable::line(text).replace(['#', '{', '}', '<', '>', '"'], " ")
}

/// On one line, they end with a semicolon, too.
fn accessible(text: &str) -> String {
    within_block(text).replace(';', " ")
}
