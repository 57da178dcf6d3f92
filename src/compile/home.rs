//! Findings of other packages, told at a place that the author of the package asked for has before them.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Compilation;
use crate::diagnostic::{Diagnostic, Label};
use crate::model::{PackageId, Program};
use crate::source::Sources;
use crate::span::{FileId, Span};

impl Compilation {
    /// The findings, each at a place in the package asked for: one that begins in another package, at the name by which
    /// that comes in, in `extends` or else in `use`, with the place where it begins beside it.
    pub fn at_home(&self, diagnostics: &[Diagnostic]) -> Vec<Diagnostic> {
        let mut ways = Ways::new(&self.program, &self.sources);
        diagnostics.iter().cloned().map(|diagnostic| ways.bring_home(diagnostic)).collect()
    }
}

/// Where the package asked for names what brings in a package.
struct Ways<'a> {
    program: &'a Program,
    sources: &'a Sources,
    root: Option<PackageId>,
    /// The packages by folder, for files that are no sources, such as manifests.
    folders: FxHashMap<&'a str, PackageId>,
    known: FxHashMap<PackageId, Option<Span>>,
}

impl<'a> Ways<'a> {
    fn new(program: &'a Program, sources: &'a Sources) -> Ways<'a> {
        let last = program.packages.len().checked_sub(1);
        let root = last.and_then(|last| u32::try_from(last).ok()).map(PackageId);
        let mut folders = FxHashMap::default();
        for (file, source) in sources.iter() {
            if let Some(package) = program.packages_of_files.get(&file) {
                folders.insert(source.folder.as_str(), *package);
            }
        }
        Ways { program, sources, root, folders, known: FxHashMap::default() }
    }

    fn bring_home(&mut self, mut diagnostic: Diagnostic) -> Diagnostic {
        let package = self.package(diagnostic.primary.span.file).filter(|package| Some(*package) != self.root);
        if let Some(span) = package.and_then(|package| self.way(package)) {
            let label = Label { span, text: "this brings it in".to_owned() };
            let begins = std::mem::replace(&mut diagnostic.primary, label);
            diagnostic.secondary.insert(0, begins);
        }
        diagnostic
    }

    fn package(&self, file: FileId) -> Option<PackageId> {
        let folder = || self.folders.get(self.sources.file(file).folder.as_str());
        self.program.packages_of_files.get(&file).or_else(folder).copied()
    }

    /// The first name of the package itself, else of one that it comes with.
    fn way(&mut self, to: PackageId) -> Option<Span> {
        if let Some(known) = self.known.get(&to) {
            return *known;
        }
        let named = &self.program.package(self.root?).scope.named;
        let itself = named.iter().find(|(package, _)| *package == to);
        let way = itself.or_else(|| named.iter().find(|(package, _)| self.leads(*package, to))).map(|(_, span)| *span);
        self.known.insert(to, way);
        way
    }

    fn leads(&self, from: PackageId, to: PackageId) -> bool {
        let (mut open, mut seen) = (vec![from], FxHashSet::default());
        while let Some(package) = open.pop() {
            if package == to {
                return true;
            }
            if seen.insert(package) {
                open.extend(self.program.package(package).scope.named.iter().map(|(package, _)| *package));
            }
        }
        false
    }
}
