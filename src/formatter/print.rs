//! The walk over a file that writes it anew.

use std::ops::Range;

use super::head::{self, Gap, INDENT, WIDTH};
use super::{Anchor, BYTE_ORDER_MARK, Formatted, Parsed, broken, comment_words};
use crate::source::text;
use crate::syntax::lexer::terminal;
use crate::syntax::statements::Kind;
use crate::syntax::tree::NodeId;

/// Writes a file anew; the tokens in `parts` stay as they stand.
pub(super) fn print(parsed: &Parsed<'_>, parts: &[Range<usize>]) -> Formatted {
    let mut printer = Printer {
        parsed,
        kinds: parsed.tokens.kinds.as_slice(),
        formatted: Formatted {
            text: String::with_capacity(parsed.text.len() * 9 / 8),
            broken: Vec::new(),
            anchors: Vec::new(),
        },
        comment: 0,
        end: 0,
        level: 0,
        behind_open: false,
        behind_block: false,
        behind_comment: false,
    };
    let mut parts = parts.iter().peekable();
    let (mut token, mut node) = (0, 0);
    while token < printer.kinds.len() {
        if let Some(part) = parts.next_if(|part| part.start == token) {
            printer.as_it_stands(part.clone());
            token = part.end;
            let start = |id: NodeId| parsed.tree.nodes.get(id as usize).map(|node| node.start);
            while start(node).is_some_and(|start| (start as usize) < printer.end) {
                node += 1;
            }
            continue;
        }
        match printer.kinds[token] {
            terminal::END => token += 1,
            terminal::CLOSE => {
                printer.close(token);
                token += 1;
            }
            _ if parsed.tree.nodes.len() <= node as usize => {
                printer.as_it_stands(token..printer.kinds.len());
                token = printer.kinds.len();
            }
            _ => (token, node) = printer.statement(node, token),
        }
    }
    printer.finish()
}

struct Printer<'a> {
    parsed: &'a Parsed<'a>,
    kinds: &'a [u8],
    formatted: Formatted,
    /// The next comment.
    comment: usize,
    /// Up to where the given text has been written.
    end: usize,
    /// How many blocks are open.
    level: usize,
    /// Whether a block has just begun.
    behind_open: bool,
    /// Whether a block on several lines at the top of the file has just ended.
    behind_block: bool,
    /// Whether the line has begun with comments, and holds nothing else yet.
    behind_comment: bool,
}

impl Printer<'_> {
    /// A statement, and what stands on its line; gives the token and the statement that come next.
    fn statement(&mut self, id: NodeId, token: usize) -> (usize, NodeId) {
        let past = broken::head_end(self.parsed, token);
        let has_block = self.kinds.get(past - 1) == Some(&terminal::OPEN);
        let head = token..past - 1;
        let only_child = self.only_child(id).filter(|_| has_block);
        let behind = match &only_child {
            Some(child) if child.is_label => child.width,
            _ if has_block => " {".len(),
            _ => 0,
        };
        let gaps = head::gaps(self.parsed, id, head.clone(), self.level, behind);
        let block = match only_child {
            _ if !has_block => Block::None,
            _ if self.kinds.get(past) == Some(&terminal::CLOSE) && !self.has_comment(id) => Block::Empty,
            Some(child) if child.is_label || self.fits_behind(&child, &head, &gaps) => Block::Inline(child.past),
            _ => Block::Open,
        };
        let is_large = self.level == 0 && block == Block::Open;
        self.comments(self.start_of(token), is_large);
        let set_off = (is_large || self.behind_block) && !self.behind_comment;
        self.begin_line(self.start_of(token), self.level, set_off);
        for (token, gap) in head.zip(gaps) {
            self.token(token, gap);
        }
        match block {
            Block::None => (past, id + 1),
            Block::Empty => {
                self.token(past - 1, Gap::Blanks(1));
                self.token(past, Gap::None);
                (past + 1, id + 1)
            }
            Block::Inline(end) => {
                for token in past - 1..end {
                    match self.kinds[token] {
                        terminal::END => {}
                        terminal::COMMA => self.token(token, Gap::None),
                        _ => self.token(token, Gap::Blanks(1)),
                    }
                }
                (end, id + 2)
            }
            Block::Open => {
                self.token(past - 1, Gap::Blanks(1));
                self.level += 1;
                self.behind_open = true;
                (past, id + 1)
            }
        }
    }

    /// The only statement in a block, if it may stand on the line of the statement that has the block.
    fn only_child(&self, id: NodeId) -> Option<OnlyChild> {
        let Parsed { tree, tokens, .. } = self.parsed;
        let (open, close) = (tree.node(id).open?, tree.node(id).close?);
        let mut children = tree.children(id);
        let (Some(child), None) = (children.next(), children.next()) else { return None };
        let child = tree.node(child);
        let may = matches!(child.kind, Kind::Label | Kind::Note | Kind::Allow | Kind::Other)
            && !tree.node(id).kind.is_container()
            && !child.broken
            && child.open.is_none()
            && !self.has_comment(id);
        let past = broken::token_at(self.parsed, close) + 1;
        let places = &tokens.places[broken::token_at(self.parsed, open)..past];
        let mut width = 0;
        for place in places.iter().filter(|_| may) {
            let token = self.parsed.slice(*place);
            width += if token.is_empty() { 0 } else { 1 + token.chars().count() };
            if token.contains('\n') {
                return None;
            }
        }
        may.then_some(OnlyChild { is_label: child.kind == Kind::Label, width, past })
    }

    fn has_comment(&self, id: NodeId) -> bool {
        let Parsed { tree, .. } = self.parsed;
        let (Some(open), Some(close)) = (tree.node(id).open, tree.node(id).close) else { return false };
        let next = tree.comments.partition_point(|comment| comment.0 < open);
        tree.comments.get(next).is_some_and(|comment| comment.0 < close)
    }

    fn fits_behind(&self, child: &OnlyChild, head: &Range<usize>, gaps: &[Gap]) -> bool {
        !gaps.iter().any(|gap| matches!(gap, Gap::Line(_)))
            && head::last_width(self.parsed, head.clone(), gaps, self.level) + child.width <= WIDTH
    }

    fn close(&mut self, token: usize) {
        self.comments(self.start_of(token), false);
        self.level = self.level.saturating_sub(1);
        self.behind_open = false;
        self.anchor();
        self.new_line(self.level);
        self.write_token(token);
        self.behind_block = self.level == 0;
    }

    /// Comments up to a place where a statement or a brace begins, each where it stands: behind what it follows on the
    /// same line, or on lines of its own. Those right above a large block at the top of a file are set off with it.
    fn comments(&mut self, until: usize, is_large: bool) {
        let all = &self.parsed.tree.comments;
        let past = self.comment + all[self.comment..].partition_point(|comment| (comment.0 as usize) < until);
        // Counted from the statement upwards: the comments between which there is no blank line.
        let mut set_off = past;
        let mut below = until;
        while is_large && set_off > self.comment && !self.is_blank_between(all[set_off - 1].1 as usize, below) {
            below = all[set_off - 1].0 as usize;
            set_off -= 1;
        }
        while self.comment < past {
            let (start, end) = all[self.comment];
            let (start, end) = (start as usize, end as usize);
            let follows = self.end > 0 && !self.breaks_between(self.end, start);
            if follows {
                self.formatted.text.push(' ');
            } else {
                self.begin_line(start, self.level, self.behind_block || self.comment == set_off && is_large);
            }
            let begins_line = !follows || self.behind_comment;
            self.write_comment(start, end);
            self.behind_comment = begins_line;
            self.comment += 1;
        }
    }

    /// Begins the line of a statement or a comment, with a blank line above where there is one, or one is wanted.
    fn begin_line(&mut self, start: usize, level: usize, set_off: bool) {
        if self.behind_comment && !self.breaks_between(self.end, start) {
            self.formatted.text.push(' ');
        } else {
            self.anchor();
            let is_set_off = set_off || self.is_blank_between(self.end, start) && !self.behind_open;
            if is_set_off && !self.formatted.text.is_empty() {
                self.formatted.text.push('\n');
            }
            self.new_line(level);
        }
        self.behind_open = false;
        self.behind_block = false;
        self.behind_comment = false;
    }

    /// A token of a statement, and the comments before it.
    fn token(&mut self, token: usize, gap: Gap) {
        let start = self.start_of(token);
        let mut must_break = false;
        while let Some((from, to)) = self.next_comment(start) {
            let follows = !self.breaks_between(self.end, from);
            if follows {
                self.formatted.text.push(' ');
            } else {
                self.new_line(self.level + 1);
            }
            self.write_comment(from, to);
            self.comment += 1;
            must_break = self.breaks_between(to, start);
        }
        match gap {
            Gap::Line(level) => self.new_line(level),
            _ if must_break => {
                let is_brace = self.kinds[token] == terminal::OPEN;
                self.new_line(if is_brace { self.level } else { self.level + 1 });
            }
            Gap::Blanks(blanks) => self.formatted.text.extend(std::iter::repeat_n(' ', blanks)),
            Gap::None => {}
        }
        self.write_token(token);
    }

    fn next_comment(&self, until: usize) -> Option<(usize, usize)> {
        let (start, end) = *self.parsed.tree.comments.get(self.comment)?;
        ((start as usize) < until).then_some((start as usize, end as usize))
    }

    fn write_token(&mut self, token: usize) {
        let (start, end) = self.parsed.tokens.places[token];
        let literal = self.parsed.slice((start, end));
        let is_block = literal.starts_with("\"\"\"") && literal.contains('\n');
        let block = is_block.then(|| block_of_text(literal, self.indent_here() + INDENT)).flatten();
        match block {
            Some(block) => self.write(&block, end as usize),
            // A return before the one of the line break belongs to the text, and is one as long as that stays.
            None if literal.contains("\r\r\n") => self.write(literal, end as usize),
            None => self.write(&literal.replace("\r\n", "\n"), end as usize),
        }
    }

    fn write_comment(&mut self, start: usize, end: usize) {
        self.write(&comment_words(&self.parsed.text[start..end]), end);
    }

    /// Tokens that stay as they are, with their lines as far as nothing else stands on them.
    fn as_it_stands(&mut self, part: Range<usize>) {
        let text = self.parsed.text;
        let first = self.start_of(part.start);
        self.comments(first, false);
        let mut end = self.parsed.tokens.places[part.end - 1].1 as usize;
        // What is open to the end of the file holds the white space there.
        let is_cut_off = self.parsed.tokens.is_cut_off && part.end == self.kinds.len();
        // A comment behind the next word belongs to that, though it may stand on the same line.
        let behind = (part.end..self.kinds.len()).find(|token| self.kinds[*token] != terminal::END);
        let next = behind.map_or(text.len(), |token| self.start_of(token));
        while let Some((from, to)) = self.next_comment(next) {
            if from >= end && self.breaks_between(end, from) && !is_cut_off {
                break;
            }
            end = end.max(to);
            self.comment += 1;
        }
        let rest = &text[end..];
        let blank = rest.len() - rest.trim_start_matches([' ', '\t', '\r']).len();
        if is_cut_off {
            end = text.len();
        } else if rest[blank..].starts_with('\n') {
            end += blank;
        }
        let indent = text[..first].len() - text[..first].trim_end_matches([' ', '\t']).len();
        let begins_line = text[..first - indent].ends_with('\n') || first == indent;
        let set_off = self.behind_block && self.level == 0;
        if begins_line {
            self.begin_line(first, 0, set_off);
            self.formatted.text.push_str(&text[first - indent..first]);
        } else {
            self.begin_line(first, self.level, set_off);
        }
        self.formatted.text.push_str(&text[first..end]);
        self.formatted.broken.push(first..end);
        self.end = end;
        self.behind_block = false;
    }

    fn finish(mut self) -> Formatted {
        self.comments(self.parsed.text.len(), false);
        self.anchor();
        let is_cut_off = self.parsed.tokens.is_cut_off;
        if !self.formatted.text.is_empty() && !is_cut_off && !self.formatted.text.ends_with('\n') {
            self.formatted.text.push('\n');
        }
        self.stay_behind_white_space();
        self.formatted
    }

    /// U+FEFF behind white space is no byte-order mark, and would be one at the head of the file.
    fn stay_behind_white_space(&mut self) {
        if self.parsed.text.starts_with(BYTE_ORDER_MARK) || !self.formatted.text.starts_with(BYTE_ORDER_MARK) {
            return;
        }
        self.formatted.text.insert(0, '\n');
        for anchor in self.formatted.anchors.iter_mut().filter(|anchor| anchor.made > 0) {
            anchor.made += 1;
        }
    }

    /// Writes what stands in the given text up to `end`.
    fn write(&mut self, anew: &str, end: usize) {
        self.formatted.text.push_str(anew);
        self.end = end;
        self.behind_comment = false;
    }

    fn new_line(&mut self, level: usize) {
        if !self.formatted.text.is_empty() {
            self.formatted.text.push('\n');
        }
        self.formatted.text.extend(std::iter::repeat_n(' ', level * INDENT));
    }

    fn anchor(&mut self) {
        self.formatted.anchors.push(Anchor { given: self.end, made: self.formatted.text.len() });
    }

    fn start_of(&self, token: usize) -> usize {
        self.parsed.tokens.places[token].0 as usize
    }

    /// The indentation of the line under way.
    fn indent_here(&self) -> usize {
        let text = &self.formatted.text;
        let line = &text[text.rfind('\n').map_or(0, |at| at + 1)..];
        line.len() - line.trim_start_matches(' ').len()
    }

    fn breaks_between(&self, from: usize, to: usize) -> bool {
        self.parsed.text.get(from..to).is_some_and(|between| between.contains('\n'))
    }

    fn is_blank_between(&self, from: usize, to: usize) -> bool {
        self.parsed.text.get(from..to).is_some_and(|between| between.matches('\n').nth(1).is_some())
    }
}

/// A statement that is alone in a block.
struct OnlyChild {
    is_label: bool,
    /// How wide the block is on one line, with the blank before it.
    width: usize,
    /// One past the token that closes the block.
    past: usize,
}

/// How the block of a statement is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Block {
    None,
    /// `{}`
    Empty,
    /// On the line of the statement; with one past the token that closes it.
    Inline(usize),
    /// On lines of its own.
    Open,
}

/// A block of text with its lines moved to an indentation; `None` where it would say something else.
fn block_of_text(literal: &str, indent: usize) -> Option<String> {
    let margin = " ".repeat(indent);
    let mut block = String::with_capacity(literal.len() + 16);
    block.push_str("\"\"\"");
    for line in text::lines_of_block(literal) {
        block.push('\n');
        if !line.trim().is_empty() {
            block.push_str(&margin);
            block.push_str(line);
        }
    }
    block.push('\n');
    block.push_str(&margin);
    block.push_str("\"\"\"");
    (text::pieces(&block) == text::pieces(literal)).then_some(block)
}
