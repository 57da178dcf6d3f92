//! What one of several bases leaves out is left out, unless another changes it: then they disagree, and it stays until
//! the layer above decides.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Conflict, Matter};
use crate::model::{Action, Change, Element, Model, Name, Omission, Origin, PackageId, Program};
use crate::resolve::layers::gone::Gone;
use crate::span::Span;

/// What several bases leave out.
#[derive(Default)]
pub struct Settlement {
    /// The omissions on which they agree.
    pub omitted: Vec<Omission>,
    /// The ids that go with these.
    pub gone: Gone,
    /// The omissions on which they do not.
    pub contested: Vec<Omission>,
    /// The ids that would go with those.
    pub kept: FxHashSet<Name>,
    /// The disagreements.
    pub conflicts: Vec<Conflict>,
}

/// Settles what is left out.
pub fn settle(program: &Program, models: &[&Model]) -> Settlement {
    let mut settled = Settlement::default();
    let mut known: FxHashSet<Span> = FxHashSet::default();
    for omission in models.iter().flat_map(|model| &model.omissions) {
        if !known.insert(omission.span) {
            continue;
        }
        let mut taken: Vec<Name> = vec![omission.id];
        let mut disagreements = Vec::new();
        for model in models.iter().filter(|model| is_there(program, model, omission)) {
            let there = with_all_in_it(model, omission.id);
            let by = omission.origin.package;
            let change = there.iter().find_map(|id| Some((*id, changed(program, model, *id, by)?)));
            disagreements.extend(change);
            taken.extend(there);
        }
        if disagreements.is_empty() {
            settled.gone.extend(taken.into_iter().map(|id| (id, omission.origin.span)));
            settled.omitted.push(omission.clone());
        } else {
            settled.kept.extend(taken);
            settled.contested.push(omission.clone());
        }
        settled.conflicts.extend(disagreements.into_iter().map(|(changed, other)| Conflict {
            id: omission.id,
            changed,
            what: Matter::Omission,
            one: omission.origin.span,
            other,
        }));
    }
    settled
}

/// Whether a model has what a layer left out, and did not declare it anew above that layer.
fn is_there(program: &Program, model: &Model, omission: &Omission) -> bool {
    model
        .element(omission.id)
        .is_some_and(|element| !program.is_above(element.origin().package, omission.origin.package))
}

/// An element and what stands in it: groups, processes, outcomes, practices.
fn with_all_in_it(model: &Model, id: Name) -> Vec<Name> {
    let mut ids = vec![id];
    let Some(Element::Group(_)) = model.index.get(&id) else {
        ids.extend(model.process(id).into_iter().flat_map(in_process));
        return ids;
    };
    let groups = model.groups_from(id);
    ids.extend(model.groups.iter().map(|group| group.id).filter(|group| *group != id && groups.contains(group)));
    for process in model.processes.iter().filter(|process| process.group.is_some_and(|group| groups.contains(&group))) {
        ids.push(process.id);
        ids.extend(in_process(process));
    }
    ids
}

fn in_process(process: &crate::model::Process) -> impl Iterator<Item = Name> + '_ {
    let practices = process.practices.iter().map(|practice| practice.id);
    process.outcomes.iter().map(|outcome| outcome.id).chain(practices)
}

/// Where a layer that the omitting one does not stand on changed an element, or added it; none if none did.
fn changed(program: &Program, model: &Model, id: Name, by: PackageId) -> Option<Span> {
    let is_news = |origin: Origin| origin.package != by && !program.is_above(by, origin.package);
    let element = model.element(id)?;
    let change = element
        .remarks()
        .history()
        .iter()
        .rfind(|change: &&Change| is_news(change.origin) && change.action != Action::Omitted);
    let news = change.map(|change| change.origin).or_else(|| Some(element.origin()).filter(|origin| is_news(*origin)));
    news.map(|origin| origin.span)
}

/// Takes what is gone out of a model, but for what a layer above declared anew.
pub fn take_out(program: &Program, model: &mut Model, gone: &Gone, omitted: &[Omission]) {
    if gone.is_empty() {
        return;
    }
    let by: FxHashMap<Span, PackageId> =
        omitted.iter().map(|omission| (omission.origin.span, omission.origin.package)).collect();
    let stays = |id: Name, origin: Origin| {
        let by = gone.get(&id).and_then(|statement| by.get(statement));
        by.is_none_or(|by| program.is_above(origin.package, *by))
    };
    model.retain(stays);
}
