//! The order of groups and processes in outputs, and which catalogs and crosswalks belong to them.

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Input;
use crate::model::{CatalogId, CrosswalkId, Group, Head, Model, Name, Order, Process, Program, natural_order};

/// The groups of the model asked for: as written, or, where it orders its groups, each before those that stand in it.
pub fn groups<'a>(input: &Input<'a>) -> Vec<&'a Group> {
    let Some(model) = input.program.root().map(|package| &package.model) else { return Vec::new() };
    let stated = model.head.as_ref().map_or(&[][..], |head| &head.order_groups);
    if stated.is_empty() {
        return model.groups.iter().collect();
    }
    let ranks: FxHashMap<Name, usize> = stated.iter().copied().zip(0..).collect();
    let mut within: FxHashMap<Option<Name>, Vec<&Group>> = FxHashMap::default();
    for group in &model.groups {
        let parent = group.parent.filter(|parent| model.group(*parent).is_some());
        within.entry(parent).or_default().push(group);
    }
    let rank = |group: &&Group| ranks.get(&group.id).copied().unwrap_or(usize::MAX);
    within.values_mut().for_each(|groups| groups.sort_by_key(rank));
    let mut open: Vec<&Group> = within.remove(&None).unwrap_or_default();
    open.reverse();
    let mut ordered = Vec::new();
    while let Some(group) = open.pop() {
        ordered.push(group);
        open.extend(within.remove(&Some(group.id)).unwrap_or_default().into_iter().rev());
    }
    // Groups that stand in each other, which is reported, are not lost.
    let known: FxHashSet<Name> = ordered.iter().map(|group| group.id).collect();
    ordered.extend(model.groups.iter().filter(|group| !known.contains(&group.id)));
    ordered
}

/// The processes of the model asked for, in the order that it states: by id, by title, or as written; where it orders
/// its groups, group by group, those without one last.
pub fn processes<'a>(input: &Input<'a>) -> Vec<&'a Process> {
    let Some(package) = input.program.root() else { return Vec::new() };
    let mut processes: Vec<&Process> = package.model.processes.iter().collect();
    let by_id = |a: &Process, b: &Process| natural_order(input.program.name(a.id), input.program.name(b.id));
    match order(&package.model) {
        Order::Source => {}
        Order::Id => processes.sort_by(|a, b| by_id(a, b)),
        Order::Title => {
            let mut titled: Vec<(String, &Process)> =
                processes.iter().map(|process| (input.sources.text(process.title).to_lowercase(), *process)).collect();
            titled.sort_by(|(a_title, a), (b_title, b)| a_title.cmp(b_title).then_with(|| by_id(a, b)));
            processes = titled.into_iter().map(|(_, process)| process).collect();
        }
    }
    if package.model.head.as_ref().is_some_and(|head| !head.order_groups.is_empty()) {
        let positions: FxHashMap<Name, usize> = groups(input).iter().map(|group| group.id).zip(0..).collect();
        let position = |process: &&Process| process.group.and_then(|group| positions.get(&group).copied());
        processes.sort_by_key(|process| position(process).unwrap_or(usize::MAX));
    }
    processes
}

fn order(model: &Model) -> Order {
    model.head.as_ref().map_or(Order::Source, |head| head.order)
}

/// The catalogs that the package sees, and those that the crosswalks in force lead through, by id.
pub fn catalogs(input: &Input<'_>) -> Vec<CatalogId> {
    let program: &Program = input.program;
    let seen = program.root().into_iter().flat_map(|package| package.scope.catalogs.iter().copied());
    let head = program.root().and_then(|package| package.model.head.as_ref());
    let crossed = head.into_iter().flat_map(Head::crosswalks_in_force);
    let crossed = crossed.map(|id| program.crosswalk(id)).flat_map(|row| [row.from, row.to]);
    let mut catalogs: Vec<CatalogId> =
        seen.chain(crossed.flatten()).collect::<BTreeSet<CatalogId>>().into_iter().collect();
    catalogs.sort_by(|a, b| {
        natural_order(input.program.name(program.catalog(*a).id), input.program.name(program.catalog(*b).id))
    });
    catalogs
}

/// The crosswalks in force, those of the package itself, and those between catalogs of the output, by id.
pub fn crosswalks(input: &Input<'_>) -> Vec<CrosswalkId> {
    let program: &Program = input.program;
    let catalogs: BTreeSet<CatalogId> = catalogs(input).into_iter().collect();
    let root = program.packages.len().checked_sub(1);
    let known = |side: Option<CatalogId>| side.is_some_and(|id| catalogs.contains(&id));
    let mut crosswalks: Vec<CrosswalkId> = (0..)
        .map(CrosswalkId)
        .zip(&program.crosswalks)
        .filter(|(_, row)| Some(row.origin.package.0 as usize) == root || (known(row.from) && known(row.to)))
        .map(|(id, _)| id)
        .collect();
    crosswalks.sort_by(|a, b| {
        natural_order(input.program.name(program.crosswalk(*a).id), input.program.name(program.crosswalk(*b).id))
    });
    crosswalks
}
