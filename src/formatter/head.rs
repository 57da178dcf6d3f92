//! The lines of one statement: where its head is broken.
//!
//! A line may begin with a quote, with the word of a clause, or behind a comma, and nowhere else.
//! Links, and what a practice does, always have lines of their own; the rest is broken where it is too long.

use std::ops::Range;

use super::Parsed;
use crate::syntax::lexer::{begins_clause, terminal};
use crate::syntax::statements::{Kind, clause_word, standing_in};
use crate::syntax::tree::{Arg, NodeId, Role};

/// How long a line may be, in characters, if it can be broken at all.
pub(super) const WIDTH: usize = 120;

/// What one level indents.
pub(super) const INDENT: usize = 2;

/// What stands before a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// Nothing.
    None,
    /// Blanks; more than one where texts stand in a column.
    Blanks(usize),
    /// A line break, and as many levels of indentation.
    Line(usize),
}

/// Where a head may be broken, what is broken first before the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Break {
    Always,
    /// Before the word of a clause, or a second text.
    Clause,
    /// Before what belongs to a clause.
    Part,
    /// Behind a comma.
    Comma,
    Never,
}

/// The gaps before the tokens of a head, for a statement in a block of so many levels; `behind` is the width of what
/// follows on the line.
pub(super) fn gaps(parsed: &Parsed<'_>, id: NodeId, tokens: Range<usize>, level: usize, behind: usize) -> Vec<Gap> {
    let kinds = &parsed.tokens.kinds[tokens.clone()];
    let mut gaps = vec![Gap::Blanks(1); kinds.len()];
    for (gap, kind) in gaps.iter_mut().zip(kinds) {
        if *kind == terminal::COMMA {
            *gap = Gap::None;
        }
    }
    if let Some(gap) = gaps.first_mut() {
        *gap = Gap::None;
    }
    if let (Some(gap), Some(width)) = (gaps.get_mut(1), column(parsed, id)) {
        *gap = Gap::Blanks(width.saturating_sub(parsed.tree.node(id).kind.word().len()).max(1));
    }
    let widths = widths(parsed, tokens.clone());
    // A block of text stands in no column.
    if widths.get(1).is_some_and(|width| width.is_block) {
        gaps[1] = Gap::Blanks(1);
    }
    let mut head = Head { breaks: breaks(parsed, id, tokens), widths, gaps, behind };
    let mut start = 0;
    let mut level_here = level;
    for end in 1..=head.breaks.len() {
        if head.breaks.get(end).is_none_or(|found| *found == Break::Always) {
            head.fit(start..end, level_here, Break::Clause);
            if let Some(gap) = head.gaps.get_mut(end) {
                *gap = Gap::Line(level + 1);
            }
            (start, level_here) = (end, level + 1);
        }
    }
    head.gaps
}

/// How wide the last line of a head is.
pub(super) fn last_width(parsed: &Parsed<'_>, tokens: Range<usize>, gaps: &[Gap], level: usize) -> usize {
    let mut width = level * INDENT;
    for (gap, token) in gaps.iter().zip(widths(parsed, tokens)) {
        width = match gap {
            Gap::None => width + token.width,
            Gap::Blanks(_) if token.is_block => INDENT * (level + 1) + token.width,
            Gap::Blanks(blanks) => width + blanks + token.width,
            Gap::Line(level) => level * INDENT + token.width,
        };
    }
    width
}

struct Head {
    breaks: Vec<Break>,
    widths: Vec<Width>,
    gaps: Vec<Gap>,
    behind: usize,
}

impl Head {
    /// Breaks a line that is too long, first where `by` says, and what is still too long further down.
    fn fit(&mut self, line: Range<usize>, level: usize, by: Break) {
        if by == Break::Never || self.width(line.clone(), level) <= WIDTH {
            return;
        }
        let next = match by {
            Break::Clause => Break::Part,
            Break::Part => Break::Comma,
            _ => Break::Never,
        };
        let (mut start, mut level_here) = (line.start, level);
        for end in line.start + 1..=line.end {
            if end == line.end || self.breaks[end] == by {
                self.fit(start..end, level_here, next);
                if end < line.end {
                    self.gaps[end] = Gap::Line(level + 1);
                }
                (start, level_here) = (end, level + 1);
            }
        }
    }

    /// How wide the line would be. A block of text ends it with its opening mark; another begins with the closing one.
    fn width(&self, line: Range<usize>, level: usize) -> usize {
        let (mut widest, mut width) = (0, level * INDENT);
        for at in line.clone() {
            if let (Gap::Blanks(blanks), true) = (self.gaps[at], at > line.start) {
                width += blanks;
            }
            let token = &self.widths[at];
            width += token.width;
            if token.is_block {
                widest = widest.max(width);
                width = (level + 1) * INDENT + token.width;
            }
        }
        if line.end == self.widths.len() {
            width += self.behind;
        }
        widest.max(width)
    }
}

/// How wide a token is; of a block of text, its marks.
struct Width {
    width: usize,
    is_block: bool,
}

fn widths(parsed: &Parsed<'_>, tokens: Range<usize>) -> Vec<Width> {
    let width = |place: &(u32, u32)| {
        let text = parsed.slice(*place);
        let is_block = text.starts_with("\"\"\"") && text.contains('\n');
        let width = if is_block { 3 } else { text.chars().count() };
        Width { width, is_block }
    };
    parsed.tokens.places[tokens].iter().map(width).collect()
}

/// In some blocks the texts stand in a column, whatever stands beside them: where it begins, in characters behind the
/// first of the word.
fn column(parsed: &Parsed<'_>, id: NodeId) -> Option<usize> {
    let node = parsed.tree.node(id);
    let parent = parsed.tree.node(node.parent?).kind;
    node.kind.row().filter(|row| row.column)?;
    standing_in(Some(parent)).filter(|row| row.column).map(|row| row.word.len() + 1).max()
}

/// Where a head may be broken: an entry for each of its tokens, for the place before it.
fn breaks(parsed: &Parsed<'_>, id: NodeId, tokens: Range<usize>) -> Vec<Break> {
    let kind = parsed.tree.node(id).kind;
    let mut args = parsed.tree.args(id).iter().peekable();
    let mut breaks = Vec::with_capacity(tokens.len());
    let mut texts = 0;
    let mut previous = None;
    for token in tokens {
        let place = parsed.tokens.places[token];
        let terminal = parsed.tokens.kinds[token];
        let role = args.next_if(|arg: &&Arg| arg.start == place.0).map(|arg| arg.role);
        let found = match role {
            Some(Role::Satisfies) if previous == Some(Role::Partly) => Break::Never,
            // A practice of one text reads on: `practice BP1 "Count the keys." achieves 1`.
            Some(Role::Achieves) if texts == 1 && previous == Some(Role::Text) => Break::Clause,
            Some(Role::Satisfies | Role::Partly | Role::Achieves | Role::Consumes | Role::Produces) => Break::Always,
            Some(Role::Text | Role::Title | Role::ExtraText) => {
                texts += 1;
                match (texts, kind) {
                    (1, _) => Break::Never,
                    (_, Kind::Practice | Kind::ReplacePractice) => Break::Always,
                    _ => Break::Clause,
                }
            }
            // A word in the place of an id is an id, whatever it means elsewhere.
            Some(_) => Break::Never,
            None => clause_break(kind, parsed.slice(place), terminal),
        };
        let behind_comma = token > 0 && parsed.tokens.kinds[token - 1] == terminal::COMMA;
        breaks.push(if behind_comma { Break::Comma } else { found });
        previous = role;
    }
    breaks
}

/// Before which words a clause that is too long is broken.
fn clause_break(kind: Kind, word: &str, terminal: u8) -> Break {
    match clause_word(word) {
        Some(row) if begins_clause(terminal) && row.beginning(kind).is_some() => {
            if row.is_part {
                Break::Part
            } else {
                Break::Clause
            }
        }
        _ => Break::Never,
    }
}
