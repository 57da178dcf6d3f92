//! What a model takes over from the heads of its bases: covers and exclusions add up, of all else the nearest holds.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::model::{Conformity, FieldValue, Head, Model, Name, PackageId, RequirementId, Text};
use crate::resolve::State;
use crate::source::Sources;
use crate::span::Span;

/// Takes over what the heads of the bases say, once it is known what the model says itself.
pub fn inherit(state: &mut State, model: &mut Model, bases: &[Head], sources: &Sources) {
    let Some(head) = model.head.as_mut() else { return };
    let mut nearest = Nearest { state, sources, at: head.origin.span };
    nearest.text("edition", &mut head.edition, bases, |base| base.edition);
    nearest.text("source", &mut head.source, bases, |base| base.source);
    nearest.text("domain", &mut head.domain, bases, |base| base.domain);
    nearest.text("context", &mut head.context, bases, |base| base.context);
    nearest.text("community", &mut head.community, bases, |base| base.community);
    nearest.text("consensus", &mut head.consensus, bases, |base| base.consensus);
    nearest.conformities(head, bases);
    nearest.remarks(head, bases);
    if head.order_stated.is_none() {
        let stated = bases.iter().filter_map(|base| Some((base.order_stated?, base.order)));
        if let Some((place, order)) = nearest.one("order", stated.collect(), |one, other| one == other) {
            (head.order, head.order_stated) = (order, Some(place));
        }
    }
    if head.measured_by.is_none() {
        let stated = bases.iter().filter_map(|base| base.measured_by.map(|(framework, place)| (place, framework)));
        let found = nearest.one("measured by", stated.collect(), |one, other| one == other);
        head.measured_by = found.map(|(place, framework)| (framework, place));
    }
    let covers = bases.iter().flat_map(|base| base.covers.iter().cloned());
    head.covers = add_up(covers.chain(std::mem::take(&mut head.covers)), |cover| cover.origin.span);
    let exclusions = bases.iter().flat_map(|base| base.exclusions.iter().cloned());
    head.exclusions = add_up(exclusions.chain(std::mem::take(&mut head.exclusions)), |exclusion| exclusion.span);
    let applications = bases.iter().flat_map(|base| base.applications.iter().cloned());
    head.applications = add_up(applications.chain(std::mem::take(&mut head.applications)), |row| row.span);
}

/// Statements of all layers, the bases' first; what two bases have from a third stands once.
fn add_up<T>(statements: impl Iterator<Item = T>, place: fn(&T) -> Span) -> Vec<T> {
    let mut known: FxHashSet<Span> = FxHashSet::default();
    statements.filter(|statement| known.insert(place(statement))).collect()
}

/// Finds, of what several bases state once each, the one that counts.
struct Nearest<'a> {
    state: &'a mut State,
    sources: &'a Sources,
    at: Span,
}

impl Nearest<'_> {
    fn text(&mut self, what: &str, own: &mut Option<Text>, bases: &[Head], of: fn(&Head) -> Option<Text>) {
        if own.is_none() {
            let stated = bases.iter().filter_map(|base| of(base).map(|text| (text, text)));
            let sources = self.sources;
            let same = |one: &Text, other: &Text| sources.text(*one) == sources.text(*other);
            *own = self.one(what, stated.collect(), same).map(|(_, text)| text);
        }
    }

    /// The statement that counts, with its place: what a layer states counts before what it stands on states. Two that
    /// differ, neither above the other, are a disagreement for the model to settle.
    fn one<T>(&mut self, what: &str, stated: Vec<(Span, T)>, same: impl Fn(&T, &T) -> bool) -> Option<(Span, T)> {
        let layer = |place: Span| self.state.program.package_of(place);
        let is_covered = |place: Span| {
            let Some(below) = layer(place) else { return false };
            let above = |layer: PackageId| self.state.program.is_above(layer, below);
            stated.iter().any(|(other, _)| layer(*other).is_some_and(above))
        };
        let hidden: Vec<bool> = stated.iter().map(|(place, _)| is_covered(*place)).collect();
        let mut nearest = stated.into_iter().zip(hidden).filter(|(_, hidden)| !hidden).map(|(stated, _)| stated);
        let first = nearest.next()?;
        if let Some(other) = nearest.find(|other| !same(&other.1, &first.1)) {
            let help = match what {
                "order" => "settle it: state `order by …` in this model".to_owned(),
                "measured by" => "settle it: state `measured by …` in this model".to_owned(),
                _ => format!("settle it: state `{what} \"…\"` in this model"),
            };
            self.state.report(
                Diagnostic::new(
                    &codes::CONFLICTING_LAYERS,
                    self.at,
                    format!("the bases of this model state its `{what}` differently"),
                )
                .label("expected its own statement")
                .also(first.0, "one base")
                .also(other.0, "another")
                .help(help),
            );
        }
        Some(first)
    }

    /// Of each requirement, the nearest statement holds.
    fn conformities(&mut self, head: &mut Head, bases: &[Head]) {
        let sources = self.sources;
        let own = std::mem::take(&mut head.conforms);
        let stated: FxHashSet<RequirementId> = own.iter().map(|row| row.requirement).collect();
        let open = bases.iter().flat_map(|base| &base.conforms).filter(|row| !stated.contains(&row.requirement));
        let open = open.map(|row| (row.requirement, row.origin.span, row));
        for rows in grouped(open) {
            let same = |one: &&Conformity, other: &&Conformity| sources.text(one.text) == sources.text(other.text);
            head.conforms.extend(self.one("conforms", rows, same).map(|(_, row)| row.clone()));
        }
        head.conforms.extend(own);
    }

    /// Of each field, the nearest statement holds; of notes, those of the nearest layer that has some.
    fn remarks(&mut self, head: &mut Head, bases: &[Head]) {
        let sources = self.sources;
        let stated: FxHashSet<Name> = head.remarks.fields().iter().map(|value| value.field).collect();
        let open = bases.iter().flat_map(|base| base.remarks.fields()).filter(|value| !stated.contains(&value.field));
        for values in grouped(open.map(|value| (value.field, value.origin.span, value))) {
            let same = |one: &&FieldValue, other: &&FieldValue| sources.text(one.text) == sources.text(other.text);
            let name = values.first().map(|(_, value)| self.state.program.name(value.field).to_owned());
            let found = self.one(&name.unwrap_or_default(), values, same);
            head.remarks.body().fields.extend(found.map(|(_, value)| value.clone()));
        }
        if head.remarks.notes().is_empty() {
            let notes = add_up(bases.iter().flat_map(|base| base.remarks.notes().iter().copied()), |note| *note);
            if !notes.is_empty() {
                head.remarks.body().notes = notes;
            }
        }
    }
}

/// Statements by what they are about, in the order in which that is first stated.
fn grouped<K: Eq + std::hash::Hash + Copy, T>(rows: impl Iterator<Item = (K, Span, T)>) -> Vec<Vec<(Span, T)>> {
    let mut positions: FxHashMap<K, usize> = FxHashMap::default();
    let mut groups: Vec<Vec<(Span, T)>> = Vec::new();
    for (key, place, row) in rows {
        let at = *positions.entry(key).or_insert(groups.len());
        if at == groups.len() {
            groups.push(Vec::new());
        }
        groups[at].push((place, row));
    }
    groups
}
