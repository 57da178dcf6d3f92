//! Several bases as one: what they share is taken once, and of what they changed differently nothing is decided here.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::{Change, Model, Name, Package, Process, Stated};
use crate::span::Span;

/// Two bases that say different things of one element.
#[derive(Debug)]
pub struct Conflict {
    /// The element.
    pub id: Name,
    /// What about it.
    pub what: &'static str,
    /// Where the one says it.
    pub one: Span,
    /// Where the other says it.
    pub other: Span,
}

/// Joins the models of several bases.
pub fn join(bases: &[&Package]) -> (Model, Vec<Conflict>) {
    let mut conflicts = Vec::new();
    let mut models = bases.iter().map(|base| &base.model);
    let Some(first) = models.next() else { return (Model::default(), conflicts) };
    let mut joined = first.clone();
    for other in models {
        add(&mut joined, other, &mut conflicts);
    }
    super::index(&mut joined);
    (joined, conflicts)
}

fn add(joined: &mut Model, other: &Model, conflicts: &mut Vec<Conflict>) {
    omissions(joined, other, conflicts);
    let omitted: FxHashSet<Name> = joined.omissions.iter().map(|omission| omission.id).collect();
    let is_kept = |id: Name| !omitted.contains(&id);
    merge(
        &mut joined.groups,
        other.groups.iter().filter(|group| is_kept(group.id)),
        "group",
        conflicts,
        |group| (group.id, group.origin.span),
        |group| group.remarks.history(),
    );
    merge(
        &mut joined.items,
        other.items.iter().filter(|item| is_kept(item.id)),
        "item",
        conflicts,
        |item| (item.id, item.origin.span),
        |item| item.remarks.history(),
    );
    let positions: FxHashMap<Name, usize> =
        joined.processes.iter().enumerate().map(|(at, process)| (process.id, at)).collect();
    for process in other.processes.iter().filter(|process| is_kept(process.id)) {
        match positions.get(&process.id) {
            None => joined.processes.push(process.clone()),
            Some(at) => join_process(&mut joined.processes[*at], process, &omitted, conflicts),
        }
    }
    for term in &other.terms {
        if joined.terms.iter().all(|known| known.term != term.term) {
            joined.terms.push(term.clone());
        }
    }
    joined.lost.extend(other.lost.iter().cloned());
    joined.dropped.extend(other.dropped.iter().cloned());
}

/// What one base left out is left out, unless the other changed it: then they disagree.
fn omissions(joined: &mut Model, other: &Model, conflicts: &mut Vec<Conflict>) {
    for omission in &joined.omissions {
        if let Some(change) = changed(other, omission.id) {
            conflicts.push(Conflict { id: omission.id, what: "omission", one: omission.origin.span, other: change });
        }
    }
    for omission in &other.omissions {
        if let Some(change) = changed(joined, omission.id) {
            conflicts.push(Conflict { id: omission.id, what: "omission", one: change, other: omission.origin.span });
        }
        if joined.omissions.iter().all(|known| known.origin.span != omission.origin.span || known.id != omission.id) {
            joined.omissions.push(omission.clone());
        }
    }
    let left_out: FxHashSet<Name> = other.omissions.iter().map(|omission| omission.id).collect();
    joined.groups.retain(|group| !left_out.contains(&group.id));
    joined.items.retain(|item| !left_out.contains(&item.id));
    joined.processes.retain(|process| !left_out.contains(&process.id));
    for process in &mut joined.processes {
        process.outcomes.retain(|outcome| !left_out.contains(&outcome.id));
        process.practices.retain(|practice| !left_out.contains(&practice.id));
    }
}

/// Where a layer changed an element of a model, if one did.
fn changed(model: &Model, id: Name) -> Option<Span> {
    let last = |history: &[Change]| history.last().map(|change| change.origin.span);
    let process = model.process(id).and_then(|process| last(process.remarks.history()));
    let outcome = model.outcome(id).and_then(|outcome| last(outcome.remarks.history()));
    let item = model.item(id).and_then(|item| last(item.remarks.history()));
    process.or(outcome).or(item).or_else(|| model.group(id).and_then(|group| last(group.remarks.history())))
}

/// Takes in elements; of those with one id the one that a layer above the other stated counts.
fn merge<'a, T: Clone + 'a>(
    joined: &mut Vec<T>,
    others: impl Iterator<Item = &'a T>,
    what: &'static str,
    conflicts: &mut Vec<Conflict>,
    key: impl Fn(&T) -> (Name, Span),
    history: impl Fn(&T) -> &[Change],
) {
    let positions: FxHashMap<Name, usize> =
        joined.iter().enumerate().map(|(at, element)| (key(element).0, at)).collect();
    for other in others {
        let (id, place) = key(other);
        let Some(at) = positions.get(&id) else {
            joined.push(other.clone());
            continue;
        };
        let own = key(&joined[*at]).1;
        if own == place || replaces(history(&joined[*at]), place) {
            continue;
        }
        if replaces(history(other), own) {
            joined[*at] = other.clone();
        } else {
            conflicts.push(Conflict { id, what, one: own, other: place });
        }
    }
}

/// Whether one of some changes took the place of a wording.
fn replaces(history: &[Change], old: Span) -> bool {
    history.iter().any(|change| change.old == Some(old))
}

fn join_process(joined: &mut Process, other: &Process, omitted: &FxHashSet<Name>, conflicts: &mut Vec<Conflict>) {
    if joined.origin.span != other.origin.span {
        conflicts.push(Conflict { id: joined.id, what: "process", one: joined.origin.span, other: other.origin.span });
        return;
    }
    let (own_history, other_history) = (joined.remarks.history().to_vec(), other.remarks.history());
    let id = joined.id;
    let mut stated = |what: &'static str, own: &mut Option<Stated>, other: Option<Stated>| {
        let (Some(one), Some(two)) = (*own, other) else {
            *own = own.or(other);
            return;
        };
        let (one, two_span) = (one.origin.span, two.origin.span);
        if one == two_span || replaces(&own_history, two_span) {
            return;
        }
        if replaces(other_history, one) {
            *own = Some(two);
        } else {
            conflicts.push(Conflict { id, what, one, other: two_span });
        }
    };
    stated("purpose", &mut joined.purpose, other.purpose);
    stated("context", &mut joined.context, other.context);
    let outcomes = other.outcomes.iter().filter(|outcome| !omitted.contains(&outcome.id));
    merge(
        &mut joined.outcomes,
        outcomes,
        "outcome",
        conflicts,
        |outcome| (outcome.id, outcome.origin.span),
        |outcome| outcome.remarks.history(),
    );
    let practices = other.practices.iter().filter(|practice| !omitted.contains(&practice.id));
    merge(
        &mut joined.practices,
        practices,
        "practice",
        conflicts,
        |practice| (practice.id, practice.origin.span),
        |practice| practice.remarks.history(),
    );
    for relation in &other.relations {
        if joined.relations.iter().all(|known| known.target.span != relation.target.span) {
            joined.relations.push(relation.clone());
        }
    }
    join_remarks(joined, other, conflicts);
}

fn join_remarks(joined: &mut Process, other: &Process, conflicts: &mut Vec<Conflict>) {
    let id = joined.id;
    for note in other.remarks.notes() {
        if !joined.remarks.notes().contains(note) {
            joined.remarks.body().notes.push(*note);
        }
    }
    for value in other.remarks.fields() {
        match joined.remarks.fields().iter().find(|own| own.field == value.field) {
            Some(own) if own.text != value.text => {
                conflicts.push(Conflict { id, what: "field", one: own.origin.span, other: value.origin.span });
            }
            Some(_) => {}
            None => joined.remarks.body().fields.push(value.clone()),
        }
    }
    for change in other.remarks.history() {
        if joined.remarks.history().iter().all(|own| own.origin.span != change.origin.span) {
            joined.remarks.body().history.push(change.clone());
        }
    }
}
