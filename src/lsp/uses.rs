//! Every place where a name stands, in all files of all packages.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::names::{Mention, Names, Symbol, What};
use super::snapshot::Snapshot;
use super::workspace::Workspace;
use crate::model::PackageId;
use crate::span::{FileId, Span};
use crate::syntax::tree::{Arg, NodeId, Tree};

/// A place where a name stands.
#[derive(Clone)]
pub struct Use {
    /// The compilation in which it was found.
    pub snapshot: Arc<Snapshot>,
    /// The file, and the bytes of the name.
    pub span: Span,
    /// What it names.
    pub symbol: Symbol,
    /// Whether it is declared there.
    pub is_declaration: bool,
}

/// The places where some names stand, in the order of packages and files; `is_meant` says of which.
///
/// `may_be` tells quickly that a word is none of them.
pub fn find(workspace: &Workspace, may_be: &dyn Fn(&str) -> bool, is_meant: &dyn Fn(&Symbol) -> bool) -> Vec<Use> {
    let mut seen: FxHashSet<(String, u32)> = FxHashSet::default();
    let mut uses = Vec::new();
    for snapshot in workspace.all_snapshots() {
        for (number, loaded) in (0..).map(PackageId).zip(&snapshot.loaded) {
            for tree in &loaded.trees {
                let mut found = Vec::new();
                in_tree(snapshot, number, tree, may_be, is_meant, &mut found);
                let path = workspace.real_path(&snapshot.source(tree.file).display());
                uses.extend(found.into_iter().filter(|found| seen.insert((path.clone(), found.span.start))));
            }
        }
    }
    uses
}

/// The places where one name stands.
pub fn of(workspace: &Workspace, symbol: &Symbol) -> Vec<Use> {
    find(workspace, &|word| may_be(symbol, word), &|other| other == symbol)
}

/// The places where one name stands in a file.
pub fn in_file(snapshot: &Arc<Snapshot>, file: FileId, symbol: &Symbol) -> Vec<Use> {
    let mut found = Vec::new();
    if let Some((package, tree)) = snapshot.tree(file) {
        in_tree(snapshot, package, tree, &|word| may_be(symbol, word), &|other| other == symbol, &mut found);
    }
    found
}

/// Whether a word, a catalog before it or the process left out, could name a symbol.
pub fn may_be(symbol: &Symbol, word: &str) -> bool {
    if matches!(symbol.what, What::Term | What::Check) {
        return true;
    }
    let id = match symbol.what {
        What::Requirement => symbol.id.split_once(':').map_or(symbol.id.as_str(), |(_, id)| id),
        _ => &symbol.id,
    };
    id.ends_with(word) || word.ends_with(id) || word.starts_with(id)
}

fn in_tree(
    snapshot: &Arc<Snapshot>,
    package: PackageId,
    tree: &Tree,
    may_be: &dyn Fn(&str) -> bool,
    is_meant: &dyn Fn(&Symbol) -> bool,
    found: &mut Vec<Use>,
) {
    let text = snapshot.source(tree.file).text.as_str();
    let names = Names { snapshot, package };
    for (node, _) in (0..).zip(&tree.nodes) {
        for arg in tree.args(node) {
            let written = text.get(arg.start as usize..arg.end as usize).unwrap_or_default();
            let is_candidate = match arg.role {
                _ if tree.is_name_of_term(node, arg.role) => true,
                role if role.is_text() => written.contains("[["),
                _ => may_be(written),
            };
            if !is_candidate {
                continue;
            }
            for Mention { bytes, symbols } in names.mentions(text, tree, node, arg) {
                let Some(symbol) = symbols.into_iter().find(|symbol| is_meant(symbol)) else { continue };
                found.push(Use {
                    snapshot: Arc::clone(snapshot),
                    span: Span::new(tree.file, bytes.start, bytes.end),
                    is_declaration: declares(tree, node, arg),
                    symbol,
                });
            }
        }
    }
}

/// Whether an argument declares the name that it is.
fn declares(tree: &Tree, node: NodeId, arg: &Arg) -> bool {
    tree.node(node).kind.row().is_some_and(|row| row.declares(arg.role))
}

impl Use {
    /// What stands there.
    pub fn written(&self) -> &str {
        self.snapshot.compilation.sources.slice(self.span)
    }
}
