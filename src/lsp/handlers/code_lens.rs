//! What stands above a statement: how often a process is referred to and what it satisfies, how a catalog is covered,
//! how a requirement fares in each model.

use lsp_types as lsp;
use serde_json::json;

use super::Fault;
use crate::diagnostic::words::count;
use crate::lsp::facts::{self, Fate};
use crate::lsp::names::{Symbol, What};
use crate::lsp::workspace::{View, Workspace};
use crate::model::ReqKind;
use crate::span::Span;
use crate::syntax::statements::Kind;
use crate::syntax::tree::{NodeId, Role};

/// `textDocument/codeLens`.
pub fn lenses(workspace: &Workspace, params: lsp::CodeLensParams) -> Result<Option<Vec<lsp::CodeLens>>, Fault> {
    let view = workspace.view(&params.text_document.uri).filter(|_| !workspace.client.no_lenses);
    let Some(view) = view else { return Ok(None) };
    let positions = view.positions();
    let mut lenses = Vec::new();
    for (node, statement) in (0..).zip(&view.tree.nodes) {
        let told = match statement.kind {
            Kind::Process | Kind::ExtendProcess => process(&view, node),
            Kind::Covers => covers(&view, node),
            Kind::Requirement | Kind::Control => requirement(workspace, &view, node),
            _ => None,
        };
        workspace.asking.go_on()?;
        let Some((title, places)) = told else { continue };
        let range = positions.range(view.tree.head(node).range());
        let command = command(workspace, &view, title, range.start, &places);
        lenses.push(lsp::CodeLens { range, command: Some(command), data: None });
    }
    Ok(Some(lenses))
}

/// A title that leads to places, where the client has the command for it.
fn command(workspace: &Workspace, view: &View<'_>, title: String, at: lsp::Position, places: &[Span]) -> lsp::Command {
    if !workspace.client.shows_references || places.is_empty() {
        return lsp::Command { title, ..lsp::Command::default() };
    }
    let uri = workspace.uri(&view.snapshot.source(view.file).display());
    let locations: Vec<lsp::Location> = places.iter().map(|place| workspace.location(&view.snapshot, *place)).collect();
    let arguments = vec![json!(uri), json!(at), json!(locations)];
    lsp::Command { title, command: "prm.showReferences".to_owned(), arguments: Some(arguments), tooltip: None }
}

fn id<'a>(view: &'a View<'_>, node: NodeId) -> Option<&'a str> {
    view.text().get(view.tree.arg(node, Role::Id)?.range())
}

/// What the outcomes of a process satisfy.
fn process(view: &View<'_>, node: NodeId) -> Option<(String, Vec<Span>)> {
    let program = view.snapshot.program();
    let package = program.packages.get(view.package.0 as usize)?;
    let process = package.model.process(program.names.get(id(view, node)?)?)?;
    let linked = facts::linked(&view.snapshot, process);
    let places = linked.iter().map(|id| view.snapshot.id_of(program.requirement(*id).origin.span)).collect();
    let requirements = count(linked.len(), "requirement");
    Some((format!("{}, linked to {requirements}", count(process.outcomes.len(), "outcome")), places))
}

/// How far a catalog, or a part of it, is covered.
fn covers(view: &View<'_>, node: NodeId) -> Option<(String, Vec<Span>)> {
    let head = view.tree.head(node);
    let catalogs = &view.snapshot.compilation.coverage.catalogs;
    let program = view.snapshot.program();
    let written = view.text().get(view.tree.arg(node, Role::Ref)?.range())?;
    let name = written.split(':').next().unwrap_or_default();
    let is_own = view.package == view.snapshot.root_package() && head.start < head.end;
    let catalog = catalogs.iter().find(|catalog| program.name(program.catalog(catalog.catalog).id) == name)?;
    is_own.then(|| (facts::summary(catalog), Vec::new()))
}

/// How a requirement fares.
fn requirement(workspace: &Workspace, view: &View<'_>, node: NodeId) -> Option<(String, Vec<Span>)> {
    let symbol = symbol(view, node)?;
    let fates = facts::fates(workspace, &view.snapshot, view.package, &symbol);
    let told: Vec<String> =
        fates.iter().filter(|fate| fate.is_counted || !fate.outcomes.is_empty()).map(fate).collect();
    (!told.is_empty()).then(|| (told.join("; "), Vec::new()))
}

/// The requirement that a statement declares.
pub fn symbol(view: &View<'_>, node: NodeId) -> Option<Symbol> {
    let arg = view.tree.args(node).iter().find(|arg| arg.role == Role::Id)?;
    let mention = view.names().mentions(view.text(), &view.tree, node, arg).into_iter().next()?;
    let symbol = mention.symbols.into_iter().next().filter(|symbol| symbol.what == What::Requirement)?;
    let id = crate::lsp::names::requirement(&view.snapshot, &symbol)?;
    (view.snapshot.program().requirement(id).kind != ReqKind::Clause).then_some(symbol)
}

/// `covered by 2 outcomes in acme`.
pub fn fate(fate: &Fate) -> String {
    let outcomes = match fate.outcomes.as_slice() {
        [] => String::new(),
        [only] => format!(" ({only})"),
        several => format!(" ({})", count(several.len(), "outcome")),
    };
    format!("{} in {}{outcomes}", fate.status.word(), fate.model)
}
