//! The type hierarchy, for layers: below an element or a model stand the layers that add to it, state it anew or leave it
//! out; above it, what it is built on.

use std::sync::Arc;

use lsp_types as lsp;
use serde_json::{Value, json};

use super::Fault;
use crate::lsp::names::{Names, Symbol, What};
use crate::lsp::snapshot::Snapshot;
use crate::lsp::uses;
use crate::lsp::workspace::{View, Workspace};
use crate::model::PackageId;
use crate::span::{Span, narrow};
use crate::syntax::tree::Role;

/// The kinds of things that layers have a say in.
const LAYERED: &[What] =
    &[What::Model, What::Group, What::Process, What::Outcome, What::Practice, What::Item, What::Term];

/// A statement in which a package has its say.
struct Station {
    snapshot: Arc<Snapshot>,
    /// The package: its folder, or its file.
    home: String,
    /// The place of the name.
    name: Span,
}

/// `textDocument/prepareTypeHierarchy`.
pub fn prepare(
    workspace: &Workspace,
    params: lsp::TypeHierarchyPrepareParams,
) -> Result<Option<Vec<lsp::TypeHierarchyItem>>, Fault> {
    let at = params.text_document_position_params;
    let Some(view) = workspace.view(&at.text_document.uri) else { return Ok(None) };
    let Some(mention) = view.mention_at(view.offset(at.position)) else { return Ok(None) };
    let layered = mention.symbols.iter().filter(|symbol| LAYERED.contains(&symbol.what));
    let items: Vec<_> = layered.filter_map(|symbol| nearest(workspace, &view, symbol)).collect();
    Ok(Some(items).filter(|items| !items.is_empty()))
}

/// `typeHierarchy/supertypes`: what it is built on.
pub fn supertypes(
    workspace: &Workspace,
    params: lsp::TypeHierarchySupertypesParams,
) -> Result<Option<Vec<lsp::TypeHierarchyItem>>, Fault> {
    let Some((symbol, home)) = params.item.data.as_ref().and_then(from_data) else { return Ok(None) };
    let below = bases(workspace, &home);
    let stations: Vec<Station> =
        stations(workspace, &symbol).into_iter().filter(|station| below.contains(&station.home)).collect();
    // What a base is built on is told of the base.
    let is_near =
        |station: &&Station| !stations.iter().any(|between| bases(workspace, &between.home).contains(&station.home));
    Ok(Some(stations.iter().filter(is_near).filter_map(|station| item(workspace, station, &symbol)).collect()))
}

/// `typeHierarchy/subtypes`: the layers that have a say in it.
pub fn subtypes(
    workspace: &Workspace,
    params: lsp::TypeHierarchySubtypesParams,
) -> Result<Option<Vec<lsp::TypeHierarchyItem>>, Fault> {
    let Some((symbol, home)) = params.item.data.as_ref().and_then(from_data) else { return Ok(None) };
    let with_bases = stations(workspace, &symbol).into_iter().map(|station| {
        let bases = bases(workspace, &station.home);
        (station, bases)
    });
    let above: Vec<(Station, Vec<String>)> = with_bases.filter(|(_, bases)| bases.contains(&home)).collect();
    let is_near = |(_, bases): &&(Station, Vec<String>)| !above.iter().any(|(other, _)| bases.contains(&other.home));
    Ok(Some(above.iter().filter(is_near).filter_map(|(station, _)| item(workspace, station, &symbol)).collect()))
}

/// The statement of the file's own package, or of the nearest that it is built on; at a statement, that one.
fn nearest(workspace: &Workspace, view: &View<'_>, symbol: &Symbol) -> Option<lsp::TypeHierarchyItem> {
    let own = view.names().home(view.package);
    let below = bases(workspace, &own);
    let stations = stations(workspace, symbol);
    let is_seen = |home: &String| *home == own || below.contains(home);
    // Bases come in their order, the lowest first.
    let rank = |home: &String| below.iter().position(|base| base == home).unwrap_or(below.len());
    let seen = stations.iter().filter(|station| is_seen(&station.home));
    item(workspace, seen.max_by_key(|station| rank(&station.home))?, symbol)
}

/// Where packages have their say in something.
fn stations(workspace: &Workspace, symbol: &Symbol) -> Vec<Station> {
    if symbol.what == What::Model {
        return models(workspace);
    }
    let station = |found: uses::Use| {
        let (package, tree) = found.snapshot.tree(found.span.file)?;
        let node = tree.at(found.span.start as usize)?;
        let holds = |role: Role| role == Role::Id || role == Role::Omitted || tree.is_name_of_term(node, role);
        let arg = tree.args(node).iter().find(|arg| arg.start <= found.span.start && found.span.end <= arg.end)?;
        let home = Names { snapshot: &found.snapshot, package }.home(package);
        holds(arg.role).then(|| Station { snapshot: Arc::clone(&found.snapshot), home, name: found.span })
    };
    uses::of(workspace, symbol).into_iter().filter_map(station).collect()
}

/// All models, each once.
fn models(workspace: &Workspace) -> Vec<Station> {
    let mut found: Vec<Station> = Vec::new();
    for snapshot in workspace.all_snapshots() {
        for (package, row) in (0..).map(PackageId).zip(&snapshot.program().packages) {
            let Some(head) = &row.model.head else { continue };
            let home = Names { snapshot, package }.home(package);
            if found.iter().all(|known| known.home != home) {
                let name = snapshot.id_of(head.origin.span);
                found.push(Station { snapshot: Arc::clone(snapshot), home, name });
            }
        }
    }
    found
}

/// The packages with the models that the model of one stands on, the lowest first.
fn bases(workspace: &Workspace, home: &str) -> Vec<String> {
    let found = workspace.all_snapshots().find_map(|snapshot| {
        let packages = (0..narrow(snapshot.loaded.len())).map(PackageId);
        let home_of = |package: PackageId| Names { snapshot, package }.home(package);
        let package = packages.into_iter().find(|package| home_of(*package) == home)?;
        let stands_on = &snapshot.program().packages.get(package.0 as usize)?.scope.stands_on;
        Some(stands_on.iter().map(|base| home_of(*base)).collect())
    });
    found.unwrap_or_default()
}

fn item(workspace: &Workspace, station: &Station, symbol: &Symbol) -> Option<lsp::TypeHierarchyItem> {
    let Station { snapshot, home, name } = station;
    let (package, tree) = snapshot.tree(name.file)?;
    let node = tree.at(name.start as usize)?;
    let row = tree.node(node).kind.row()?;
    let selection = workspace.location(snapshot, *name);
    let package = snapshot.loaded.get(package.0 as usize)?;
    let written = snapshot.compilation.sources.slice(*name);
    Some(lsp::TypeHierarchyItem {
        name: if symbol.what == What::Model { written.to_owned() } else { symbol.id.clone() },
        kind: row.symbol.map_or(lsp::SymbolKind::Null, super::symbols::symbol_kind),
        tags: None,
        detail: Some(format!("{} in {}", row.word, package.name)),
        uri: selection.uri,
        range: workspace.location(snapshot, tree.whole(node)).range,
        selection_range: selection.range,
        data: Some(json!([symbol.what.word(), symbol.home, symbol.id, home])),
    })
}

fn from_data(data: &Value) -> Option<(Symbol, String)> {
    let (what, home, id, package): (String, String, String, String) = serde_json::from_value(data.clone()).ok()?;
    let what = LAYERED.iter().copied().find(|kind| kind.word() == what)?;
    Some((Symbol { what, home, id }, package))
}
