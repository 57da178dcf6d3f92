//! After a keystroke: of a file whose tree is known, only the statements at its top are parsed that the change touches.
//!
//! What lies behind them moves; what lies before them stays. Where a change may reach further (a brace that does not
//! match, an open comment), there is no answer, and the file is parsed anew.

use std::cmp::Ordering;
use std::ops::Range;

use super::conflicts;
use super::lexer::terminal_of;
use super::lexer::{self, terminal};
use super::parse;
use super::parser::MENDED;
use super::statements::Kind;
use super::tree::{Arg, Node, NodeId, Tree};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::source::alike;
use crate::span::{Span, narrow};

/// A change of a text: some bytes gave way to as many others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// The first byte.
    pub start: usize,
    /// How many bytes went.
    pub removed: usize,
    /// How many came.
    pub inserted: usize,
}

impl Change {
    /// This change and then another, as one.
    #[must_use]
    pub fn then(self, next: Change) -> Change {
        let start = self.start.min(next.start);
        let end = self.start + self.inserted;
        let beyond = (next.start + next.removed).saturating_sub(end);
        let removed = self.removed + (self.start - start) + beyond;
        let inserted = end.max(next.start + next.removed) - start - next.removed + next.inserted;
        Change { start, removed, inserted }
    }
}

/// What makes the tree of a text out of that of the text before a change, and what there is to say about the text.
pub fn reparse(old: &Tree, diagnostics: &[Diagnostic], text: &str, change: Change) -> Option<(Patch, Vec<Diagnostic>)> {
    if !old.is_orderly || !old.meant.is_empty() || diagnostics.iter().any(reaches_far) || conflicts::is_there(text) {
        return None;
    }
    let Stretch { first, behind, old: from_to } = stretch(old, text, change)?;
    let delta = change.inserted.wrapping_sub(change.removed);
    let new = from_to.start..from_to.end.wrapping_add(delta);
    let slice = text.get(new.clone())?;
    if has_bent_block(slice) {
        return None;
    }
    let (part, found) = parse(old.file, slice);
    if !part.is_orderly || !part.meant.is_empty() || found.iter().any(reaches_far) || ends_open(slice) {
        return None;
    }
    let is_end = new.end == text.len();
    if found.iter().any(|found| !is_end && may_go_on(found, slice, slice.len()) || looks_above(found, &part, 0)) {
        return None;
    }
    let moves = Moves { at: narrow(from_to.start), behind: narrow(from_to.end), delta: narrow_wrapping(delta) };
    let mut all: Vec<Diagnostic> = Vec::new();
    for diagnostic in diagnostics {
        let start = diagnostic.primary.span.start as usize;
        let reaches = match start.cmp(&from_to.end) {
            Ordering::Less => start < from_to.start && may_go_on(diagnostic, text, change.start),
            // It may speak of what ends here, or of what begins.
            Ordering::Equal => true,
            Ordering::Greater => looks_above(diagnostic, old, behind),
        };
        if reaches {
            return None;
        }
        if !from_to.contains(&start) {
            let shift = if start < from_to.start { 0 } else { moves.delta };
            all.push(moved(diagnostic.clone(), shift));
        }
    }
    all.extend(found.into_iter().map(|diagnostic| moved(diagnostic, moves.at)));
    // Which of so many are kept, and which are looked at closely, only the whole file tells.
    if all.len().max(diagnostics.len()) >= MENDED {
        return None;
    }
    Some((Patch { part, first, behind, moves }, all))
}

/// Whether what is wrong changes how the rest of the file is read.
fn reaches_far(diagnostic: &Diagnostic) -> bool {
    let span = diagnostic.primary.span;
    let is_block = span.end - span.start > 1;
    let code = diagnostic.code;
    // Of what a merge left, the marks are shown that stand elsewhere.
    let is_of_merge = *code == codes::NOT_A_STATEMENT && !diagnostic.secondary.is_empty();
    is_of_merge
        || *code == codes::UNCLOSED_BLOCK
        || *code == codes::STRAY_BRACE
        || *code == codes::DEEP_NESTING
        || *code == codes::UNCLOSED_COMMENT
        || *code == codes::UNCLOSED_TEXT && is_block
        || *code == codes::LOOK_ALIKE && diagnostic.edit.as_ref().is_some_and(|edit| edit.text.starts_with("\"\"\""))
}

/// Whether a text of several lines may begin or end where its marks only look so.
fn has_bent_block(text: &str) -> bool {
    let mark = |(at, _): (usize, char)| alike::block_mark(&text[at..]).is_some();
    text.char_indices().filter(|(_, mark)| alike::is_quote(*mark) && *mark != '`').any(mark)
}

/// Whether it is of a text, open to the end of its line, that a line behind `end` could close.
fn may_go_on(diagnostic: &Diagnostic, text: &str, end: usize) -> bool {
    let rest = text.as_bytes().get(diagnostic.primary.span.start as usize..end).unwrap_or_default();
    *diagnostic.code == codes::UNCLOSED_TEXT && memchr::memchr_iter(b'\n', rest).nth(lexer::WRAPPED).is_none()
}

/// Whether it is of an id that may have been meant with that of a process which stands before a statement.
fn looks_above(diagnostic: &Diagnostic, tree: &Tree, from: NodeId) -> bool {
    let is_process = |id: NodeId| matches!(tree.node(id).kind, Kind::Process | Kind::ExtendProcess);
    let before = tree.before(diagnostic.primary.span.start as usize).end;
    *diagnostic.code == codes::MALFORMED_ID && !(from..before).any(is_process)
}

/// Whether the last statement of a text would go on with whatever follows.
fn ends_open(slice: &str) -> bool {
    // The last statement alone decides; its line is looked at with the lexer's eyes.
    let (tokens, _) = lexer::lex(crate::span::FileId(0), slice);
    let last = tokens.kinds.iter().rfind(|kind| **kind != terminal::END);
    last == Some(&terminal::COMMA)
}

/// The statements at the top of a file that a change may touch, and their bytes in the old text.
struct Stretch {
    first: NodeId,
    behind: NodeId,
    old: Range<usize>,
}

fn stretch(old: &Tree, text: &str, change: Change) -> Option<Stretch> {
    let top: Vec<NodeId> = old.top().collect();
    let start_of = |node: &NodeId| old.node(*node).start as usize;
    // A cut is made at the very start of a line only: there nothing of the line before goes on but what is open over its
    // end, and no block that lacks its brace. Of a statement that was mended, something may stand before it.
    let begins_line = |start: usize| start.checked_sub(1).is_none_or(|at| text.as_bytes().get(at) == Some(&b'\n'));
    // The statement before the one that is touched stands between the change and what stays.
    let touched = top.partition_point(|node| start_of(node) < change.start);
    let is_whole = |node: &&NodeId| begins_line(start_of(node)) && !old.node(**node).broken;
    let first = top[..touched.saturating_sub(1)].iter().rfind(is_whole);
    let (first, from) = first.map_or((0, 0), |node| (*node, start_of(node)));
    let end = change.start + change.removed;
    let delta = change.inserted.wrapping_sub(change.removed);
    let is_safe = |node: &&NodeId| {
        let statement = old.node(**node);
        let start = start_of(node);
        let word = text.get(start.wrapping_add(delta)..).unwrap_or_default();
        let word = word.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        let begins = !lexer::begins_clause(terminal_of(word)) && !word.is_empty();
        let is_known = !matches!(statement.kind, Kind::Other | Kind::Garbage | Kind::Line | Kind::FieldValue);
        begins_line(start.wrapping_add(delta)) && begins && is_known && !statement.broken
    };
    let later = top.partition_point(|node| start_of(node) <= end);
    // Two statements behind the change are tried; if neither will do, something is odd.
    match top[later..].iter().take(3).find(is_safe) {
        Some(node) => Some(Stretch { first, behind: *node, old: from..start_of(node) }),
        None if top.len() - later < 3 => {
            let length = text.len().wrapping_sub(delta);
            Some(Stretch { first, behind: narrow(old.nodes.len()), old: from..length })
        }
        None => None,
    }
}

/// How places of the old text and of the new part are moved.
struct Moves {
    /// Where the new part begins.
    at: u32,
    /// Where, in the old text, what is kept begins again.
    behind: u32,
    /// By how much that moves, modulo 2³².
    delta: u32,
}

/// Some statements at the top of a file that give way to others.
pub struct Patch {
    part: Tree,
    first: NodeId,
    behind: NodeId,
    moves: Moves,
}

impl Patch {
    /// Makes the tree of the new text out of that of the old one, in its place: a long file is not copied for a letter.
    pub fn apply(self, tree: &mut Tree) {
        let Patch { part, first, behind, moves } = self;
        let (first_at, behind_at) = (first as usize, behind as usize);
        let first_arg = |node: usize| tree.nodes.get(node).map_or(tree.args.len(), |node| node.first_arg as usize);
        let (args_before, args_behind) = (first_arg(first_at), first_arg(behind_at));
        let moved = |arg: &mut Arg, by: u32| {
            arg.start = arg.start.wrapping_add(by);
            arg.end = arg.end.wrapping_add(by);
        };
        tree.args[args_behind..].iter_mut().for_each(|arg| moved(arg, moves.delta));
        let args_shift = narrow_wrapping((args_before + part.args.len()).wrapping_sub(args_behind));
        tree.args.splice(
            args_before..args_behind,
            part.args.into_iter().map(|mut arg| {
                moved(&mut arg, moves.at);
                arg
            }),
        );
        let moved = |node: &mut Node, bytes: u32, ids: u32, args: u32| {
            node.start = node.start.wrapping_add(bytes);
            node.end = node.end.wrapping_add(bytes);
            node.open = node.open.map(|open| open.wrapping_add(bytes));
            node.close = node.close.map(|close| close.wrapping_add(bytes));
            node.first_arg = node.first_arg.wrapping_add(args);
            node.parent = node.parent.map(|parent| parent.wrapping_add(ids));
            node.subtree_end = node.subtree_end.wrapping_add(ids);
        };
        let ids_shift = (first + narrow(part.nodes.len())).wrapping_sub(behind);
        tree.nodes[behind_at..].iter_mut().for_each(|node| moved(node, moves.delta, ids_shift, args_shift));
        tree.nodes.splice(
            first_at..behind_at,
            part.nodes.into_iter().map(|mut node| {
                moved(&mut node, moves.at, first, narrow(args_before));
                node
            }),
        );
        let from = tree.comments.partition_point(|comment| comment.0 < moves.at);
        let to = tree.comments.partition_point(|comment| comment.0 < moves.behind);
        let moved = |(start, end): (u32, u32), by: u32| (start.wrapping_add(by), end.wrapping_add(by));
        tree.comments[to..].iter_mut().for_each(|comment| *comment = moved(*comment, moves.delta));
        tree.comments.splice(from..to, part.comments.into_iter().map(|comment| moved(comment, moves.at)));
    }
}

fn moved(mut diagnostic: Diagnostic, by: u32) -> Diagnostic {
    let shift = |span: &mut Span| {
        span.start = span.start.wrapping_add(by);
        span.end = span.end.wrapping_add(by);
    };
    shift(&mut diagnostic.primary.span);
    diagnostic.secondary.iter_mut().for_each(|label| shift(&mut label.span));
    diagnostic.edit.iter_mut().for_each(|edit| shift(&mut edit.span));
    diagnostic
}

/// The lower half: sums modulo 2³² come out right, whether something grew or shrank.
fn narrow_wrapping(number: usize) -> u32 {
    u32::try_from(number & u32::MAX as usize).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::random;
    use super::*;
    use crate::span::FileId;

    const FILE: &str = "// top\nuse iso\nmodel m \"M\" {\n  covers iso\n}\n\n/* two\n lines */\nprocess K.1 \"Key\" {\n  purpose \"The key.\"\n  outcome 1 \"Ä.\" satisfies R1,\n    R2\n}\nterm \"a\" \"b\" // behind\nprocess K.2 \"Two\" in G\nitem log \"Log\" kind record {\n  note \"\"\"\n    long\n    \"\"\"\n}\nomit K.3 because \"x\"\n";
    const PIECES: &[&str] = &[
        "",
        "x",
        " ",
        "\n",
        "}",
        "{",
        "\"",
        "\"\"\"",
        ",",
        "//",
        "/*",
        "*/",
        "in G\n",
        "satisfies",
        "\nterm \"c\" \"d\"\n",
        "process Z.1 \"Z\" {\n  outcome 1 \"z\"\n}\n",
        "outcom",
        "ü",
        "“““",
        "”””\n",
        "\u{c}",
    ];

    fn shown(tree: &Tree, mut diagnostics: Vec<Diagnostic>) -> String {
        crate::diagnostic::sort(&mut diagnostics);
        format!("{tree:#?}\n{diagnostics:#?}")
    }

    proptest! {
        #![proptest_config(random::cases(1500))]
        #[test]
        fn a_part_parsed_again_is_as_the_whole(
            edits in proptest::collection::vec((0_usize..FILE.len(), 0_usize..9, 0..PIECES.len()), 1..5)
        ) {
            let mut text = FILE.to_owned();
            let (mut tree, mut diagnostics) = parse(FileId(0), &text);
            let mut pending: Option<Change> = None;
            for (start, length, piece) in edits {
                let start = text.floor_char_boundary(start.min(text.len()));
                let end = text.ceil_char_boundary((start + length).min(text.len()));
                text.replace_range(start..end, PIECES[piece]);
                let change = Change { start, removed: end - start, inserted: PIECES[piece].len() };
                let change = pending.map_or(change, |earlier| earlier.then(change));
                // Now and then two changes come at once.
                if length == 3 {
                    pending = Some(change);
                    continue;
                }
                pending = None;
                let whole = parse(FileId(0), &text);
                let again = reparse(&tree, &diagnostics, &text, change);
                if let Some((patch, found)) = again {
                    let mut again = tree.clone();
                    patch.apply(&mut again);
                    prop_assert_eq!(shown(&again, found), shown(&whole.0, whole.1.clone()), "{}", text);
                }
                (tree, diagnostics) = whole;
            }
        }
    }

    /// Each gives way, at the mark, to something by which what stands behind the statement is read otherwise, or what
    /// stands before it.
    #[test]
    fn what_reaches_further_is_not_parsed_in_part() {
        for (text, old, new) in [
            // The start of a comment comes into a text, or into another comment.
            ("term \"a\" \"b¦\" /*\n*/ use iso\nuse x\n", "\"", ""),
            ("term \"a\" \"b\" ¦/*\n*/ use iso\nuse x\n", "", "//"),
            ("/* a ¦\n*/ use iso\nuse x\n", "", "*/"),
            ("term \"a\" \"b\" ¦/*\n*/ use iso\nuse x\n", "/*", ""),
            // A line far behind ends a text, or far before has one to end.
            ("term \"a\" \"b¦\"\nuse iso\nab cd\"\n", "\"", ""),
            ("note \"b\nuse a\nuse b\nuse c\nuse d\nab ¦\n", "", "cd\""),
            // A line shows that the block of one before it lacks its brace.
            ("process K.1 \"K\"\n¦use a\n  outcome 1 \"One.\"\nuse b\n", "use a", ""),
            ("process K.1 \"K\"\n  use a\n  use b\n  use c\n  ¦use d\n", "use d", "outcome 1 \"One.\""),
            // The process above makes another outcome of what is no number.
            ("process K.1 \"K\" { }\nuse a\nuse b\nuse c\noutcome ¦1 \"One.\"\n", "1", "K.1.1"),
            ("process K.¦2 \"K\" { }\nuse a\nuse b\nuse c\nuse d\noutcome K.1.2 \"One.\"\n", "2", "1"),
            // A comma too many, or a statement on the same line, stands before a statement.
            (",\nterm \"a\" \"b\"\nuse a\nuse b¦\nuse c\n", "", "c"),
            ("use a\nterm \"a\" \"b\" process K.1 \"K\"\nuse b¦\n", "", "c"),
        ] {
            let start = text.find('¦').unwrap();
            let before = text.replace('¦', "");
            assert!(before[start..].starts_with(old), "{text}");
            let after = format!("{}{new}{}", &before[..start], &before[start + old.len()..]);
            let change = Change { start, removed: old.len(), inserted: new.len() };
            let (tree, diagnostics) = parse(FileId(0), &before);
            let whole = parse(FileId(0), &after);
            if let Some((patch, found)) = reparse(&tree, &diagnostics, &after, change) {
                let mut again = tree.clone();
                patch.apply(&mut again);
                assert_eq!(shown(&again, found), shown(&whole.0, whole.1), "{after}");
            }
        }
    }

    #[test]
    fn a_keystroke_is_parsed_in_part() {
        let (tree, diagnostics) = parse(FileId(0), FILE);
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        let at = FILE.find("The key").unwrap();
        let text = FILE.replacen("The key", "The old key", 1);
        let change = Change { start: at + 4, removed: 0, inserted: 4 };
        assert!(reparse(&tree, &diagnostics, &text, change).is_some());
    }
}
