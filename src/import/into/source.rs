//! Edits of sources that leave all other bytes as they are.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::source::Sources;
use crate::span::{FileId, Span};
use crate::syntax::statements::Kind;
use crate::syntax::tree::{NodeId, Role, Tree};
use crate::writer::{Fault, Statement, Text};

/// How much deeper the lines of a block stand.
const STEP: &str = "  ";

/// Edits of the files of a package.
pub struct Edits<'a> {
    sources: &'a Sources,
    trees: BTreeMap<FileId, Tree>,
    files: BTreeMap<FileId, Vec<(Range<usize>, String)>>,
    /// References that are taken out of lists.
    taken_out: BTreeMap<(FileId, NodeId), Vec<Span>>,
    /// Lines that come behind statements, and into their blocks, in the order in which they were asked for.
    added: Vec<(Side, Place, Vec<String>)>,
    /// Statements that come behind others: the head of each, and the lines of its block.
    blocks: Vec<(Place, String, Vec<String>)>,
}

/// Where lines come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Behind,
    Within,
}

/// A statement of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// The statement.
    pub node: NodeId,
}

impl<'a> Edits<'a> {
    /// No edit is made yet.
    pub fn new(sources: &'a Sources) -> Edits<'a> {
        Edits {
            sources,
            trees: BTreeMap::new(),
            files: BTreeMap::new(),
            taken_out: BTreeMap::new(),
            added: Vec::new(),
            blocks: Vec::new(),
        }
    }

    fn text(&self, file: FileId) -> &'a str {
        &self.sources.file(file).text
    }

    /// The tree of a file.
    pub fn tree(&mut self, file: FileId) -> &Tree {
        let text = self.text(file);
        self.trees.entry(file).or_insert_with(|| crate::syntax::parse(file, text).0)
    }

    /// The innermost statement of a kind around a place.
    pub fn statement(&mut self, at: Span, kinds: &[Kind]) -> Option<Place> {
        let tree = self.tree(at.file);
        let holds = |node: &NodeId| {
            let whole = tree.whole(*node);
            whole.start <= at.start && at.end <= whole.end && kinds.contains(&tree.node(*node).kind)
        };
        let nodes = 0..u32::try_from(tree.nodes.len()).unwrap_or(u32::MAX);
        nodes.rev().find(holds).map(|node| Place { file: at.file, node })
    }

    /// The references of a statement that are not taken out of it.
    pub fn refs(&mut self, place: Place) -> Vec<Span> {
        let out = self.taken_out.get(&(place.file, place.node)).cloned().unwrap_or_default();
        self.tree(place.file).all(place.node, Role::Ref).filter(|span| !out.contains(span)).collect()
    }

    /// The last statement of one of the kinds in a block, those of the first kind before others.
    pub fn last_in(&mut self, block: Place, kinds: &[Kind]) -> Option<Place> {
        let tree = self.tree(block.file);
        let last = |kind: &Kind| tree.children(block.node).filter(|child| tree.node(*child).kind == *kind).last();
        kinds.iter().find_map(last).map(|node| Place { node, ..block })
    }

    fn edit(&mut self, file: FileId, bytes: Range<usize>, text: impl Into<String>) {
        self.files.entry(file).or_default().push((bytes, text.into()));
    }

    /// Puts words in the place of others.
    pub fn replace(&mut self, at: Span, text: impl Into<String>) {
        self.edit(at.file, at.range(), text);
    }

    /// Takes a reference out of its statement, which goes when it has no other.
    pub fn take_out(&mut self, place: Place, at: Span) {
        self.taken_out.entry((place.file, place.node)).or_default().push(at);
    }

    fn add(&mut self, side: Side, place: Place, lines: &[String]) {
        match self.added.iter_mut().find(|(other, at, _)| *other == side && *at == place) {
            Some((_, _, there)) => there.extend_from_slice(lines),
            None => self.added.push((side, place, lines.to_vec())),
        }
    }

    /// A statement on lines of its own behind another.
    pub fn behind(&mut self, place: Place, lines: &[String]) {
        self.add(Side::Behind, place, lines);
    }

    /// A statement at the end of the block of another, which gets one if it has none.
    pub fn within(&mut self, place: Place, lines: &[String]) {
        self.add(Side::Within, place, lines);
    }

    /// A line in the block of a new statement behind another, by its head.
    pub fn in_new(&mut self, place: Place, head: String, line: String) {
        match self.blocks.iter_mut().find(|(at, other, _)| *at == place && *other == head) {
            Some((_, _, lines)) => lines.push(line),
            None => self.blocks.push((place, head, vec![line])),
        }
    }

    fn put_behind(&mut self, place: Place, lines: &[String]) {
        let text = self.text(place.file);
        let end = self.tree(place.file).whole(place.node).end as usize;
        let start = self.tree(place.file).node(place.node).start as usize;
        let indent = indent(text, start);
        let line_end = text[end..].find('\n').map(|at| end + at);
        let rest = text[end..line_end.unwrap_or(text.len())].trim();
        let words = indented(lines, indent);
        match line_end {
            // What stands behind it on its line closes the block around it.
            _ if !rest.is_empty() && !rest.starts_with("//") => {
                let outer = indent.strip_suffix(STEP).unwrap_or_default();
                self.edit(place.file, end..end, format!("\n{words}\n{outer}"));
            }
            Some(line_end) => self.edit(place.file, line_end + 1..line_end + 1, format!("{words}\n")),
            None => self.edit(place.file, text.len()..text.len(), format!("\n{words}")),
        }
    }

    fn put_within(&mut self, place: Place, lines: &[String]) {
        let text = self.text(place.file);
        let node = *self.tree(place.file).node(place.node);
        let outer = indent(text, node.start as usize);
        let words = indented(lines, &format!("{outer}{STEP}"));
        let (Some(open), Some(close)) = (node.open, node.close) else {
            self.edit(place.file, node.end as usize..node.end as usize, format!(" {{\n{words}\n{outer}}}"));
            return;
        };
        let (open, close) = (open as usize, close as usize);
        let inner = &text[open + 1..close];
        match inner.rfind('\n') {
            Some(at) if inner[at..].trim().is_empty() => {
                let at = open + 1 + at + 1;
                self.edit(place.file, at..at, format!("{words}\n"));
            }
            _ => {
                // The block stands on one line, which becomes several.
                let start = open + 1 + (inner.len() - inner.trim_start().len());
                let end = open + 1 + inner.trim_end().len();
                if start < end {
                    self.edit(place.file, open + 1..start, format!("\n{outer}{STEP}"));
                    self.edit(place.file, end..close, format!("\n{words}\n{outer}"));
                } else {
                    self.edit(place.file, open + 1..close, format!("\n{words}\n{outer}"));
                }
            }
        }
    }

    /// Takes a statement away, with the lines that it stands on where nothing else does.
    pub fn remove(&mut self, place: Place) {
        let text = self.text(place.file);
        let whole = self.tree(place.file).whole(place.node).range();
        let line_start = text[..whole.start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[whole.end..].find('\n').map_or(text.len(), |at| whole.end + at + 1);
        let is_alone = text[line_start..whole.start].trim().is_empty() && text[whole.end..line_end].trim().is_empty();
        self.edit(place.file, if is_alone { line_start..line_end } else { whole }, "");
    }

    /// Whether no comment would go with what stands at a place of a statement.
    pub fn keeps(&mut self, place: Place, at: Span) -> bool {
        let tree = self.tree(place.file);
        !tree.comments.iter().any(|(start, end)| at.start < *end && *start < at.end)
    }

    /// Makes the edits of lists; tells of those that would take a comment or a note away, which are not made.
    pub fn finish(mut self) -> (BTreeMap<FileId, String>, Vec<Span>) {
        for (place, head, lines) in std::mem::take(&mut self.blocks) {
            let lines = lines.iter().map(|line| format!("{STEP}{line}"));
            let block = [String::new(), format!("{head} {{")].into_iter().chain(lines).chain(["}".to_owned()]);
            self.add(Side::Behind, place, &block.collect::<Vec<_>>());
        }
        for (side, place, lines) in std::mem::take(&mut self.added) {
            match side {
                Side::Behind => self.put_behind(place, &lines),
                Side::Within => self.put_within(place, &lines),
            }
        }
        let mut refused = Vec::new();
        for ((file, node), out) in std::mem::take(&mut self.taken_out) {
            let place = Place { file, node };
            let refs = self.refs(place);
            let kept: Vec<&str> =
                refs.iter().filter(|span| !out.contains(span)).map(|span| self.sources.as_written(*span)).collect();
            let (Some(first), Some(last)) = (refs.first(), refs.last()) else { continue };
            let all = Span { end: last.end, ..*first };
            let tree = self.tree(file);
            let goes = if kept.is_empty() { tree.whole(node) } else { all };
            let has_comment = tree.comments.iter().any(|(start, end)| goes.start < *end && *start < goes.end);
            let has_note = tree.children(node).any(|child| !matches!(tree.node(child).kind, Kind::State | Kind::Other));
            match kept.is_empty() {
                _ if has_comment => refused.extend(out),
                true if has_note => refused.extend(out),
                true => self.remove(place),
                false => self.replace(all, kept.join(", ")),
            }
        }
        let made = self.files.iter().map(|(file, edits)| (*file, applied(self.text(*file), edits.clone())));
        (made.collect(), refused)
    }
}

/// A text with its edits.
fn applied(text: &str, mut edits: Vec<(Range<usize>, String)>) -> String {
    edits.sort_by_key(|(bytes, _)| (bytes.start, bytes.end));
    let ending = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut changed = String::with_capacity(text.len());
    let mut from = 0;
    for (bytes, new) in edits {
        changed.push_str(text.get(from..bytes.start).unwrap_or_default());
        changed.push_str(&new.replace('\n', ending));
        from = bytes.end.max(from);
    }
    changed + text.get(from..).unwrap_or_default()
}

/// The blanks before what begins at a place, where nothing else stands before it on its line.
fn indent(text: &str, at: usize) -> &str {
    let start = text[..at].rfind('\n').map_or(0, |line| line + 1);
    let line = &text[start..at];
    &line[..line.len() - line.trim_start().len()]
}

fn indented(lines: &[String], indent: &str) -> String {
    let line = |line: &String| if line.is_empty() { String::new() } else { format!("{indent}{line}") };
    lines.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// A statement with a block: on one line where one statement stands in it, else each on a line of its own.
///
/// # Errors
/// For what the language has no text for.
pub fn lines(head: &Statement, inner: &[Statement]) -> Result<Vec<String>, Fault> {
    if let [only] = inner {
        return Ok(vec![head.clone().with(only.clone()).line()?]);
    }
    let head = head.line()?;
    if inner.is_empty() {
        return Ok(vec![head]);
    }
    let mut lines = vec![format!("{head} {{")];
    for statement in inner {
        lines.push(format!("{STEP}{}", statement.line()?));
    }
    lines.push("}".to_owned());
    Ok(lines)
}

/// The literal of a text.
///
/// # Errors
/// For one that says nothing.
pub fn literal(words: impl Into<Text>) -> Result<String, Fault> {
    let line = Statement::new(Kind::Note).text(words).line()?;
    Ok(line.find('"').map(|at| line[at..].to_owned()).unwrap_or_default())
}
