//! Which statement stands in which block: braces matched, and blocks that were never closed ended where their
//! author would have ended them.

use super::parser::Flat;
use super::statements::{Kind, Place};
use super::tree::{NodeId, Tree};
use crate::codes;
use crate::diagnostic::{Diagnostic, Edit, Findings};
use crate::span::{FileId, Span, narrow};

/// How many blocks may stand in each other.
pub const DEPTH: usize = 128;

/// Nests the statements of a file.
///
/// Of a file whose end was swallowed by an open text or comment, blocks may be open at the end: their braces are lost.
pub fn nest(flat: Flat, text: &str, comments: Vec<(u32, u32)>, is_cut_off: bool) -> (Tree, Vec<Diagnostic>) {
    let Flat { file, nodes, args, mut closes, meant } = flat;
    let mut tree = Tree { file, nodes, args, comments, is_orderly: false, is_cut_off, meant };
    let mut opened = open_forgotten(&mut tree, text, &closes);
    // First the braces as they stand. Where they do not fit, or a line stands where only a forgotten brace can have
    // brought it, the indentation is asked too, and the reading with fewer mistakes is taken.
    let mut plain = run(&mut tree, text, &closes, false, is_cut_off);
    if plain.mistakes() > 0 {
        plain = mend_braces(&mut tree, text, &mut closes, plain, is_cut_off, &mut opened);
    }
    if plain.mistakes() == 0 && plain.deep.is_none() {
        let opened = opened.into_kept();
        tree.is_orderly = opened.is_empty();
        return (tree, opened);
    }
    let must_end_blocks = !plain.unclosed.is_empty();
    let by_indent = run(&mut tree, text, &closes, true, is_cut_off);
    let taken = if must_end_blocks || by_indent.mistakes() < plain.mistakes() {
        by_indent
    } else {
        run(&mut tree, text, &closes, false, is_cut_off)
    };
    if taken.deep.is_some() {
        flatten(&mut tree);
    }
    let diagnostics = opened.into_kept().into_iter().chain(taken.report(&tree, text)).collect();
    (tree, diagnostics)
}

/// Takes back and opens what is likely to be a slip, where braces do not fit, and reads the braces again.
fn mend_braces(
    tree: &mut Tree,
    text: &str,
    closes: &mut Vec<(u32, u32)>,
    mut plain: Reading,
    is_cut_off: bool,
    opened: &mut Findings,
) -> Reading {
    if close_doubled(tree, text, plain.unclosed.len(), opened) > 0 {
        plain = run(tree, text, closes, false, is_cut_off);
    }
    let twice = take_doubled(closes, text, tree.file, plain.stray.len());
    if !twice.is_empty() {
        opened.extend(twice);
        plain = run(tree, text, closes, false, is_cut_off);
    }
    let forgotten = open_by_layout(tree, text, closes, plain.stray.len());
    if !forgotten.is_empty() {
        opened.extend(forgotten);
        plain = run(tree, text, closes, false, is_cut_off);
    }
    plain
}

/// Opens the blocks that lack their brace: what stands behind their line is deeper, and may stand nowhere else.
fn open_forgotten(tree: &mut Tree, text: &str, closes: &[(u32, u32)]) -> Findings {
    let mut found = Findings::default();
    for id in 0..narrow(tree.nodes.len()) {
        let node = tree.node(id);
        if node.open.is_some() || !node.kind.is_container() || node.end == node.start {
            continue;
        }
        let (kind, line) = (node.kind, indent_of_line(text, node.start));
        let places = kind.row().map_or(&[][..], |row| row.places);
        let is_alone = |inner: Kind| {
            inner.row().is_some()
                && inner.may_stand_in(Some(kind))
                && places.iter().all(|place| match place {
                    Place::File => !inner.may_stand_in(None),
                    Place::In(around) => !inner.may_stand_in(Some(*around)),
                    Place::AnyBlock => false,
                })
        };
        let closed = closes.partition_point(|(before, _)| *before <= id);
        let end = closes.get(closed).map_or(u32::MAX, |(before, _)| *before);
        let deeper = (id + 1..narrow(tree.nodes.len()).min(id + 64))
            .take_while(|next| *next < end && indent(text, tree.node(*next).start).is_none_or(|indent| indent > line));
        // What opens a block of its own in between holds the rest.
        let mut deeper = deeper.take_while(|next| tree.node(next.saturating_sub(1)).open.is_none() || *next == id + 1);
        if !deeper.any(|next| is_alone(tree.node(next).kind)) {
            continue;
        }
        found.push(opened(tree, text, id));
    }
    found
}

/// Opens a block that lacks its brace, and says so.
fn opened(tree: &mut Tree, text: &str, id: NodeId) -> Diagnostic {
    let end = tree.node(id).end;
    let span = Span { file: tree.file, start: end, end };
    let message = match tree.node(id).kind.word() {
        "" => "the block of this line lacks its `{`".to_owned(),
        word => format!("the block of this `{word}` lacks its `{{`"),
    };
    if let Some(node) = tree.nodes.get_mut(id as usize) {
        node.open = Some(narrow(text.floor_char_boundary(end as usize - 1)));
        node.broken = true;
    }
    Diagnostic::new(&codes::MALFORMED_STATEMENT, span, message)
        .label("expected `{`")
        .help("put `{` behind this line; what stands in its block follows")
        .replace_with(" {")
}

/// Takes back braces that stand twice where a line begins, as many as close nothing.
fn take_doubled(closes: &mut Vec<(u32, u32)>, text: &str, file: FileId, most: usize) -> Vec<Diagnostic> {
    let (mut found, mut before) = (Vec::new(), None);
    closes.retain(|(_, at)| {
        let is_second = at.checked_sub(1).is_some_and(|first| before == Some(first) && indent(text, first).is_some());
        before = Some(*at);
        if is_second && found.len() < most {
            let place = Span { file, start: *at, end: *at + 1 };
            found.push(
                Diagnostic::new(&codes::STRAY_BRACE, place, "a second brace closes this block")
                    .label("one is enough")
                    .help("delete it")
                    .perhaps(""),
            );
            return false;
        }
        true
    });
    found
}

/// How many lines are looked at for the brace that closes a block which lacks its own.
const LOOKED_AT: usize = 1_000_000;

/// Opens blocks that lack their brace, as many as braces close nothing: those behind whose line deeper lines follow, up to
/// a brace with the indent of the line.
fn open_by_layout(tree: &mut Tree, text: &str, closes: &[(u32, u32)], most: usize) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let (count, mut looks) = (narrow(tree.nodes.len()), LOOKED_AT);
    for id in 0..count.saturating_sub(1) {
        let node = tree.node(id);
        // A word that is misspelt may have lost its brace as well.
        let is_one = node.kind.row().is_some() || node.kind == Kind::Other;
        let may_hold = node.open.is_none() && is_one && node.end > node.start;
        let Some(line) = indent(text, node.start).filter(|_| may_hold && found.len() < most) else { continue };
        let kind = node.kind;
        let is_deeper = |next: &NodeId| indent(text, tree.node(*next).start).is_none_or(|indent| indent > line);
        let inside = (id + 1..count).take_while(is_deeper).take(looks).count();
        looks = looks.saturating_sub(inside);
        let last = id + narrow(inside);
        let is_known = kind != Kind::Other;
        if last == id || is_known && !tree.node(id + 1).kind.may_stand_in(Some(kind)) {
            continue;
        }
        let first = closes.partition_point(|(before, _)| *before <= id);
        let (mut open, mut next) = (0_usize, id + 1);
        let mut closing = closes[first..].iter().take_while(|(before, _)| *before <= last + 1);
        let is_own = closing.any(|(before, at)| {
            open += (next..*before).filter(|inner| tree.node(*inner).open.is_some()).count();
            next = *before;
            let is_own = open == 0 && next > id + 1 && indent(text, *at) == Some(line);
            open = open.saturating_sub(1);
            is_own
        });
        if is_own {
            found.push(opened(tree, text, id));
        }
    }
    found
}

/// Takes back lines that open a block and stand there twice, as many as blocks are not closed; says how many.
fn close_doubled(tree: &mut Tree, text: &str, most: usize, found: &mut Findings) -> usize {
    let mut count = 0;
    for id in (1..narrow(tree.nodes.len())).filter(|_| most > 0) {
        let (first, second) = (tree.head(id - 1), tree.head(id));
        let is_open = |id: NodeId| tree.node(id).open.is_some();
        let is_known = tree.node(id).kind.row().is_some();
        if count == most || !is_known || !is_open(id - 1) || !is_open(id) || text[first.range()] != text[second.range()]
        {
            continue;
        }
        let line = Span { end: second.start, ..first };
        count += 1;
        found.push(
            Diagnostic::new(
                &codes::UNCLOSED_BLOCK,
                first,
                format!("this `{}` begins twice", tree.node(id).kind.word()),
            )
            .label("the same line follows")
            .also(second, "the second time")
            .help("delete one of the two lines")
            .with_edit(line, ""),
        );
        if let Some(node) = tree.nodes.get_mut(id as usize - 1) {
            (node.open, node.kind, node.broken) = (None, Kind::Garbage, true);
        }
    }
    count
}

/// Takes what stands too deep out of the blocks that are one too many, so that nobody goes deeper than is allowed.
fn flatten(tree: &mut Tree) {
    let mut around: Vec<(NodeId, NodeId)> = Vec::new();
    for (id, node) in (0..).zip(&mut tree.nodes) {
        while around.last().is_some_and(|(_, end)| *end <= id) {
            around.pop();
        }
        node.parent = around.last().map(|(open, _)| *open);
        if around.len() < DEPTH {
            around.push((id, node.subtree_end));
        } else {
            node.subtree_end = id + 1;
        }
    }
}

/// What one reading of the braces finds wrong.
#[derive(Default)]
struct Reading {
    unclosed: Vec<NodeId>,
    stray: Vec<u32>,
    /// Lines that may stand outside of the block but not inside, and are indented as if they stood outside.
    misplaced: usize,
    deep: Option<NodeId>,
}

impl Reading {
    fn mistakes(&self) -> usize {
        self.unclosed.len() + self.stray.len() + self.misplaced
    }

    fn report(self, tree: &Tree, text: &str) -> Vec<Diagnostic> {
        let mut diagnostics = Findings::default();
        let mut edits = 0..CLOSED;
        for node in self.unclosed {
            let open = tree.node(node).open.unwrap_or(tree.node(node).start);
            let span = Span::new(tree.file, open as usize, text.ceil_char_boundary(open as usize + 1));
            let word = tree.node(node).kind.word();
            let block = if word.is_empty() { "this block".to_owned() } else { format!("the block of this `{word}`") };
            let diagnostic = Diagnostic::new(&codes::UNCLOSED_BLOCK, span, format!("{block} is never closed"))
                .label("opened here")
                .help("close it with `}` behind its last line");
            let edit = edits.next().map(|_| closing(tree, text, node));
            diagnostics.push(Diagnostic { edit, ..diagnostic });
        }
        for at in self.stray {
            let span = Span { file: tree.file, start: at, end: at + 1 };
            diagnostics.push(
                Diagnostic::new(&codes::STRAY_BRACE, span, "this brace closes nothing")
                    .label("no block is open here")
                    .help("delete it, or look above for the `{` that it should close")
                    .perhaps(""),
            );
        }
        if let Some(node) = self.deep {
            diagnostics.push(
                Diagnostic::new(
                    &codes::DEEP_NESTING,
                    tree.head(node),
                    format!("more than {DEPTH} blocks stand in each other"),
                )
                .label("too deep")
                .help("end some blocks before this line; a real model needs five or six levels"),
            );
        }
        diagnostics.into_kept()
    }
}

/// For how many blocks it is said where they end: with more, a file is broken in another way.
const CLOSED: usize = 100;

/// The brace that a block lacks, behind the last line that stands in it.
fn closing(tree: &Tree, text: &str, block: NodeId) -> Edit {
    let inside = (block..tree.node(block).subtree_end).map(|id| tree.node(id));
    let end = inside.map(|node| node.end.max(node.open.map_or(0, |at| at + 1)).max(node.close.map_or(0, |at| at + 1)));
    let end = end.max().unwrap_or_default() as usize;
    let line = end + text[end..].find('\n').unwrap_or(text.len() - end);
    let line = line - usize::from(text[..line].ends_with('\r'));
    let indent = indent_of_line(text, tree.node(block).start);
    let start = text[..tree.node(block).start as usize].rfind('\n').map_or(0, |at| at + 1);
    let brace = format!("\n{}}}", &text[start..start + indent]);
    Edit { span: Span::new(tree.file, line, line), text: brace, is_certain: false }
}

fn run(tree: &mut Tree, text: &str, closes: &[(u32, u32)], by_indent: bool, is_cut_off: bool) -> Reading {
    let mut reading = Reading::default();
    let mut stack: Vec<NodeId> = Vec::new();
    let mut closes = closes.iter().peekable();
    let count = narrow(tree.nodes.len());
    let needs_layout = by_indent;
    for id in 0..=count {
        while let Some(&(_, at)) = closes.next_if(|(before, _)| *before <= id) {
            if needs_layout {
                end_deeper_blocks(tree, text, &mut stack, id, at, &mut reading);
            }
            match stack.pop() {
                Some(open) => close(tree, open, id, Some(at)),
                None => reading.stray.push(at),
            }
        }
        if id == count {
            break;
        }
        let (kind, start) = (tree.node(id).kind, tree.node(id).start);
        if !stack.is_empty() && needs_look(tree, &stack, kind) {
            let indent = indent(text, start);
            let outside = |stack: &[NodeId], depth: usize| {
                let inner = tree.node(stack[depth]);
                let parent = (depth > 0).then(|| tree.node(stack[depth - 1]).kind);
                fits(kind, parent)
                    && !stands_inside(kind, inner.kind)
                    && indent.is_some_and(|indent| self::indent_of_line(text, inner.start) >= indent)
            };
            // The outermost block that this line ends; all blocks in it end too. Deeper than is allowed nobody looks.
            let ended = (0..stack.len().min(DEPTH)).find(|depth| outside(&stack, *depth));
            if let Some(depth) = ended {
                if by_indent {
                    for open in stack.split_off(depth).into_iter().rev() {
                        reading.unclosed.push(open);
                        close(tree, open, id, None);
                    }
                } else {
                    reading.misplaced += 1;
                }
            }
        }
        if stack.len() > DEPTH && reading.deep.is_none() {
            reading.deep = Some(id);
        }
        let parent = stack.last().copied();
        let node = &mut tree.nodes[id as usize];
        node.parent = parent;
        node.subtree_end = id + 1;
        node.close = None;
        if node.open.is_some() {
            stack.push(id);
        }
    }
    for open in stack.into_iter().rev() {
        if !is_cut_off {
            reading.unclosed.push(open);
        }
        close(tree, open, count, None);
    }
    reading.unclosed.sort_unstable();
    reading
}

fn close(tree: &mut Tree, open: NodeId, end: NodeId, at: Option<u32>) {
    if let Some(node) = tree.nodes.get_mut(open as usize) {
        node.subtree_end = end.max(open + 1);
        node.close = at;
    }
}

/// A closing brace at the start of a line closes the block whose line has its indent; deeper ones were forgotten.
fn end_deeper_blocks(tree: &mut Tree, text: &str, stack: &mut Vec<NodeId>, id: NodeId, at: u32, reading: &mut Reading) {
    let Some(indent) = indent(text, at) else { return };
    let line = |open: &NodeId| indent_of_line(text, tree.node(*open).start);
    let Some(depth) = stack.iter().rposition(|open| line(open) == indent) else { return };
    if stack[depth + 1..].iter().all(|open| line(open) > indent) {
        for open in stack.split_off(depth + 1).into_iter().rev() {
            reading.unclosed.push(open);
            close(tree, open, id, None);
        }
    }
}

/// Whether a line needs a second look: it cannot stand where the braces put it.
fn needs_look(tree: &Tree, stack: &[NodeId], kind: Kind) -> bool {
    stack.last().is_some_and(|inner| !stands_inside(kind, tree.node(*inner).kind))
}

fn stands_inside(kind: Kind, parent: Kind) -> bool {
    // The lines of a crosswalk begin with ids, any word may be one; only a word of the file level ends its block.
    if parent == Kind::Crosswalk {
        return matches!(kind, Kind::Line | Kind::Other) || kind.may_stand_in(Some(parent)) || !kind.may_stand_in(None);
    }
    matches!(parent, Kind::Other | Kind::Garbage) && !kind.may_stand_in(None) || fits(kind, Some(parent))
}

fn fits(kind: Kind, parent: Option<Kind>) -> bool {
    match kind {
        // What it is has yet to be found out; it gives no reason to end a block.
        Kind::Other | Kind::Garbage | Kind::FieldValue => parent.is_some(),
        _ => kind.may_stand_in(parent),
    }
}

/// The indent of a place that is the first on its line.
fn indent(text: &str, at: u32) -> Option<usize> {
    let before = &text[..at as usize];
    // Not by way of the start of the line: it may be far away.
    let line_before = before.trim_end_matches([' ', '\t']);
    (line_before.is_empty() || line_before.ends_with('\n')).then_some(before.len() - line_before.len())
}

/// The indent of the line on which a place stands.
fn indent_of_line(text: &str, at: u32) -> usize {
    let before = &text[..at as usize];
    let line = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
    line.len() - line.trim_start_matches([' ', '\t']).len()
}
