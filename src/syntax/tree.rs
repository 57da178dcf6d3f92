//! The syntax tree of a file: statements in the order of the text, each with its arguments and its block.
//!
//! The tree is flat: a statement is followed by those in its block, so that walking it needs no recursion, and a
//! million statements need no million allocations.

use std::ops::Range;

use crate::source::Meant;
use crate::span::{FileId, Span, narrow};

pub use super::shape::Role;
use super::table::Kind;

/// A statement, by its position in the tree.
pub type NodeId = u32;

/// An argument of a statement: a word, a text, or the mark of a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arg {
    /// What it is for.
    pub role: Role,
    /// Its first byte.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
}

/// A statement.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    /// Which statement it is.
    pub kind: Kind,
    /// Whether it was malformed, reported, and saved as far as possible.
    pub broken: bool,
    /// The first byte of its first word.
    pub start: u32,
    /// One past the last byte of its head; the block follows.
    pub end: u32,
    /// The first of its arguments.
    pub first_arg: u32,
    /// The number of its arguments.
    pub args: u32,
    /// The statement in whose block it stands.
    pub parent: Option<NodeId>,
    /// One past the last statement of its block.
    pub subtree_end: NodeId,
    /// The byte of the opening brace, if it has a block.
    pub open: Option<u32>,
    /// The byte of the closing brace, if there is one.
    pub close: Option<u32>,
}

/// The tree of a file.
#[derive(Clone, Debug)]
pub struct Tree {
    /// The file.
    pub file: FileId,
    /// The statements, in the order of the text.
    pub nodes: Vec<Node>,
    /// The arguments of all statements.
    pub args: Vec<Arg>,
    /// The comments: where each begins and ends, marks included.
    pub comments: Vec<(u32, u32)>,
    /// Whether its braces match and every line stands where it may: then no indentation was looked at.
    pub is_orderly: bool,
    /// Whether a comment or a block of text is open to the end of the file, and costs what it should hold no more.
    pub is_cut_off: bool,
    /// The words that are read as others.
    pub meant: Meant,
}

impl Tree {
    /// A statement.
    ///
    /// # Panics
    /// For the id of another tree's statement.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id as usize]
    }

    /// The arguments of a statement.
    pub fn args(&self, id: NodeId) -> &[Arg] {
        let node = self.node(id);
        &self.args[node.first_arg as usize..(node.first_arg + node.args) as usize]
    }

    /// The first argument with a role.
    pub fn arg(&self, id: NodeId, role: Role) -> Option<Span> {
        self.all(id, role).next()
    }

    /// All arguments with a role.
    pub fn all(&self, id: NodeId, role: Role) -> impl Iterator<Item = Span> + '_ {
        self.args(id).iter().filter(move |arg| arg.role == role).map(|arg| self.span(arg))
    }

    /// Whether a mark is among the arguments.
    pub fn has(&self, id: NodeId, role: Role) -> bool {
        self.args(id).iter().any(|arg| arg.role == role)
    }

    /// Whether an argument of a statement is a name of a term, where it is declared or stated anew.
    pub fn is_name_of_term(&self, id: NodeId, role: Role) -> bool {
        match self.node(id).kind {
            Kind::Term | Kind::ReplaceTerm => role == Role::Title,
            Kind::Also => role == Role::Text,
            _ => false,
        }
    }

    /// The place of an argument.
    pub fn span(&self, arg: &Arg) -> Span {
        Span { file: self.file, start: arg.start, end: arg.end }
    }

    /// The place of a statement's head, without its block.
    pub fn head(&self, id: NodeId) -> Span {
        let node = self.node(id);
        Span { file: self.file, start: node.start, end: node.end }
    }

    /// The place of a statement with its block.
    pub fn whole(&self, id: NodeId) -> Span {
        let node = self.node(id);
        let last = (node.subtree_end as usize).checked_sub(1).and_then(|last| self.nodes.get(last));
        let inner = last.map_or(node.end, |last| last.end).max(node.open.map_or(0, |open| open + 1));
        let end = node.close.map_or(inner, |close| close + 1).max(node.end);
        Span { file: self.file, start: node.start, end }
    }

    /// The statements that a statement stands in, the nearest first.
    pub fn around(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.node(id).parent, |parent| self.node(*parent).parent)
    }

    /// The id of what a statement is about: of an outcome or a practice, behind that of what it stands in.
    pub fn full_id(&self, id: NodeId, text: &str) -> Option<String> {
        let own = self.arg(id, Role::Id).or_else(|| self.arg(id, Role::Number))?;
        let meant = if self.meant.is_empty() { None } else { self.meant.get(&(own.start, own.end)) };
        let own = meant.map_or_else(|| text.get(own.range()), |meant| Some(meant.as_str()))?;
        let node = self.node(id);
        match node.kind {
            Kind::Outcome | Kind::Practice | Kind::ExtendOutcome | Kind::ReplaceOutcome | Kind::ReplacePractice => {
                Some(format!("{}.{own}", self.full_id(node.parent?, text)?))
            }
            _ => Some(own.to_owned()),
        }
    }

    /// All statements.
    pub fn ids(&self) -> Range<NodeId> {
        0..narrow(self.nodes.len())
    }

    /// The statements that begin before a byte.
    pub fn before(&self, byte: usize) -> Range<NodeId> {
        0..narrow(self.nodes.partition_point(|node| (node.start as usize) < byte))
    }

    /// The last statement that begins at a byte or before it.
    pub fn at(&self, byte: usize) -> Option<NodeId> {
        self.before(byte + 1).last()
    }

    /// The statement that begins at a byte.
    pub fn begins_at(&self, byte: usize) -> Option<NodeId> {
        self.at(byte).filter(|id| self.node(*id).start as usize == byte)
    }

    /// The statement before another one in the same block.
    pub fn sibling_before(&self, id: NodeId) -> Option<NodeId> {
        let parent = self.node(id).parent;
        let mut before = id.checked_sub(1)?;
        while self.node(before).parent != parent {
            before = self.node(before).parent?;
        }
        Some(before)
    }

    /// The statements at the top of the file.
    pub fn top(&self) -> impl Iterator<Item = NodeId> + '_ {
        self.between(0, self.ids().end)
    }

    /// The statements directly in the block of a statement.
    pub fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        self.between(id + 1, self.node(id).subtree_end)
    }

    fn between(&self, from: NodeId, to: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let mut next = from;
        std::iter::from_fn(move || {
            let id = next;
            (id < to).then(|| {
                next = self.node(id).subtree_end.max(id + 1);
                id
            })
        })
    }
}
