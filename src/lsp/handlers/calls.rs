//! The call hierarchy, for traces: who satisfies a requirement or achieves an outcome, what an outcome or a process
//! satisfies, and which processes have to do with each other.

use lsp_types as lsp;

use super::Fault;
use crate::index::get;
use crate::lsp::names::{Symbol, What, declarations, requirement};
use crate::lsp::snapshot::Snapshot;
use crate::lsp::workspace::Workspace;
use crate::model::{Link, Model, Name, Outcome, RequirementId, Want};
use crate::span::Span;
use crate::syntax::tree::Role;

/// `textDocument/prepareCallHierarchy`.
pub fn prepare(
    workspace: &Workspace,
    params: lsp::CallHierarchyPrepareParams,
) -> Result<Option<Vec<lsp::CallHierarchyItem>>, Fault> {
    let at = params.text_document_position_params;
    let Some(view) = workspace.view(&at.text_document.uri) else { return Ok(None) };
    let Some(mention) = view.mention_at(view.offset(at.position)) else { return Ok(None) };
    let items = mention.symbols.iter().filter_map(|symbol| item(workspace, &view.snapshot, symbol));
    Ok(Some(items.collect::<Vec<_>>()).filter(|items| !items.is_empty()))
}

/// `callHierarchy/incomingCalls`: what leads here.
pub fn incoming(
    workspace: &Workspace,
    params: lsp::CallHierarchyIncomingCallsParams,
) -> Result<Option<Vec<lsp::CallHierarchyIncomingCall>>, Fault> {
    let found = neighbours(workspace, &params.item, before);
    let call = |(from, from_ranges)| lsp::CallHierarchyIncomingCall { from, from_ranges };
    Ok(Some(found.into_iter().map(call).collect()))
}

/// `callHierarchy/outgoingCalls`: where this leads.
pub fn outgoing(
    workspace: &Workspace,
    params: lsp::CallHierarchyOutgoingCallsParams,
) -> Result<Option<Vec<lsp::CallHierarchyOutgoingCall>>, Fault> {
    let found = neighbours(workspace, &params.item, behind);
    let call = |(to, from_ranges)| lsp::CallHierarchyOutgoingCall { to, from_ranges };
    Ok(Some(found.into_iter().map(call).collect()))
}

/// What is linked with a symbol.
struct Neighbour {
    symbol: Symbol,
    /// The places of the links.
    places: Vec<Span>,
    /// What the links say, where it does not go without saying.
    says: String,
}

impl Neighbour {
    fn new(symbol: Symbol, places: Vec<Span>) -> Neighbour {
        Neighbour { symbol, places, says: String::new() }
    }
}

fn neighbours(
    workspace: &Workspace,
    item: &lsp::CallHierarchyItem,
    find: fn(&Snapshot, &Symbol) -> Vec<Neighbour>,
) -> Vec<(lsp::CallHierarchyItem, Vec<lsp::Range>)> {
    let Some(symbol) = item.data.as_ref().and_then(from_data) else { return Vec::new() };
    let mut found: Vec<(lsp::CallHierarchyItem, Vec<lsp::Range>)> = Vec::new();
    for snapshot in workspace.all_snapshots() {
        for Neighbour { symbol, places, says } in find(snapshot, &symbol) {
            let Some(mut item) = self::item(workspace, snapshot, &symbol) else { continue };
            if !says.is_empty() {
                item.detail = Some(format!("{says} · {}", item.detail.unwrap_or_default()));
            }
            let is_known = |(known, _): &(lsp::CallHierarchyItem, Vec<lsp::Range>)| known.data == item.data;
            if !found.iter().any(is_known) {
                let ranges = places.iter().map(|place| workspace.location(snapshot, *place).range).collect();
                found.push((item, ranges));
            }
        }
    }
    found
}

fn item(workspace: &Workspace, snapshot: &Snapshot, symbol: &Symbol) -> Option<lsp::CallHierarchyItem> {
    let kind = match symbol.what {
        What::Requirement => lsp::SymbolKind::Constant,
        What::Process => lsp::SymbolKind::Class,
        What::Outcome => lsp::SymbolKind::Property,
        What::Practice => lsp::SymbolKind::Method,
        _ => return None,
    };
    let (id, head) = declarations(snapshot, snapshot.root_package(), symbol).into_iter().next()?;
    let (tree, node) = snapshot.statement(head)?;
    let title = tree.args(node).iter().find(|arg| matches!(arg.role, Role::Title | Role::Text));
    let title = title.map(|arg| snapshot.compilation.sources.text(tree.span(arg)).into_owned());
    let selection = workspace.location(snapshot, id);
    Some(lsp::CallHierarchyItem {
        name: symbol.id.rsplit(':').next().unwrap_or_default().to_owned(),
        kind,
        tags: None,
        detail: title,
        range: workspace.location(snapshot, snapshot.whole(head)).range,
        uri: selection.uri,
        selection_range: selection.range,
        data: Some(serde_json::json!([symbol.what.word(), symbol.home, symbol.id])),
    })
}

fn from_data(data: &serde_json::Value) -> Option<Symbol> {
    let (what, home, id): (String, String, String) = serde_json::from_value(data.clone()).ok()?;
    let kinds = [What::Requirement, What::Process, What::Outcome, What::Practice];
    let what = kinds.into_iter().find(|kind| kind.word() == what)?;
    Some(Symbol { what, home, id })
}

fn named(snapshot: &Snapshot, what: What, name: Name) -> Option<Symbol> {
    let names = crate::lsp::names::Names { snapshot, package: snapshot.root_package() };
    names.find(Want::Element(Some(what)), snapshot.program().name(name)).into_iter().next()
}

fn of_requirement(snapshot: &Snapshot, id: RequirementId) -> Symbol {
    crate::lsp::names::Names { snapshot, package: snapshot.root_package() }.of_requirement(id)
}

/// Outcomes with a link to the requirement; practices that achieve the outcome; processes with a relation to the process.
fn before(snapshot: &Snapshot, symbol: &Symbol) -> Vec<Neighbour> {
    let program = snapshot.program();
    let Some(model) = program.root().map(|package| &package.model) else { return Vec::new() };
    match symbol.what {
        What::Requirement => {
            let Some(id) = requirement(snapshot, symbol) else { return Vec::new() };
            let incoming = snapshot.compilation.coverage.incoming(program, id);
            let link = |incoming: &crate::graph::Incoming| {
                let outcome = model.outcome_at(incoming.process, incoming.position)?;
                let place = get(&outcome.links, incoming.link)?.span;
                Some(Neighbour::new(named(snapshot, What::Outcome, outcome.id)?, vec![place]))
            };
            incoming.iter().filter_map(link).collect()
        }
        What::Outcome => {
            let Some(name) = program.names.get(&symbol.id) else { return Vec::new() };
            let practices = model.processes.iter().flat_map(|process| &process.practices);
            let achieving = practices.filter_map(|practice| {
                let places: Vec<Span> =
                    practice.achieves.iter().filter(|target| target.id == name).map(|target| target.span).collect();
                (!places.is_empty())
                    .then(|| Some(Neighbour::new(named(snapshot, What::Practice, practice.id)?, places)))?
            });
            achieving.collect()
        }
        What::Process => match program.names.get(&symbol.id) {
            Some(name) => related(snapshot, model, |from, to| (to == name).then_some(from)),
            None => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// The processes on the other side of relations, each with all of what these say; `other` gives, of the process that
/// states a relation and the one that it names, the one to be told.
fn related(snapshot: &Snapshot, model: &Model, other: impl Fn(Name, Name) -> Option<Name>) -> Vec<Neighbour> {
    let mut found: Vec<Neighbour> = Vec::new();
    for process in &model.processes {
        for relation in &process.relations {
            let Some(other) = other(process.id, relation.target.id) else { continue };
            let Some(symbol) = named(snapshot, What::Process, other) else { continue };
            let (place, word) = (relation.target.span, relation.kind.word());
            match found.iter_mut().find(|known| known.symbol == symbol) {
                Some(known) => {
                    known.places.push(place);
                    if !known.says.split(", ").any(|said| said == word) {
                        known.says = format!("{}, {word}", known.says);
                    }
                }
                None => found.push(Neighbour { symbol, places: vec![place], says: word.to_owned() }),
            }
        }
    }
    found
}

/// The requirements that an outcome, or the outcomes of a process, are linked to; the outcomes that a practice achieves;
/// the processes that a process has relations to.
fn behind(snapshot: &Snapshot, symbol: &Symbol) -> Vec<Neighbour> {
    let program = snapshot.program();
    let Some(model) = program.root().map(|package| &package.model) else { return Vec::new() };
    let Some(name) = program.names.get(&symbol.id) else { return Vec::new() };
    let links = |outcomes: &mut dyn Iterator<Item = &Outcome>| {
        let links = outcomes.flat_map(|outcome| &outcome.links);
        let linked = |link: &Link| Neighbour::new(of_requirement(snapshot, link.requirement), vec![link.span]);
        links.map(linked).collect::<Vec<_>>()
    };
    match symbol.what {
        What::Outcome => links(&mut model.outcome(name).into_iter()),
        What::Process => {
            let mut found = related(snapshot, model, |from, to| (from == name).then_some(to));
            found.extend(links(&mut model.process(name).into_iter().flat_map(|process| &process.outcomes)));
            found
        }
        What::Practice => {
            let practices = model.processes.iter().flat_map(|process| &process.practices);
            let achieved = practices.filter(|practice| practice.id == name).flat_map(|practice| &practice.achieves);
            let outcome = |target: &crate::model::Target| {
                Some(Neighbour::new(named(snapshot, What::Outcome, target.id)?, vec![target.span]))
            };
            achieved.filter_map(outcome).collect()
        }
        _ => Vec::new(),
    }
}
