//! A compiled package as the handlers ask it: files by path, trees, lines, requirements by id.

use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use crate::compile::{Analysis, Compilation};
use crate::model::{Name, PackageId, Program, RequirementId};
use crate::package::Loaded;
use crate::source::Source;
use crate::span::{FileId, Span};
use crate::syntax::tree::{NodeId, Role, Tree};

/// A compiled package, with what it uses.
pub struct Snapshot {
    /// The folder, or the file, that was compiled.
    pub root: String,
    /// What came of it.
    pub compilation: Compilation,
    /// The packages as they were written.
    pub loaded: Vec<Loaded>,
    /// Which state of each open buffer it has seen.
    pub revisions: FxHashMap<String, u64>,
    /// The folder in which the standard library lies for editors to open, if there is one.
    pub standard: Option<String>,
    by_path: FxHashMap<String, FileId>,
    /// Of each file, its package and the position of its tree; `None` for manifests.
    trees: Vec<Option<(PackageId, usize)>>,
    /// Of each package, those whose models its model extends, directly or not, the lowest first.
    bases: Vec<Vec<PackageId>>,
    requirements: OnceLock<FxHashMap<Name, Vec<RequirementId>>>,
}

impl Snapshot {
    /// Makes an analysis ready to be asked.
    pub fn new(
        root: String,
        analysis: Analysis,
        revisions: FxHashMap<String, u64>,
        standard: Option<String>,
    ) -> Snapshot {
        let Analysis { compilation, loaded } = analysis;
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
        let bases = bases(&compilation.program, &loaded);
        Snapshot {
            root,
            compilation,
            loaded,
            revisions,
            standard,
            by_path,
            trees,
            bases,
            requirements: OnceLock::new(),
        }
    }

    /// The file with a path, as diagnostics name it.
    pub fn file(&self, path: &str) -> Option<FileId> {
        self.by_path.get(path).copied()
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

    /// The packages whose models a package's model extends, directly or not, the lowest first.
    pub fn bases(&self, package: PackageId) -> &[PackageId] {
        self.bases.get(package.0 as usize).map_or(&[], |bases| bases)
    }

    /// The package that was asked for.
    pub fn root_package(&self) -> PackageId {
        PackageId(u32::try_from(self.loaded.len().saturating_sub(1)).unwrap_or(u32::MAX))
    }

    /// The requirements, controls and clauses with an id, in all catalogs.
    pub fn requirements(&self, id: Name) -> &[RequirementId] {
        let index = self.requirements.get_or_init(|| {
            let mut index: FxHashMap<Name, Vec<RequirementId>> = FxHashMap::default();
            for (id, row) in (0..).map(RequirementId).zip(&self.program().requirements) {
                index.entry(row.id).or_default().push(id);
            }
            index
        });
        index.get(&id).map_or(&[], |ids| ids)
    }

    /// The statement whose head is at a place.
    pub fn statement(&self, head: Span) -> Option<(&Tree, NodeId)> {
        let (_, tree) = self.tree(head.file)?;
        let position = tree.nodes.binary_search_by_key(&head.start, |node| node.start).ok()?;
        Some((tree, NodeId::try_from(position).ok()?))
    }

    /// The place of the id, or the title, of the statement whose head is at a place.
    pub fn id_of(&self, head: Span) -> Span {
        let statement = self.statement(head);
        let id = statement.and_then(|(tree, node)| tree.arg(node, Role::Id).or_else(|| tree.arg(node, Role::Title)));
        id.unwrap_or(head)
    }

    /// A statement with its block.
    pub fn whole(&self, head: Span) -> Span {
        self.statement(head).map_or(head, |(tree, node)| whole(tree, node))
    }
}

/// A statement with its block.
pub fn whole(tree: &Tree, node: NodeId) -> Span {
    let statement = tree.node(node);
    let last =
        tree.nodes.get((statement.subtree_end as usize).saturating_sub(1)).map_or(statement.end, |last| last.end);
    let end = statement.close.map_or(last, |close| close + 1).max(statement.end);
    Span { file: tree.file, start: statement.start, end: end.max(statement.open.map_or(0, |open| open + 1)) }
}

fn bases(program: &Program, loaded: &[Loaded]) -> Vec<Vec<PackageId>> {
    let mut all: Vec<Vec<PackageId>> = Vec::new();
    for (package, written) in program.packages.iter().zip(loaded) {
        let mut bases = Vec::new();
        let extends = package.model.head.as_ref().map_or(&[][..], |head| &head.extends);
        for used in &written.uses {
            let head = program.packages.get(used.package).and_then(|package| package.model.head.as_ref());
            if head.is_some_and(|head| extends.contains(&head.id)) {
                bases.extend(all.get(used.package).into_iter().flatten().copied());
                bases.extend(u32::try_from(used.package).map(PackageId));
            }
        }
        bases.sort_unstable();
        bases.dedup();
        all.push(bases);
    }
    all
}
