//! What a model takes over from the heads of its bases: covers, exclusions and notices add up, of single statements the
//! nearest holds; edition, source, free texts, notes and what a base conforms to are the base's own.

mod controls;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::model::{CatalogId, Cover, Drop, FieldValue, Head, Model, Name, PackageId, Text};
use crate::resolve::State;
use crate::source::Sources;
use crate::span::Span;

/// Takes over what the heads of the bases say, once it is known what the model says itself.
pub fn inherit(state: &mut State, model: &mut Model, bases: &[Head], sources: &Sources) {
    let Some(head) = model.head.as_mut() else { return };
    let mut nearest = Nearest { state, sources, at: head.origin.span };
    nearest.text("domain", &mut head.domain, bases, |base| base.domain);
    nearest.text("context", &mut head.context, bases, |base| base.context);
    nearest.text("community", &mut head.community, bases, |base| base.community);
    nearest.text("consensus", &mut head.consensus, bases, |base| base.consensus);
    nearest.text("language", &mut head.language, bases, |base| base.language);
    nearest.fields(head, bases);
    if head.order_stated.is_none() {
        let stated = bases.iter().filter_map(|base| Some((base.order_stated?, base.order)));
        if let Some((place, order)) = nearest.one("order", stated.collect(), |one, other| one == other) {
            (head.order, head.order_stated) = (order, Some(place));
        }
    }
    if head.order_groups_stated.is_none() {
        let stated = bases.iter().filter_map(|base| Some((base.order_groups_stated?, base.order_groups.clone())));
        if let Some((place, groups)) = nearest.one("order groups", stated.collect(), |one, other| one == other) {
            (head.order_groups, head.order_groups_stated) = (groups, Some(place));
        }
    }
    if head.measured_by.is_none() {
        let stated = bases.iter().filter_map(|base| base.measured_by.map(|(framework, place)| (place, framework)));
        let found = nearest.one("measured by", stated.collect(), |one, other| one == other);
        head.measured_by = found.map(|(place, framework)| (framework, place));
    }
    nearest.covers(head, bases);
    let notices = bases.iter().flat_map(|base| base.notices.iter().cloned());
    head.notices = add_up(notices.chain(std::mem::take(&mut head.notices)), |notice| notice.origin.span);
    controls::disagreements(nearest.state, sources, head, bases);
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
            // A language is a word, all else a text.
            let says = |place: &Text| match sources.slice(*place) {
                word if word.starts_with('"') => sources.text(*place).into_owned(),
                word => word.to_lowercase(),
            };
            let same = |one: &Text, other: &Text| says(one) == says(other);
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
                "order groups" => "settle it: state `order groups …` in this model".to_owned(),
                "language" => "settle it: state `language …` in this model".to_owned(),
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

    /// What the bases cover, drop, and the model drops of it; what it covers itself comes on top.
    fn covers(&mut self, head: &mut Head, bases: &[Head]) {
        let own = std::mem::take(&mut head.covers);
        let own_drops = std::mem::take(&mut head.drops);
        let covers = add_up(bases.iter().flat_map(|base| base.covers.iter().cloned()), |cover| cover.origin.span);
        let drops = add_up(bases.iter().flat_map(|base| base.drops.iter().cloned()), |drop| drop.origin.span);
        let settled: Vec<CatalogId> =
            own.iter().map(|cover| cover.catalog).chain(own_drops.iter().map(|drop| drop.catalog)).collect();
        for drop in &own_drops {
            self.drop(drop, &own, &covers);
        }
        for cover in covers {
            let dropped = own_drops.iter().any(|drop| drop.catalog == cover.catalog);
            let by = drops.iter().filter(|drop| drop.catalog == cover.catalog);
            let is_above = |one: PackageId, other: PackageId| self.state.program.is_above(one, other);
            if dropped || by.clone().any(|drop| is_above(drop.origin.package, cover.origin.package)) {
                head.dropped_through.extend(&cover.through);
                continue;
            }
            // A layer may cover again what one below it drops.
            let beside = by.clone().find(|drop| !is_above(cover.origin.package, drop.origin.package));
            if let Some(drop) = beside.filter(|_| !settled.contains(&cover.catalog)) {
                self.dropped_beside(&cover, drop);
            }
            head.covers.push(cover);
        }
        head.dropped_through.extend(bases.iter().flat_map(|base| &base.dropped_through));
        head.covers.extend(own);
        head.drops = drops.into_iter().chain(own_drops).collect();
    }

    /// Whether there is something that a `drops` of the model takes away.
    fn drop(&mut self, drop: &Drop, own: &[Cover], of_bases: &[Cover]) {
        let catalog = self.state.program.name(self.state.program.catalog(drop.catalog).id).to_owned();
        let same = |cover: &&Cover| cover.catalog == drop.catalog;
        if let Some(cover) = own.iter().find(same) {
            self.state.report(
                Diagnostic::new(
                    &codes::DROPPED_AND_COVERED,
                    drop.origin.span,
                    format!("this model covers `{catalog}`, and drops it"),
                )
                .label("dropped here")
                .also(cover.origin.span, "covered here")
                .help("keep one of the two; a layer above may cover again what this one drops"),
            );
        } else if !of_bases.iter().any(|cover| same(&cover)) {
            self.state.report(
                Diagnostic::new(
                    &codes::NOTHING_TO_DROP,
                    drop.origin.span,
                    format!("no base of this model covers `{catalog}`"),
                )
                .label("nothing to drop")
                .help("delete the statement; `drops` takes away what a base covers"),
            );
        }
    }

    fn dropped_beside(&mut self, cover: &Cover, drop: &Drop) {
        let catalog = self.state.program.name(self.state.program.catalog(drop.catalog).id).to_owned();
        self.state.report(
            Diagnostic::new(
                &codes::CONFLICTING_LAYERS,
                self.at,
                format!("one base of this model covers `{catalog}`, another drops it"),
            )
            .label("expected its own statement")
            .also(cover.origin.span, "one base")
            .also(drop.origin.span, "another")
            .help(format!("settle it: state `covers {catalog}`, or `drops {catalog} because \"…\"`")),
        );
    }

    /// Of each field, the nearest statement holds.
    fn fields(&mut self, head: &mut Head, bases: &[Head]) {
        let sources = self.sources;
        let stated: FxHashSet<Name> = head.remarks.fields().iter().map(|value| value.field).collect();
        let open = bases.iter().flat_map(|base| base.remarks.fields()).filter(|value| !stated.contains(&value.field));
        for values in grouped(open.map(|value| (value.field, value.origin.span, value))) {
            let same = |one: &&FieldValue, other: &&FieldValue| sources.text(one.text) == sources.text(other.text);
            let name = values.first().map(|(_, value)| self.state.program.name(value.field).to_owned());
            let found = self.one(&name.unwrap_or_default(), values, same);
            head.remarks.body().fields.extend(found.map(|(_, value)| value.clone()));
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
