//! The outline of a file, and names found by a part of them.

use lsp_types as lsp;

use super::Fault;
use crate::lsp::positions::Positions;
use crate::lsp::snapshot::Snapshot;
use crate::lsp::workspace::Workspace;
use crate::model::PackageId;
use crate::source::text;
use crate::span::narrow;
use crate::syntax::statements::Symbol;
use crate::syntax::tree::{NodeId, Role, Tree};

/// How many names are found at most.
const MOST: usize = 300;

/// `textDocument/documentSymbol`.
pub fn outline(
    workspace: &Workspace,
    params: lsp::DocumentSymbolParams,
) -> Result<Option<lsp::DocumentSymbolResponse>, Fault> {
    let Some(view) = workspace.view(&params.text_document.uri) else { return Ok(None) };
    let (tree, positions) = (&view.tree, view.positions());
    if workspace.client.symbol_tree {
        let top: Vec<lsp::DocumentSymbol> =
            tree.top().filter_map(|node| symbol(tree, view.text(), &positions, node)).collect();
        return Ok(Some(top.into()));
    }
    let nodes = (0..).zip(&tree.nodes).map(|(node, _)| node);
    let flat = nodes.filter_map(|node| {
        let (name, kind) = named(tree, view.text(), node)?;
        let container_name = tree.node(node).parent.and_then(|parent| Some(named(tree, view.text(), parent)?.0));
        let range = positions.range(tree.whole(node).range());
        let location = lsp::Location { uri: params.text_document.uri.clone(), range };
        let base_symbol_information = lsp::BaseSymbolInformation { name, kind, tags: None, container_name };
        #[allow(deprecated)]
        Some(lsp::SymbolInformation { deprecated: None, location, base_symbol_information })
    });
    Ok(Some(flat.collect::<Vec<_>>().into()))
}

/// A statement with those in its block. Blocks nest no deeper than the parser allows.
fn symbol(tree: &Tree, text: &str, positions: &Positions<'_>, node: NodeId) -> Option<lsp::DocumentSymbol> {
    let (name, kind) = named(tree, text, node)?;
    let name_at = tree.arg(node, Role::Id).or_else(|| tree.arg(node, Role::Title)).unwrap_or_else(|| tree.head(node));
    let range = positions.range(tree.whole(node).range());
    let selection_range = positions.range(name_at.range());
    let children: Vec<lsp::DocumentSymbol> =
        tree.children(node).filter_map(|child| symbol(tree, text, positions, child)).collect();
    #[allow(deprecated)]
    Some(lsp::DocumentSymbol {
        name,
        detail: None,
        kind,
        tags: None,
        deprecated: None,
        range,
        selection_range,
        children: (!children.is_empty()).then_some(children),
    })
}

/// What a statement is called in an outline; nothing for those that declare nothing.
fn named(tree: &Tree, source: &str, node: NodeId) -> Option<(String, lsp::SymbolKind)> {
    let row = tree.node(node).kind.row()?;
    let kind = symbol_kind(row.symbol?);
    let written = |role: Role| tree.arg(node, role).and_then(|span| source.get(span.range()));
    // `extend process` and the like stand beside what they speak of.
    let word = if row.word.contains(' ') { row.word } else { "" };
    let title = written(Role::Title).or_else(|| written(Role::Text)).map(text::value).unwrap_or_default();
    let title = title.lines().next().unwrap_or_default();
    let parts = [word, written(Role::Id).unwrap_or_default(), title];
    let name = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    // The protocol forbids empty names.
    Some((if name.is_empty() { row.word.to_owned() } else { name }, kind))
}

fn symbol_kind(symbol: Symbol) -> lsp::SymbolKind {
    match symbol {
        Symbol::Module => lsp::SymbolKind::Module,
        Symbol::Namespace => lsp::SymbolKind::Namespace,
        Symbol::Package => lsp::SymbolKind::Package,
        Symbol::Class => lsp::SymbolKind::Class,
        Symbol::Method => lsp::SymbolKind::Method,
        Symbol::Property => lsp::SymbolKind::Property,
        Symbol::Field => lsp::SymbolKind::Field,
        Symbol::Enum => lsp::SymbolKind::Enum,
        Symbol::Interface => lsp::SymbolKind::Interface,
        Symbol::Constant => lsp::SymbolKind::Constant,
        Symbol::String => lsp::SymbolKind::String,
        Symbol::File => lsp::SymbolKind::File,
        Symbol::EnumMember => lsp::SymbolKind::EnumMember,
    }
}

/// `workspace/symbol`: what has all the words of the query in its id or title. What is of the workspace comes before
/// the standard library.
pub fn search(
    workspace: &Workspace,
    params: lsp::WorkspaceSymbolParams,
) -> Result<Option<lsp::WorkspaceSymbolResponse>, Fault> {
    let query = params.query.to_lowercase();
    let words: Vec<&str> = query.split_whitespace().collect();
    let mut found: Vec<(bool, lsp::WorkspaceSymbol)> = Vec::new();
    let mut seen = rustc_hash::FxHashSet::default();
    for snapshot in workspace.all_snapshots() {
        for number in (0..snapshot.loaded.len()).map(|number| PackageId(narrow(number))) {
            in_package(workspace, snapshot, number, &words, &mut seen, &mut found);
        }
    }
    found.sort_by_key(|(is_standard, _)| *is_standard);
    found.truncate(MOST);
    let symbols: Vec<lsp::WorkspaceSymbol> = found.into_iter().map(|(_, symbol)| symbol).collect();
    Ok(Some(symbols.into()))
}

fn in_package(
    workspace: &Workspace,
    snapshot: &Snapshot,
    package: PackageId,
    words: &[&str],
    seen: &mut rustc_hash::FxHashSet<(String, u32)>,
    found: &mut Vec<(bool, lsp::WorkspaceSymbol)>,
) {
    let Some(loaded) = snapshot.loaded.get(package.0 as usize) else { return };
    for tree in &loaded.trees {
        let source = snapshot.source(tree.file);
        let path = workspace.real_path(&source.display());
        for node in (0..).zip(&tree.nodes).map(|(node, _)| node) {
            if found.len() > 4 * MOST {
                return;
            }
            let Some((name, kind)) = named(tree, &source.text, node) else { continue };
            let lower = name.to_lowercase();
            let start = tree.node(node).start;
            if !words.iter().all(|word| lower.contains(word)) || !seen.insert((path.clone(), start)) {
                continue;
            }
            let location = workspace.location(snapshot, snapshot.id_of(tree.head(node)));
            let parent = tree.node(node).parent;
            let container_name = parent.and_then(|parent| Some(named(tree, &source.text, parent)?.0));
            let container_name = container_name.or_else(|| Some(loaded.name.clone()));
            let base_symbol_information = lsp::BaseSymbolInformation { name, kind, tags: None, container_name };
            let symbol = lsp::WorkspaceSymbol { location: location.into(), data: None, base_symbol_information };
            found.push((loaded.is_standard, symbol));
        }
    }
}
