//! What a package declares beside its elements: terms, annexes, documents that it cites, and notes.

use super::{Collector, Layering, texts_of};
use crate::index::Idx;
use crate::model::{Annex, Element, Reference, Term, term_key};
use crate::resolve::heads;
use crate::resolve::ids::duplicate;
use crate::span::Span;
use crate::syntax::statements::Kind;
use crate::syntax::tree::{NodeId, Role, Tree};

impl Collector<'_> {
    /// Declares what a statement declares, if it is one of these.
    pub(super) fn beside(&mut self, tree: &Tree, node: NodeId) -> Option<()> {
        match tree.node(node).kind {
            Kind::Term => {
                let term = self.term(tree, node);
                self.package.model.terms.extend(term);
                Some(())
            }
            Kind::ReplaceTerm => {
                let because = tree.arg(node, Role::Reason);
                let term = self.term(tree, node);
                self.layering.extend(term.map(|term| Layering::Term { term, because }));
                Some(())
            }
            Kind::Annex => self.annex(tree, node),
            Kind::Cited => self.reference(tree, node),
            _ => None,
        }
    }

    /// A term with its admitted names, each of which is the name of one term. Whether one that is replaced is declared
    /// here too is told where it is known what bases define.
    fn term(&mut self, tree: &Tree, node: NodeId) -> Option<Term> {
        let term = tree.arg(node, Role::Title)?;
        let also: Vec<Span> = texts_of(tree, node, Kind::Also);
        let kind = tree.node(node).kind;
        for name in std::iter::once(&term).chain(&also).copied() {
            let stands_for = (name == term).then_some(kind);
            let (first, was) = *self.terms.entry(term_key(&self.sources.text(name))).or_insert((name, stands_for));
            let is_told = was.zip(stands_for).is_none_or(|(was, now)| was == now);
            if first != name && is_told {
                let text = self.sources.text(name).into_owned();
                self.state.report(duplicate("term", &text, name, first));
            }
        }
        Some(Term {
            key: self.state.program.names.intern(&term_key(&self.sources.text(term))),
            term,
            text: tree.arg(node, Role::Text).unwrap_or(term),
            also,
            source: heads::single_text(tree, node, Kind::Source),
            remarks: self.remarks(tree, node),
            origin: self.origin(tree, node),
        })
    }

    fn annex(&mut self, tree: &Tree, node: NodeId) -> Option<()> {
        let id_span = tree.arg(node, Role::Id)?;
        let id = self.name(id_span);
        let position = Idx::new(self.package.model.annexes.len());
        self.declare(id, id_span, Element::Annex(position));
        let title = tree.arg(node, Role::Title).unwrap_or(id_span);
        let annex = Annex {
            id,
            id_span,
            title,
            text: tree.arg(node, Role::Text).unwrap_or(title),
            remarks: self.remarks(tree, node),
            origin: self.origin(tree, node),
        };
        self.package.model.annexes.push(annex);
        Some(())
    }

    fn reference(&mut self, tree: &Tree, node: NodeId) -> Option<()> {
        let id_span = tree.arg(node, Role::Id)?;
        let id = self.name(id_span);
        let position = Idx::new(self.package.model.references.len());
        self.declare(id, id_span, Element::Reference(position));
        let reference = Reference {
            id,
            id_span,
            designation: tree.arg(node, Role::Title).unwrap_or(id_span),
            title: tree.arg(node, Role::Text),
            normative: tree.has(node, Role::Normative),
            remarks: self.remarks(tree, node),
            origin: self.origin(tree, node),
        };
        self.package.model.references.push(reference);
        Some(())
    }

    /// The notes in the blocks of statements that carry nothing else; those at the top of the file that outputs have no
    /// object for are the package's.
    pub(super) fn notes_of_lines(&mut self, tree: &Tree) {
        for (node, statement) in (0..).zip(&tree.nodes).filter(|(_, statement)| statement.open.is_some()) {
            let origin = self.origin(tree, node);
            if carries_notes_alone(statement.kind) {
                let remarks = heads::notes(tree, node, origin);
                if remarks.0.is_some() {
                    self.state.program.notes.insert(origin.span, remarks);
                }
            } else if statement.parent.is_none() && !statement.kind.keeps_notes() {
                heads::inner_notes(tree, node, origin, &mut self.package.notes);
            }
        }
    }
}

/// Whether a statement has an object in outputs, and carries nothing but notes.
fn carries_notes_alone(kind: Kind) -> bool {
    use Kind::{Allow, Conforms, Covers, Drops, Exclude, Field, FieldValue, Follows, Informs, Omit, Supports};
    matches!(
        kind,
        Covers | Conforms | Exclude | Drops | Supports | Informs | Follows | Field | FieldValue | Omit | Allow
    )
}
