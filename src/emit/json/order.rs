//! The order of processes, and which catalogs and crosswalks belong to the output.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use crate::model::{CatalogId, CrosswalkId, Order, Process, natural_order};

use super::reader::Reader;

/// The processes in the order that the model asks for.
pub fn processes(read: Reader<'_>) -> impl Iterator<Item = &Process> {
    let processes = read.model().processes;
    let head = read.program().root().and_then(|package| package.model.head.as_ref());
    let mut order: Vec<&Process> = processes.iter().collect();
    match head.map(|head| head.order).unwrap_or_default() {
        Order::Source => {}
        Order::Id => order.sort_by(|a, b| by_id(read, a, b)),
        Order::Title => {
            let mut titled: Vec<(String, &Process)> =
                order.into_iter().map(|process| (read.text(process.title).to_lowercase(), process)).collect();
            titled.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| by_id(read, a.1, b.1)));
            order = titled.into_iter().map(|(_, process)| process).collect();
        }
    }
    order.into_iter()
}

fn by_id(read: Reader<'_>, a: &Process, b: &Process) -> Ordering {
    natural_order(read.name(a.id), read.name(b.id))
}

/// The catalogs that the package sees, and those that the crosswalks in force lead through, by id.
pub fn catalogs(read: Reader<'_>) -> Vec<CatalogId> {
    let program = read.program();
    let seen = program.root().into_iter().flat_map(|package| package.sees.iter().copied());
    let crossed = in_force(read).into_iter().map(|id| program.crosswalk(id)).flat_map(|row| [row.from, row.to]);
    let mut catalogs: Vec<CatalogId> =
        seen.chain(crossed.flatten()).collect::<BTreeSet<CatalogId>>().into_iter().collect();
    catalogs.sort_by(|a, b| natural_order(read.name(program.catalog(*a).id), read.name(program.catalog(*b).id)));
    catalogs
}

/// The crosswalks in force, those of the package itself, and those between catalogs of the output, by id.
pub fn crosswalks(read: Reader<'_>) -> Vec<CrosswalkId> {
    let program = read.program();
    let catalogs: BTreeSet<CatalogId> = catalogs(read).into_iter().collect();
    let root = program.packages.len().checked_sub(1);
    let known = |side: Option<CatalogId>| side.is_some_and(|id| catalogs.contains(&id));
    let mut crosswalks: Vec<CrosswalkId> = (0..)
        .map(CrosswalkId)
        .zip(&program.crosswalks)
        .filter(|(_, row)| Some(row.origin.package.0 as usize) == root || (known(row.from) && known(row.to)))
        .map(|(id, _)| id)
        .collect();
    crosswalks.sort_by(|a, b| natural_order(read.name(program.crosswalk(*a).id), read.name(program.crosswalk(*b).id)));
    crosswalks
}

/// The crosswalks that some `through` of the model or its bases names.
fn in_force(read: Reader<'_>) -> BTreeSet<CrosswalkId> {
    let head = read.program().root().and_then(|package| package.model.head.as_ref());
    head.into_iter().flat_map(|head| &head.covers).flat_map(|cover| cover.through.iter().copied()).collect()
}
