//! A compiled package as the handlers ask it: files by path, trees, lines.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHasher};

use crate::compile::{Analysis, Compilation, Learnt};
use crate::model::{PackageId, Program, RequirementId, Strength};
use crate::package::Loaded;
use crate::source::Source;
use crate::span::{FileId, Span, narrow};
use crate::syntax::tree::{NodeId, Role, Tree};

/// A compiled package, with what it uses.
pub struct Snapshot {
    /// The folder, or the file, that was compiled.
    pub root: String,
    /// What came of it.
    pub compilation: Compilation,
    /// The packages as they were written.
    pub loaded: Vec<Loaded>,
    /// What was learnt on the way.
    pub learnt: Learnt,
    /// Which state of each open buffer it has seen.
    pub revisions: FxHashMap<String, u64>,
    /// The folder in which the standard library lies for editors to open, if there is one.
    pub standard: Option<String>,
    /// What lenses, hints and colours tell of other files, as one number: if it is another, they may be.
    pub facts: u64,
    by_path: FxHashMap<String, FileId>,
    /// Of each file, its package and the position of its tree; `None` for manifests.
    trees: Vec<Option<(PackageId, usize)>>,
}

impl Snapshot {
    /// Makes an analysis ready to be asked.
    pub fn new(
        root: String,
        analysis: Analysis,
        revisions: FxHashMap<String, u64>,
        standard: Option<String>,
    ) -> Snapshot {
        let Analysis { compilation, loaded, learnt } = analysis;
        let mut trees = Vec::new();
        trees.resize_with(compilation.sources.iter().count(), || None);
        for (number, package) in (0..).zip(&loaded) {
            for (position, tree) in package.trees.iter().enumerate() {
                if let Some(slot) = trees.get_mut(tree.file.0 as usize) {
                    *slot = Some((PackageId(number), position));
                }
            }
        }
        let by_path = compilation.sources.iter().map(|(file, source)| (source.display(), file)).collect();
        let facts = facts(&compilation);
        Snapshot { root, compilation, loaded, learnt, revisions, standard, facts, by_path, trees }
    }

    /// The file with a path, as diagnostics name it.
    pub fn file(&self, path: &str) -> Option<FileId> {
        self.by_path.get(path).copied()
    }

    /// The folders of the packages, those of the standard library aside.
    pub fn folders(&self) -> impl Iterator<Item = String> + '_ {
        let own = self.loaded.iter().filter(|package| !package.is_standard);
        own.filter_map(|package| Some(self.source(package.manifest.file?).folder.clone()))
    }

    /// The packages.
    pub fn program(&self) -> &Program {
        &self.compilation.program
    }

    /// A file's name and text.
    pub fn source(&self, file: FileId) -> &Source {
        self.compilation.sources.file(file)
    }

    /// The package of a file, and its tree; none for a manifest.
    pub fn tree(&self, file: FileId) -> Option<(PackageId, &Arc<Tree>)> {
        let (package, position) = (*self.trees.get(file.0 as usize)?)?;
        Some((package, self.loaded.get(package.0 as usize)?.trees.get(position)?))
    }

    /// The package that was asked for.
    pub fn root_package(&self) -> PackageId {
        PackageId(narrow(self.loaded.len().saturating_sub(1)))
    }

    /// The statement whose head is at a place.
    pub fn statement(&self, head: Span) -> Option<(&Tree, NodeId)> {
        let (_, tree) = self.tree(head.file)?;
        Some((tree, tree.begins_at(head.start as usize)?))
    }

    /// The place of the id, or the title, of the statement whose head is at a place.
    pub fn id_of(&self, head: Span) -> Span {
        let statement = self.statement(head);
        let id = statement.and_then(|(tree, node)| tree.arg(node, Role::Id).or_else(|| tree.arg(node, Role::Title)));
        id.unwrap_or(head)
    }

    /// A statement with its block.
    pub fn whole(&self, head: Span) -> Span {
        self.statement(head).map_or(head, |(tree, node)| tree.whole(node))
    }
}

/// The statuses, the links and the names of a compilation, as one number.
fn facts(compilation: &Compilation) -> u64 {
    let program = &compilation.program;
    let mut hasher = FxHasher::default();
    for number in 0..narrow(program.requirements.len()) {
        (compilation.coverage.status(RequirementId(number)) as u8).hash(&mut hasher);
    }
    for package in &program.packages {
        for name in package.model.index.keys().chain(package.scope.uses.keys()) {
            // The order of a map tells nothing.
            let mut own = FxHasher::default();
            program.name(*name).hash(&mut own);
            hasher.write_u64(own.finish());
        }
        for outcome in package.model.processes.iter().flat_map(|process| &process.outcomes) {
            program.name(outcome.id).hash(&mut hasher);
            for link in &outcome.links {
                (link.requirement.0, link.strength == Strength::Full).hash(&mut hasher);
            }
        }
    }
    hasher.finish()
}
