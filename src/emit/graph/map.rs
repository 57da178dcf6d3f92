//! The process map: groups as clusters, processes, and their relations.

use rustc_hash::{FxHashMap, FxHashSet};

use super::picture::{Cluster, Edge, Picture, model_title, plain, process_node, titled};
use crate::document::words::fill;
use crate::emit::page::Page;
use crate::emit::{Input, notice, order};
use crate::model::{Group, Model, Name, Process};

/// The map of the package asked for; of one process: it and its neighbours.
pub fn picture(input: &Input<'_>, only: Option<Name>) -> Picture {
    let Some(package) = input.program.root() else { return Picture::of(input) };
    let model = &package.model;
    let mut shown = order::processes(input);
    if let Some(centre) = only {
        keep_neighbourhood(model, centre, &mut shown);
    }
    let (clusters, cluster_of) = clusters(input, model, &shown);
    let node = |process: &&Process| {
        let cluster = process.group.and_then(|group| cluster_of.get(&group).copied());
        super::picture::Node { cluster, ..process_node(input, process) }
    };
    let title = model_title(input, package);
    let empty = Picture::of(input);
    let words = empty.words.drawings;
    let description = match only {
        None => fill(words.map_told, &[&title]),
        Some(process) => fill(words.neighbours_told, &[input.program.name(process)]),
    };
    let title = titled(input, title, only);
    Picture {
        title,
        description,
        notices: Page::new(*input).map(|page| notice::drawn(&page)).unwrap_or_default(),
        clusters,
        nodes: shown.iter().map(node).collect(),
        edges: edges(input, &shown, only),
        ..empty
    }
}

/// Keeps a process, and those related to it in either direction.
fn keep_neighbourhood(model: &Model, centre: Name, processes: &mut Vec<&Process>) {
    let names = |process: &Process| process.relations.iter().map(|row| row.target.id).collect::<Vec<_>>();
    let told: FxHashSet<Name> = model.process(centre).map(names).unwrap_or_default().into_iter().collect();
    let is_near =
        |process: &Process| process.id == centre || told.contains(&process.id) || names(process).contains(&centre);
    processes.retain(|process| is_near(process));
}

/// The groups that hold a shown process, or a group that does; and the position of each.
fn clusters(input: &Input<'_>, model: &Model, shown: &[&Process]) -> (Vec<Cluster>, FxHashMap<Name, usize>) {
    let mut needed: FxHashSet<Name> = FxHashSet::default();
    for process in shown {
        let mut next = process.group.and_then(|id| model.group(id));
        while let Some(group) = next.filter(|group| needed.insert(group.id)) {
            next = group.parent.and_then(|id| model.group(id));
        }
    }
    let mut groups = order::groups(input);
    groups.retain(|group| needed.contains(&group.id));
    // A layer may put a group into one that stands further down.
    groups.sort_by_key(|group| depth(model, group));
    let positions: FxHashMap<Name, usize> = groups.iter().map(|group| group.id).zip(0..).collect();
    let cluster = |group: &&Group| Cluster {
        id: input.program.name(group.id).to_owned(),
        title: plain(input, group.title),
        parent: group.parent.and_then(|parent| positions.get(&parent).copied()),
    };
    (groups.iter().map(cluster).collect(), positions)
}

fn depth(model: &Model, group: &Group) -> usize {
    let above = std::iter::successors(Some(group), |group| group.parent.and_then(|id| model.group(id)));
    // No group is nested deeper than there are groups, whatever a faulty model says.
    above.take(model.groups.len()).count()
}

fn edges(input: &Input<'_>, shown: &[&Process], only: Option<Name>) -> Vec<Edge> {
    let positions: FxHashMap<Name, usize> = shown.iter().map(|process| process.id).zip(0..).collect();
    let mut edges = Vec::new();
    for (from, process) in shown.iter().enumerate() {
        for relation in &process.relations {
            let Some(to) = positions.get(&relation.target.id).copied() else { continue };
            let is_near = only.is_none_or(|centre| process.id == centre || relation.target.id == centre);
            if is_near && to != from {
                let text = relation.text.map_or_else(String::new, |text| plain(input, text));
                edges.push(Edge { from, to, kind: relation.kind.into(), text });
            }
        }
    }
    edges
}
