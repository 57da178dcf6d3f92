//! What a change of a text does to the statement of a process: which of its texts are others, and which links.

use super::relinked::Links;
use crate::diagnostic::Diagnostic;
use crate::index::Idx;
use crate::model::{Process, Text};
use crate::source::{Sources, text};
use crate::span::{FileId, Span};
use crate::syntax::statements::Kind;
use crate::syntax::tree::{Arg, NodeId, Role, Tree};
use crate::syntax::{self, Change};

/// A text of which a compilation knows the state before a change.
#[derive(Clone, Copy)]
pub struct Edit<'a> {
    /// The tree that was compiled.
    pub old: &'a Tree,
    /// That of the text as it is now.
    pub new: &'a Tree,
    /// The text as it is now.
    pub text: &'a str,
    /// What its syntax has to say.
    pub syntax: &'a [Diagnostic],
    /// The change between the two.
    pub change: Change,
}

/// A text before and after the change.
pub(super) struct Wording {
    pub old: Text,
    pub new: Text,
}

/// What a statement says otherwise.
#[derive(Default)]
pub(super) struct Differences {
    pub wordings: Vec<Wording>,
    /// The outcomes with other links.
    pub relinked: Vec<NodeId>,
}

impl Edit<'_> {
    /// The process within whose statement the change is, where it has the same shape in both trees, the links of its
    /// outcomes aside.
    pub(super) fn statement(&self) -> Option<NodeId> {
        let Edit { old, new, change, .. } = self;
        let last = old.before(change.start).last()?;
        let node = std::iter::once(last).chain(old.around(last)).find(|node| old.node(*node).kind == Kind::Process)?;
        let whole = old.whole(node).range();
        let is_within = whole.start < change.start && change.start + change.removed < whole.end;
        let is_sound = |tree: &Tree| tree.is_orderly && !tree.is_cut_off && tree.meant.is_empty();
        let is_whole = is_within && is_sound(old) && is_sound(new) && old.nodes.len() == new.nodes.len();
        let same = |id: NodeId| {
            let (one, other) = (old.node(id), new.node(id));
            one.kind == other.kind
                && one.parent == other.parent
                && one.subtree_end == other.subtree_end
                && one.open.is_some() == other.open.is_some()
                && one.close.is_some() == other.close.is_some()
                && !(one.broken || other.broken)
        };
        let nodes = node..old.node(node).subtree_end;
        let elsewhere = |tree: &Tree| tree.args.len() - nodes.clone().map(|id| tree.args(id).len()).sum::<usize>();
        let is_same = is_whole && nodes.clone().all(same) && elsewhere(old) == elsewhere(new);
        is_same.then_some(node)
    }

    /// What differs in a statement, where it is nothing but plain texts and links. The new texts are in a file that holds the
    /// statement alone.
    pub(super) fn differences(&self, sources: &Sources, node: NodeId, file: FileId) -> Option<Differences> {
        let Edit { old, new, text, .. } = *self;
        let start = new.node(node).start;
        let written = |arg: &Arg| text.get(arg.start as usize..arg.end as usize);
        let mut found = Differences::default();
        for id in node..old.node(node).subtree_end {
            let (before, now) = (old.args(id), new.args(id));
            let is_as_it_was = |one: &Arg, other: &Arg| {
                one.role == other.role
                    && (one.role == Role::Reason || Some(sources.as_written(old.span(one))) == written(other))
            };
            let links = (before.iter().filter(|arg| is_of_link(arg)), now.iter().filter(|arg| is_of_link(arg)));
            let is_relinked = old.node(id).kind == Kind::Outcome
                && (links.0.clone().count() != links.1.clone().count()
                    || !links.0.clone().zip(links.1.clone()).all(|(one, other)| is_as_it_was(one, other)));
            if is_relinked {
                let is_reason = |arg: &&Arg| arg.role == Role::Reason;
                let mut reasons = links.0.filter(is_reason).map(|arg| Some(sources.as_written(old.span(arg))));
                let mut new_reasons = links.1.filter(is_reason).map(written);
                let is_mute = |literal: Option<&str>| {
                    literal.is_some_and(|literal| is_plain(literal) && targets(literal).is_empty())
                };
                if !reasons.all(is_mute) || !new_reasons.all(is_mute) {
                    return None;
                }
                found.relinked.push(id);
            }
            let stays = |arg: &&Arg| !(is_relinked && is_of_link(arg));
            let (mut before, mut now) = (before.iter().filter(stays), now.iter().filter(stays));
            loop {
                let (one, other) = match (before.next(), now.next()) {
                    (Some(one), Some(other)) if one.role == other.role => (one, other),
                    (None, None) => break,
                    _ => return None,
                };
                let (before, now) = (sources.as_written(old.span(one)), written(other)?);
                if before == now {
                    continue;
                }
                if !one.role.is_text() || !is_plain(before) || !is_plain(now) || targets(before) != targets(now) {
                    return None;
                }
                let new = Span { file, start: other.start - start, end: other.end - start };
                found.wordings.push(Wording { old: old.span(one), new });
            }
        }
        Some(found)
    }

    /// The statement as it is now, by itself: in a file that holds it alone, with its statements by the same numbers from 0.
    fn alone(&self, node: NodeId, file: FileId) -> Option<Tree> {
        let whole = self.new.whole(node);
        let (part, found) = syntax::parse(file, self.text.get(whole.range())?);
        let nodes = node..self.new.node(node).subtree_end;
        let moved = |arg: &Arg| Arg { start: arg.start - whole.start, end: arg.end - whole.start, ..*arg };
        let same = |(id, own): (NodeId, NodeId)| {
            self.new.node(id).kind == part.node(own).kind
                && self.new.args(id).iter().map(moved).eq(part.args(own).iter().copied())
        };
        let is_same = found.is_empty() && nodes.len() == part.nodes.len() && nodes.zip(0..).all(same);
        is_same.then_some(part)
    }

    /// The outcomes of a process that have other links, with their statements before and now.
    pub(super) fn links(&self, node: NodeId, file: FileId, old: &Process, relinked: &[NodeId]) -> Option<Links<'_>> {
        let outcome = |id: &NodeId| {
            let head = self.old.head(*id);
            let at = old.outcomes.iter().position(|outcome| outcome.origin.span == head)?;
            Some((Idx::new(at), [*id, *id - node]))
        };
        let outcomes = relinked.iter().map(outcome).collect::<Option<_>>()?;
        Some(Links { old: self.old, new: self.alone(node, file)?, outcomes })
    }

    /// The same at the place of the old text where its statement begins, to see what holds it.
    pub(super) fn moved_back(&self, found: &Diagnostic, file: FileId, now: Span) -> Diagnostic {
        let back = |span: Span| match self.new.at((now.start + span.start) as usize) {
            Some(node) if span.file == file => self.old.head(node),
            _ => span,
        };
        let mut found = found.clone();
        found.primary.span = back(found.primary.span);
        found.begins = found.begins.map(back);
        found
    }
}

/// Whether an argument of an outcome says what it is linked to, or why.
fn is_of_link(arg: &Arg) -> bool {
    matches!(arg.role, Role::Satisfies | Role::Partly | Role::Ref | Role::Partner | Role::Reason)
}

/// Whether a text is on one line, says something, and holds no mark that more than the checks read.
fn is_plain(literal: &str) -> bool {
    literal.len() > 2
        && literal.starts_with('"')
        && !literal.starts_with("\"\"\"")
        && !literal.contains(['\n', '\r', '\\'])
        && !literal.contains("![")
        && text::open_reference(literal).is_none()
        && literal.contains(char::is_alphanumeric)
}

/// What a text names in brackets.
fn targets(literal: &str) -> Vec<String> {
    text::references(literal).into_iter().map(|(target, _)| target).collect()
}
