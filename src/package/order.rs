//! The order in which packages are resolved: each after those that it uses.

use std::collections::BTreeSet;

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use super::Loaded;
use crate::codes;
use crate::diagnostic::{Diagnostic, words};

/// Sorts packages; the first given, the one asked for, ends last. Circles are reported, and cut so that work can go on.
pub fn sort(mut packages: Vec<Loaded>) -> (Vec<Loaded>, Vec<Diagnostic>) {
    let mut graph: DiGraph<usize, ()> = DiGraph::new();
    let nodes: Vec<NodeIndex> = (0..packages.len()).map(|package| graph.add_node(package)).collect();
    for (user, package) in packages.iter().enumerate() {
        for used in &package.uses {
            graph.add_edge(nodes[user], nodes[used.package], ());
        }
    }
    // The algorithm of Kosaraju needs no stack, however long a chain of packages is; that of Tarjan would.
    let components: Vec<Vec<usize>> = kosaraju_scc(&graph)
        .into_iter()
        .map(|component| component.into_iter().map(|node| graph[node]).collect())
        .collect();
    let mut diagnostics = Vec::new();
    for component in &components {
        diagnostics.extend(circle(&mut packages, component));
    }
    let order = order(&packages);
    (reorder(packages, &order), diagnostics)
}

/// Each package after those that it uses, otherwise by name, so that the order of `use` statements means nothing; the
/// first given last. There are no circles any more.
fn order(packages: &[Loaded]) -> Vec<usize> {
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); packages.len()];
    let mut open: Vec<usize> = packages.iter().map(|package| package.uses.len()).collect();
    for (user, used) in
        packages.iter().enumerate().flat_map(|(user, package)| package.uses.iter().map(move |used| (user, used)))
    {
        users[used.package].push(user);
    }
    let name = |package: usize| (package == 0, packages[package].name.as_str(), package);
    let ready = (0..packages.len()).filter(|package| open[*package] == 0);
    let mut ready: BTreeSet<(bool, &str, usize)> = ready.map(name).collect();
    let mut order = Vec::with_capacity(packages.len());
    while let Some((.., package)) = ready.pop_first() {
        order.push(package);
        for user in &users[package] {
            open[*user] -= 1;
            if open[*user] == 0 {
                ready.insert(name(*user));
            }
        }
    }
    order
}

/// Reports the packages of a component that use each other, and cuts their uses of each other.
fn circle(packages: &mut [Loaded], component: &[usize]) -> Option<Diagnostic> {
    let uses_within = |package: usize| {
        packages[package]
            .uses
            .iter()
            .filter(|used| component.contains(&used.package))
            .map(move |used| (package, used.clone()))
    };
    let mut edges: Vec<_> = component.iter().flat_map(|package| uses_within(*package)).collect();
    edges.sort_by_key(|(_, used)| used.span);
    let (first, rest) = edges.split_first()?;
    let mut names: Vec<&str> = component.iter().map(|package| packages[*package].name.as_str()).collect();
    names.sort_unstable();
    let message = match names.as_slice() {
        [only] => format!("the package `{only}` uses itself"),
        _ => format!("the packages {} use each other in a circle", words::list(&names, "and", 6)),
    };
    let mut diagnostic = Diagnostic::new(&codes::CYCLE, first.1.span, message)
        .label(format!("`{}` uses `{}` here", packages[first.0].name, packages[first.1.package].name))
        .help("move what both need into a third package that both use");
    for (user, used) in rest {
        diagnostic = diagnostic
            .also(used.span, format!("`{}` uses `{}` here", packages[*user].name, packages[used.package].name));
    }
    for package in component {
        packages[*package].uses.retain(|used| !component.contains(&used.package));
    }
    Some(diagnostic)
}

fn reorder(packages: Vec<Loaded>, order: &[usize]) -> Vec<Loaded> {
    let mut position = vec![0; packages.len()];
    for (place, package) in order.iter().enumerate() {
        position[*package] = place;
    }
    let mut sorted: Vec<(usize, Loaded)> =
        packages.into_iter().enumerate().map(|(old, package)| (position[old], package)).collect();
    sorted.sort_by_key(|(place, _)| *place);
    sorted
        .into_iter()
        .map(|(_, mut package)| {
            for used in &mut package.uses {
                used.package = position[used.package];
            }
            package
        })
        .collect()
}
