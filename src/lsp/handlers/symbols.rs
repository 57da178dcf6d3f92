//! The outline of a file, and names found by a part of them.

use lsp_types as lsp;
use rustc_hash::FxHashSet;
use serde_json::json;

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
        let mut top: Vec<lsp::DocumentSymbol> = Vec::new();
        for node in tree.top() {
            workspace.asking.go_on()?;
            top.extend(symbol(tree, view.text(), &positions, node));
        }
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

/// How the protocol calls what a statement stands as.
pub fn symbol_kind(symbol: Symbol) -> lsp::SymbolKind {
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

/// `workspace/symbol`: what has all the words of the query in its full id or title, then what has their letters in this
/// order. What is of the workspace comes before the standard library; clients that take parts get its first matches as
/// they are found.
pub fn search(
    workspace: &Workspace,
    params: lsp::WorkspaceSymbolParams,
) -> Result<Option<lsp::WorkspaceSymbolResponse>, Fault> {
    let query = params.query.to_lowercase();
    let mut search = Search {
        workspace,
        words: query.split_whitespace().collect(),
        seen: FxHashSet::default(),
        ranks: Default::default(),
        told: 0,
    };
    for snapshot in workspace.all_snapshots() {
        for number in (0..snapshot.loaded.len()).map(|number| PackageId(narrow(number))) {
            workspace.asking.go_on()?;
            search.in_package(snapshot, number);
        }
        search.tell_first();
    }
    let mut symbols: Vec<lsp::WorkspaceSymbol> = search.ranks.into_iter().flatten().collect();
    symbols.truncate(MOST - search.told);
    if workspace.asking.takes_parts() {
        workspace.asking.part(json!(symbols));
        symbols.clear();
    }
    Ok(Some(symbols.into()))
}

struct Search<'a> {
    workspace: &'a Workspace,
    words: Vec<&'a str>,
    seen: FxHashSet<(String, u32)>,
    /// What was found: first what holds the words in the workspace, then what holds their letters; then in the library.
    ranks: [Vec<lsp::WorkspaceSymbol>; 4],
    /// How many have been told already.
    told: usize,
}

impl Search<'_> {
    /// Tells the first matches.
    fn tell_first(&mut self) {
        if self.workspace.asking.takes_parts() && !self.ranks[0].is_empty() {
            self.ranks[0].truncate(MOST - self.told);
            self.told += self.ranks[0].len();
            self.workspace.asking.part(json!(std::mem::take(&mut self.ranks[0])));
        }
    }

    fn in_package(&mut self, snapshot: &Snapshot, package: PackageId) {
        let Some(loaded) = snapshot.loaded.get(package.0 as usize) else { return };
        for tree in &loaded.trees {
            let source = snapshot.source(tree.file);
            let path = self.workspace.real_path(&source.display());
            for node in (0..).zip(&tree.nodes).map(|(node, _)| node) {
                if self.told + self.ranks[0].len() >= MOST {
                    return;
                }
                let Some((name, kind)) = named(tree, &source.text, node) else { continue };
                // In a list of all files, outcomes of different processes are told apart by their full ids.
                let name = match (tree.full_id(node, &source.text), tree.arg(node, Role::Id)) {
                    (Some(full), Some(id)) => name.replacen(source.text.get(id.range()).unwrap_or_default(), &full, 1),
                    _ => name,
                };
                let lower = name.to_lowercase();
                let rank = if self.words.iter().all(|word| lower.contains(word)) {
                    0
                } else if self.words.iter().all(|word| word.len() > 1 && has_letters(&lower, word)) {
                    1
                } else {
                    continue;
                };
                let rank = rank + 2 * usize::from(loaded.is_standard);
                if self.ranks[rank].len() >= MOST || !self.seen.insert((path.clone(), tree.node(node).start)) {
                    continue;
                }
                let location = self.workspace.location(snapshot, snapshot.id_of(tree.head(node)));
                let parent = tree.node(node).parent;
                let container_name = parent.and_then(|parent| Some(named(tree, &source.text, parent)?.0));
                let container_name = container_name.or_else(|| Some(loaded.name.clone()));
                let base_symbol_information = lsp::BaseSymbolInformation { name, kind, tags: None, container_name };
                let symbol = lsp::WorkspaceSymbol { location: location.into(), data: None, base_symbol_information };
                self.ranks[rank].push(symbol);
            }
        }
    }
}

/// Whether a text has the letters of a word in their order.
fn has_letters(text: &str, word: &str) -> bool {
    let mut letters = text.chars();
    word.chars().all(|letter| letters.any(|other| other == letter))
}
