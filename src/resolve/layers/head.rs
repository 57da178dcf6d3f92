//! What a model takes over from the heads of its bases: covers and exclusions add up, of all else the nearest holds.

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::model::{Head, Model, Text};
use crate::resolve::State;
use crate::source::Sources;
use crate::span::Span;

/// Takes over what the heads of the bases say.
pub fn inherit(state: &mut State, model: &mut Model, bases: &[Head], sources: &Sources) {
    let Some(head) = model.head.as_mut() else { return };
    let mut texts = Texts { state, bases, sources, at: head.origin.span };
    texts.inherit("edition", &mut head.edition, |base| base.edition);
    texts.inherit("source", &mut head.source, |base| base.source);
    texts.inherit("domain", &mut head.domain, |base| base.domain);
    texts.inherit("context", &mut head.context, |base| base.context);
    texts.inherit("community", &mut head.community, |base| base.community);
    texts.inherit("consensus", &mut head.consensus, |base| base.consensus);
    for base in bases {
        for cover in &base.covers {
            if head.covers.iter().all(|known| known.origin.span != cover.origin.span) {
                head.covers.push(cover.clone());
            }
        }
        for exclusion in &base.exclusions {
            if head.exclusions.iter().all(|known| known.span != exclusion.span) {
                head.exclusions.push(exclusion.clone());
            }
        }
        for conformity in &base.conforms {
            if head.conforms.iter().all(|known| known.requirement != conformity.requirement) {
                head.conforms.push(conformity.clone());
            }
        }
        if head.order_stated.is_none() && base.order_stated.is_some() {
            head.order = base.order;
            head.order_stated = base.order_stated;
        }
        head.measured_by = head.measured_by.or(base.measured_by);
    }
}

struct Texts<'a> {
    state: &'a mut State,
    bases: &'a [Head],
    sources: &'a Sources,
    at: Span,
}

impl Texts<'_> {
    fn inherit(&mut self, what: &str, own: &mut Option<Text>, of: fn(&Head) -> Option<Text>) {
        if own.is_some() {
            return;
        }
        let mut stated = self.bases.iter().filter_map(of);
        let Some(first) = stated.next() else { return };
        *own = Some(first);
        if let Some(other) = stated.find(|other| self.sources.text(*other) != self.sources.text(first)) {
            self.state.report(
                Diagnostic::new(
                    &codes::CONFLICTING_LAYERS,
                    self.at,
                    format!("the bases of this model state its {what} differently"),
                )
                .label(format!("expected its own `{what}`"))
                .also(first, "one base")
                .also(other, "another")
                .help(format!("settle it: state `{what} \"…\"` in this model")),
            );
        }
    }
}
