//! The language of Graphviz.

use std::fmt::Write;

use crate::render::printable;

use super::look::{self, BoxLook};
use super::picture::{Edge, EdgeKind, Node, NodeKind, Outline, Picture};

/// The picture in the language of Graphviz.
pub fn write(picture: &Picture) -> String {
    let mut out = String::new();
    let is_map = picture.nodes.iter().all(|node| node.kind == NodeKind::Process);
    for line in std::iter::once(&picture.description).chain(&picture.notices) {
        let _ = writeln!(out, "// {}", printable::line(line));
    }
    let _ = writeln!(out, "digraph model {{");
    let (title, told) = (quote(&picture.title), quote(&picture.told()));
    let _ = writeln!(out, "  graph [rankdir=LR, label={title}, labelloc=t, fontname=Helvetica, tooltip={told}]");
    let _ =
        writeln!(out, "  node [shape=box, style=\"rounded,filled\", fillcolor=white, fontname=Helvetica, fontsize=11]");
    let _ = writeln!(out, "  edge [fontname=Helvetica, fontsize=9, color=\"#4a5568\"]");
    let outline = picture.outline();
    for root in &outline.roots {
        write_cluster(&mut out, picture, &outline, *root, "  ");
    }
    for node in &outline.loose {
        write_node(&mut out, &picture.nodes[*node], "  ");
    }
    for edge in &picture.edges {
        write_edge(&mut out, picture, edge);
    }
    key(&mut out, picture, if is_map { &EdgeKind::MAP } else { &EdgeKind::TRACE });
    out.push_str("}\n");
    out
}

/// A cluster with what stands in it.
fn write_cluster(out: &mut String, picture: &Picture, outline: &Outline, position: usize, indent: &str) {
    let cluster = &picture.clusters[position];
    let inner = format!("{indent}  ");
    let _ = writeln!(out, "{indent}subgraph {} {{", quote(&format!("cluster_{}", cluster.id)));
    let label = quote(&format!("{} {}", cluster.id, cluster.title));
    let _ = writeln!(
        out,
        "{inner}graph [label={label}, style=\"rounded,filled\", color=\"#cbd5e0\", fillcolor=\"#f4f6f8\"]"
    );
    for child in &outline.children[position] {
        write_cluster(out, picture, outline, *child, &inner);
    }
    for node in &outline.members[position] {
        write_node(out, &picture.nodes[*node], &inner);
    }
    let _ = writeln!(out, "{indent}}}");
}

fn write_node(out: &mut String, node: &Node, indent: &str) {
    let lines = super::svg::text::wrap(&node.text, 180.0, 11.0);
    let label = std::iter::once(&node.id).chain(&lines).map(|line| escape(line)).collect::<Vec<_>>().join("\\n");
    let tooltip = quote(&node.text);
    let _ = writeln!(
        out,
        "{indent}{} [label=\"{label}\", tooltip={tooltip}, {}]",
        quote(&node.key),
        look::of(node.class()).map(boxed).unwrap_or_default()
    );
}

fn write_edge(out: &mut String, picture: &Picture, edge: &Edge) {
    let key = |node: usize| quote(picture.nodes.get(node).map_or("", |node| &node.key));
    let tooltip = quote(&picture.sentence(edge));
    let _ = writeln!(out, "  {} -> {} [{}, tooltip={tooltip}]", key(edge.from), key(edge.to), style(edge.kind));
}

fn style(kind: EdgeKind) -> String {
    let look = look::line(kind);
    let (dashes, color, weight) = (look.dashes.word(), look.color[0], look.weight);
    let head = match kind {
        EdgeKind::Has => ", arrowhead=none",
        EdgeKind::Achieves => ", arrowhead=empty",
        _ => "",
    };
    format!("style={dashes}, penwidth={weight}, color=\"{color}\"{head}")
}

/// How a box looks.
fn boxed(look: &BoxLook) -> String {
    let (dashes, fill, border, weight) = (look.dashes.word(), look.fill[0], look.border[0], look.weight);
    format!("style=\"rounded,filled,{dashes}\", fillcolor=\"{fill}\", color=\"{border}\", penwidth={weight}")
}

/// What lines and boxes mean.
fn key(out: &mut String, picture: &Picture, kinds: &[EdgeKind]) {
    let _ = writeln!(out, "  subgraph \"cluster key\" {{");
    let name = quote(picture.words.drawings.key);
    let _ = writeln!(out, "    graph [label={name}, color=\"#cbd5e0\"]");
    let _ = writeln!(out, "    node [shape=plaintext, style=\"\", fontsize=9, width=0, height=0]");
    for kind in kinds {
        let (tail, head) = (quote(&format!("key {} A", kind.class())), quote(&format!("key {} B", kind.class())));
        let _ = writeln!(out, "    {tail} [label=\"A\"]");
        let _ = writeln!(out, "    {head} [label=\"B\"]");
        let _ = writeln!(out, "    {tail} -> {head} [{}, label=\"{}\"]", style(*kind), kind.verb(picture.words));
    }
    for look in look::used(picture) {
        let (key, label) = (quote(&format!("key {}", look.class)), look.label(picture.words));
        let _ = writeln!(out, "    {key} [label=\"{label}\", shape=box, {}]", boxed(look));
    }
    let _ = writeln!(out, "  }}");
}

/// A quoted string. Graphviz takes backslashes in labels for escapes, so they are doubled.
fn quote(text: &str) -> String {
    format!("\"{}\"", escape(text))
}

/// Within quotes. An `&` would begin an entity of HTML.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in printable::document(text).chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '&' => out.push_str("&amp;"),
            '\n' | '\r' => out.push(' '),
            c if printable::acts(c) => out.push_str(&format!("&#{};", c as u32)),
            c => out.push(c),
        }
    }
    out
}
