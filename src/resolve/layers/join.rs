//! Several bases as one: what they share is taken once; of what two of them say, that of the layer above the other
//! counts; what is left is a disagreement, of which nothing is decided here.

mod omissions;
mod remarks;

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::gone;
use crate::model::{
    Action, AnyElement, Change, Group, Item, Link, Model, Name, Omission, Origin, Outcome, Package, PackageId,
    Practice, Process, Program, Reference, Stated, Target, Term, What, term_key,
};
use crate::source::Sources;
use crate::span::Span;

/// Two bases that say different things of one element.
#[derive(Debug)]
pub struct Conflict {
    /// The element.
    pub id: Name,
    /// Of an omission, the element that the other base changes: the same, or one that it takes along.
    pub changed: Name,
    /// What about it.
    pub what: Matter,
    /// Where the one says it.
    pub one: Span,
    /// Where the other says it.
    pub other: Span,
}

/// What two bases say different things of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Matter {
    /// Both declare it, or state it anew.
    Element,
    /// A purpose or context.
    Text(&'static str),
    /// A field.
    Field(Name),
    /// One leaves it out, the other changes it.
    Omission,
    /// The definition of a term.
    Term,
    /// One states it anew, the other adds to it.
    Extension,
}

/// Joins the models of several bases, none of which extends another.
pub fn join(program: &Program, sources: &Sources, bases: &[PackageId]) -> (Model, Vec<Conflict>) {
    let packages: Vec<&Package> = bases.iter().map(|base| program.package(*base)).collect();
    let Some((first, others)) = packages.split_first() else { return (Model::default(), Vec::new()) };
    if others.is_empty() {
        return (first.model.clone(), Vec::new());
    }
    let models: Vec<&Model> = packages.iter().map(|package| &package.model).collect();
    let settled = omissions::settle(program, &models);
    let omissions::Settlement { omitted, gone, contested, kept, conflicts } = settled;
    let mut join = Join { program, sources, conflicts };
    let mut joined = first.model.clone();
    omissions::take_out(program, &mut joined, &gone, &omitted);
    for model in &models[1..] {
        let mut model = (*model).clone();
        omissions::take_out(program, &mut model, &gone, &omitted);
        join.add(&mut joined, model);
    }
    joined.omissions = omitted;
    super::index(&mut joined);
    join.collisions(&joined);
    // What stands on the layer that left an element out means what has its id there.
    let stands_on = |one: Option<PackageId>, other: Option<PackageId>| {
        one.zip(other).is_some_and(|(one, other)| one == other || program.is_above(one, other))
    };
    let means_old = |reference: Span, by: Span| !stands_on(program.package_of(reference), program.package_of(by));
    gone::drop_references(&mut joined, &gone, means_old);
    // What a disagreement keeps for now is not gone.
    let kept: FxHashSet<Name> = kept.into_iter().filter(|id| !gone.contains_key(id)).collect();
    let index = std::mem::take(&mut joined.index);
    gone::take_back(&mut joined, |id| kept.contains(&id) && index.contains_key(&id));
    joined.index = index;
    for omission in contested {
        let position = joined.index.get(&omission.id).copied();
        let Some(element) = position.and_then(|position| joined.at_mut(position)) else { continue };
        let Omission { because, origin, .. } = omission;
        let change = Change { action: Action::Omitted, what: None, because, origin, old: None };
        element.remarks_mut().body().history.push(change);
        element.remarks_mut().body().history.sort_by_key(|change| change.origin.package);
    }
    joined.lost.sort_by_key(|lost| (lost.by, lost.link));
    joined.lost.dedup();
    joined.dropped.sort_by_key(|dropped| (dropped.by, dropped.reference));
    joined.dropped.dedup();
    joined.replaced.sort_by_key(|replaced| replaced.by);
    joined.replaced.dedup_by_key(|replaced| replaced.by);
    (joined, join.conflicts)
}

struct Join<'a> {
    program: &'a Program,
    sources: &'a Sources,
    conflicts: Vec<Conflict>,
}

/// Which of two versions of one thing counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Nearer {
    /// They are one.
    Same,
    /// The first: its layer stands on the other's.
    First,
    /// The second.
    Second,
    /// Neither.
    Neither,
}

impl Join<'_> {
    fn nearer(&self, one: Origin, other: Origin) -> Nearer {
        if one.span == other.span {
            Nearer::Same
        } else if self.program.is_above(one.package, other.package) {
            Nearer::First
        } else if self.program.is_above(other.package, one.package) {
            Nearer::Second
        } else {
            Nearer::Neither
        }
    }

    fn says_same(&self, one: Span, other: Span) -> bool {
        self.sources.text(one) == self.sources.text(other)
    }

    fn conflict(&mut self, id: Name, what: Matter, one: Span, other: Span) {
        self.conflicts.push(Conflict { id, changed: id, what, one, other });
    }

    fn add(&mut self, joined: &mut Model, other: Model) {
        self.merge(&mut joined.groups, other.groups);
        self.merge(&mut joined.items, other.items);
        let positions: FxHashMap<Name, usize> =
            joined.processes.iter().enumerate().map(|(at, process)| (process.id, at)).collect();
        for process in other.processes {
            match positions.get(&process.id).and_then(|at| joined.processes.get_mut(*at)) {
                None => joined.processes.push(process),
                Some(known) => self.process(known, Arc::unwrap_or_clone(process)),
            }
        }
        self.merge(&mut joined.references, other.references);
        self.terms(&mut joined.terms, other.terms);
        joined.lost.extend(other.lost);
        joined.dropped.extend(other.dropped);
        joined.replaced.extend(other.replaced);
    }

    /// Terms by their names, the admitted ones too: two bases that define one name differently disagree.
    fn terms(&mut self, joined: &mut Vec<Term>, others: Vec<Term>) {
        let sources = self.sources;
        let names = |term: &Term| {
            let names: Vec<Span> = std::iter::once(term.term).chain(term.also.iter().copied()).collect();
            names.into_iter().map(|name| term_key(&sources.text(name)))
        };
        let mut positions: FxHashMap<String, usize> = FxHashMap::default();
        for (at, term) in joined.iter().enumerate() {
            names(term).for_each(|name| _ = positions.entry(name).or_insert(at));
        }
        for other in others {
            let known = names(&other).find_map(|name| positions.get(&name).copied());
            let Some(known) = known.and_then(|at| joined.get_mut(at)) else {
                joined.push(other);
                continue;
            };
            match self.nearer(known.origin, other.origin) {
                Nearer::Same | Nearer::First => {}
                Nearer::Second => *known = other,
                Nearer::Neither if self.says_same(known.text, other.text) => {}
                Nearer::Neither => {
                    let (one, two) = (known.origin.span, other.origin.span);
                    let (id, changed, what) = (known.key, other.key, Matter::Term);
                    self.conflicts.push(Conflict { id, changed, what, one, other: two });
                }
            }
        }
    }

    fn merge<T: Version>(&mut self, joined: &mut Vec<T>, others: Vec<T>) {
        let positions: FxHashMap<Name, usize> =
            joined.iter().enumerate().map(|(at, element)| (element.id(), at)).collect();
        for other in others {
            match positions.get(&other.id()).and_then(|at| joined.get_mut(*at)) {
                None => joined.push(other),
                Some(known) => self.version(known, other),
            }
        }
    }

    /// Two versions of an element: the nearer counts, with what the other layer added to it.
    fn version<T: Version>(&mut self, known: &mut T, mut other: T) {
        match self.nearer(known.origin(), other.origin()) {
            Nearer::Same => known.take_same(&other),
            Nearer::First => {}
            Nearer::Second => std::mem::swap(known, &mut other),
            Nearer::Neither => {
                // Two layers may state a thing anew in the same words; they may not add one id, whatever they say of it.
                let is_anew =
                    |version: &T| version.remarks().history().iter().any(|change| change.action == Action::Replaced);
                if !(is_anew(known) && is_anew(&other) && known.says_same(&other, self)) {
                    self.conflict(known.id(), Matter::Element, known.origin().span, other.origin().span);
                }
            }
        }
        if known.origin().span != other.origin().span {
            known.take_added(&other);
            if T::IS_LOST_WHOLE {
                self.lost_addition(known.id(), known.origin(), &other);
            }
        }
        self.remarks(known.id(), known.remarks_mut(), other.remarks());
    }

    /// A layer that neither stands on the one whose version counts nor below it added to another version: what it
    /// added goes with that.
    fn lost_addition(&mut self, id: Name, counts: Origin, lost: &dyn AnyElement) {
        let is_beside = |one: PackageId, other: PackageId| {
            one != other && !self.program.is_above(one, other) && !self.program.is_above(other, one)
        };
        let is_part = |by: PackageId| self.program.is_above(by, lost.origin().package);
        let added = lost.remarks().history().iter().filter(|change| change.action == Action::Extended);
        let added = added
            .map(|change| (change.origin.package, change))
            .find(|(by, _)| is_part(*by) && is_beside(*by, counts.package))
            .map(|(_, change)| change);
        if let Some(place) = added.map(|change| change.origin.span) {
            self.conflict(id, Matter::Extension, counts.span, place);
        }
    }

    fn process(&mut self, known: &mut Process, other: Process) {
        if known.origin.span != other.origin.span {
            return self.conflict(known.id, Matter::Element, known.origin.span, other.origin.span);
        }
        self.stated(known.id, "purpose", &mut known.purpose, other.purpose);
        self.stated(known.id, "context", &mut known.context, other.context);
        // A layer may have added the group that the id of the process begins with; the longest counts.
        known.group = match (known.group, other.group) {
            (Some(one), Some(two)) => {
                let key = |group: Name| (self.program.name(group).len(), self.program.name(group));
                Some(if key(two) > key(one) { two } else { one })
            }
            (one, two) => one.or(two),
        };
        self.merge(&mut known.outcomes, other.outcomes);
        self.merge(&mut known.practices, other.practices);
        for relation in other.relations {
            if known.relations.iter().all(|own| own.target.span != relation.target.span) {
                known.relations.push(relation);
            }
        }
        self.remarks(known.id, &mut known.remarks, &other.remarks);
    }

    fn stated(&mut self, id: Name, what: &'static str, known: &mut Option<Stated>, other: Option<Stated>) {
        let (Some(one), Some(two)) = (*known, other) else {
            *known = known.or(other);
            return;
        };
        match self.nearer(one.origin, two.origin) {
            Nearer::Same | Nearer::First => {}
            Nearer::Second => *known = Some(two),
            Nearer::Neither if self.says_same(one.text, two.text) => {}
            Nearer::Neither => self.conflict(id, Matter::Text(what), one.origin.span, two.origin.span),
        }
    }

    /// Elements of two kinds with one id, each from another base.
    fn collisions(&mut self, joined: &Model) {
        let mut places: FxHashMap<Name, Span> = FxHashMap::default();
        for (element, id) in joined.elements().filter(|(element, _)| element.what() != What::Annex) {
            let Some(place) = joined.at(element).map(|element| element.origin().span) else { continue };
            let first = *places.entry(id).or_insert(place);
            if first != place {
                self.conflict(id, Matter::Element, first, place);
            }
        }
    }
}

/// An element of which bases may have different versions.
trait Version: AnyElement {
    /// Whether what a layer added to one version is no part of another.
    const IS_LOST_WHOLE: bool = false;

    /// Takes in what another copy of the same version has: references that one of the layers dropped, additions.
    fn take_same(&mut self, _other: &Self) {}

    /// Takes in what the layers above a version of less weight added to it.
    fn take_added(&mut self, _other: &Self) {}

    /// Whether another version says the same.
    fn says_same(&self, _other: &Self, _join: &Join<'_>) -> bool {
        false
    }
}

fn unite(known: &mut Vec<Target>, others: &[Target]) {
    known.extend(others);
    known.sort_by_key(|target| target.span);
    known.dedup_by_key(|target| target.span);
}

fn same_targets(one: &[Target], other: &[Target]) -> bool {
    let ids = |targets: &[Target]| targets.iter().map(|target| target.id).collect::<Vec<_>>();
    ids(one) == ids(other)
}

impl Version for Group {}

impl Version for Item {
    fn take_same(&mut self, other: &Item) {
        let new = other.characteristics.iter().filter(|text| !self.characteristics.contains(text));
        self.characteristics.extend(new.copied().collect::<Vec<_>>());
    }
    fn take_added(&mut self, other: &Item) {
        // What stands in another file than the version itself was added by a layer.
        let added = other.characteristics.iter().filter(|text| text.file != other.origin.span.file);
        let new = added.filter(|text| !self.characteristics.contains(text));
        self.characteristics.extend(new.copied().collect::<Vec<_>>());
    }
    fn says_same(&self, other: &Item, join: &Join<'_>) -> bool {
        let texts = |item: &Item| {
            let texts = item.characteristics.iter().map(|text| join.sources.text(*text).into_owned());
            texts.collect::<Vec<_>>()
        };
        join.says_same(self.title, other.title) && self.kind == other.kind && texts(self) == texts(other)
    }
}

impl Version for Reference {}

impl Version for Outcome {
    const IS_LOST_WHOLE: bool = true;

    fn take_same(&mut self, other: &Outcome) {
        let known: FxHashSet<Span> = self.links.iter().map(|link| link.span).collect();
        let new: Vec<Link> = other.links.iter().filter(|link| !known.contains(&link.span)).cloned().collect();
        self.add_links(&new, &other.joint_sets);
        let slips = other.with_itself.iter().filter(|place| !self.with_itself.contains(place));
        self.with_itself.extend(slips.copied().collect::<Vec<_>>());
        unite(&mut self.produces, &other.produces);
    }
    fn says_same(&self, other: &Outcome, join: &Join<'_>) -> bool {
        let links = |outcome: &Outcome| {
            let links = outcome.links.iter().map(|link| {
                let members: Vec<_> = outcome.partners(link).iter().map(|member| (member.id, member.gone)).collect();
                (link.requirement, link.strength, members)
            });
            links.collect::<Vec<_>>()
        };
        join.says_same(self.text, other.text)
            && links(self) == links(other)
            && same_targets(&self.produces, &other.produces)
    }
}

impl Version for Practice {
    fn take_same(&mut self, other: &Practice) {
        unite(&mut self.achieves, &other.achieves);
        unite(&mut self.consumes, &other.consumes);
        unite(&mut self.produces, &other.produces);
    }
    fn says_same(&self, other: &Practice, join: &Join<'_>) -> bool {
        let name = |practice: &Practice| practice.name.map(|name| join.sources.text(name).into_owned());
        name(self) == name(other)
            && join.says_same(self.text, other.text)
            && same_targets(&self.achieves, &other.achieves)
            && same_targets(&self.consumes, &other.consumes)
            && same_targets(&self.produces, &other.produces)
    }
}
