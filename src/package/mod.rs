//! Which files make a package, and which packages a compilation needs.
//!
//! Packages are loaded before anything in them is understood: their files are read and parsed, and every `use` brings
//! in another package, until there is none left. Nothing outside of the package and the folders that manifests name
//! is read.

pub mod manifest;
mod order;
mod stdlib;

use std::io;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::codes;
use crate::diagnostic::{Diagnostic, words};
use crate::source::{Files, Source, Sources, join};
use crate::span::{FileId, Span};
use crate::syntax::statements::Kind;
use crate::syntax::tree::{Role, Tree};
use manifest::{Dependency, Manifest};

pub use stdlib::{names as standard_names, package as standard_package};

/// A loaded package: its manifest and its parsed files.
#[derive(Debug)]
pub struct Loaded {
    /// Its name: the manifest's, or the stem of a file that is a package alone.
    pub name: String,
    /// Its manifest, if it is a folder.
    pub manifest: Manifest,
    /// Whether it comes with the compiler.
    pub is_standard: bool,
    /// The trees of its files, in the order of their paths; an editor shares them between compilations.
    pub trees: Vec<Arc<Tree>>,
    /// The packages that it uses, by position, each with the `use` statement and its alias.
    pub uses: Vec<Use>,
}

/// A `use` statement that found its package.
#[derive(Clone, Debug)]
pub struct Use {
    /// The package, by position.
    pub package: usize,
    /// The place of its name.
    pub span: Span,
    /// The alias.
    pub alias: Option<Span>,
}

/// A file that could not be read: the run fails, with the other files' errors still shown.
#[derive(Debug)]
pub struct Unreadable {
    /// The path, as diagnostics name it.
    pub path: String,
    /// What is wrong.
    pub problem: String,
}

/// What loading gives.
#[derive(Debug, Default)]
pub struct Packages {
    /// The packages, each after those that it uses, as far as they do not use each other in a circle; the one asked
    /// for is last.
    pub loaded: Vec<Loaded>,
    /// What could not be read.
    pub unreadable: Vec<Unreadable>,
}

/// How a file becomes a tree: anew, or, for an editor, from what is known of it.
pub trait Parse {
    /// The tree of a file, and what there is to say about its syntax.
    fn parse(&mut self, file: FileId, source: &Source) -> (Arc<Tree>, Vec<Diagnostic>);
}

/// Every file is parsed anew.
pub struct Anew;

impl Parse for Anew {
    fn parse(&mut self, file: FileId, source: &Source) -> (Arc<Tree>, Vec<Diagnostic>) {
        let (tree, found) = crate::syntax::parse(file, &source.text);
        (Arc::new(tree), found)
    }
}

/// Loads the package at a path, and all that it uses.
///
/// A path that ends in `.prm`, or that is no folder, is a file that is a package by itself.
pub fn load(
    files: &dyn Files,
    path: &str,
    parser: &mut dyn Parse,
    sources: &mut Sources,
) -> (Packages, Vec<Diagnostic>) {
    let mut loader = Loader {
        files,
        parser,
        sources,
        packages: Vec::new(),
        by_key: FxHashMap::default(),
        unreadable: Vec::new(),
        diagnostics: Vec::new(),
    };
    loader.root(path);
    let mut next = 0;
    while next < loader.packages.len() {
        loader.follow_uses(next);
        next += 1;
    }
    let Loader { packages, unreadable, mut diagnostics, .. } = loader;
    let (loaded, found) = order::sort(packages);
    diagnostics.extend(found);
    (Packages { loaded, unreadable }, diagnostics)
}

struct Loader<'a> {
    files: &'a dyn Files,
    parser: &'a mut dyn Parse,
    sources: &'a mut Sources,
    packages: Vec<Loaded>,
    /// The package of each folder, and of each name of the standard library.
    by_key: FxHashMap<String, usize>,
    unreadable: Vec<Unreadable>,
    diagnostics: Vec<Diagnostic>,
}

impl Loader<'_> {
    fn root(&mut self, path: &str) {
        let path = if path.is_empty() { "." } else { path };
        let is_folder = !path.ends_with(".prm") && self.files.list(path).is_ok();
        if is_folder {
            let folder = if path == "." { "" } else { path.trim_end_matches('/') };
            self.folder(folder, None);
        } else {
            self.single_file(path);
        }
    }

    /// A file that is a package by itself.
    fn single_file(&mut self, path: &str) {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let folder = if path.starts_with('/') && folder.is_empty() { "/" } else { folder };
        let stem = name.strip_suffix(".prm").unwrap_or(name).to_owned();
        let trees = self.source(folder, name).into_iter().collect();
        self.packages.push(Loaded {
            name: stem,
            manifest: Manifest::default(),
            is_standard: false,
            trees,
            uses: Vec::new(),
        });
    }

    /// The package in a folder; `wanted_by` is the dependency that names it.
    fn folder(&mut self, folder: &str, wanted_by: Option<&Dependency>) -> Option<usize> {
        let key = normalize(folder);
        if let Some(known) = self.by_key.get(&key) {
            return Some(*known);
        }
        let manifest = self.manifest(folder, wanted_by)?;
        let mut paths = Vec::new();
        self.walk(folder, "", &mut paths);
        paths.sort_unstable();
        let trees = paths.iter().filter_map(|path| self.source(folder, path)).collect();
        let name = manifest.name.clone().unwrap_or_default();
        self.packages.push(Loaded { name, manifest, is_standard: false, trees, uses: Vec::new() });
        self.by_key.insert(key, self.packages.len() - 1);
        Some(self.packages.len() - 1)
    }

    fn manifest(&mut self, folder: &str, wanted_by: Option<&Dependency>) -> Option<Manifest> {
        let text = match self.files.read(&join(folder, "prm.toml")) {
            Ok(bytes) => self.utf8(folder, "prm.toml", bytes)?,
            Err(error) => {
                match wanted_by {
                    Some(dependency) => self.diagnostics.push(missing_dependency(dependency)),
                    None if error.kind() == io::ErrorKind::NotFound => self.unreadable.push(Unreadable {
                        path: if folder.is_empty() { ".".to_owned() } else { folder.to_owned() },
                        problem: "this folder is no package: it has no `prm.toml`".to_owned(),
                    }),
                    None => self.cannot_read(folder, "prm.toml", &error),
                }
                return None;
            }
        };
        let file = self.sources.add(folder, "prm.toml", text);
        let (manifest, found) = manifest::read(file, &self.sources.file(file).text, folder);
        self.diagnostics.extend(found);
        Some(manifest)
    }

    /// All `.prm` files of a package, relative to its folder. A folder below with a manifest of its own is another
    /// package; hidden folders hold no sources.
    fn walk(&mut self, folder: &str, below: &str, paths: &mut Vec<String>) {
        let here = join(folder, below);
        let entries = match self.files.list(if here.is_empty() { "." } else { &here }) {
            Ok(entries) => entries,
            Err(error) => return self.cannot_read(folder, below, &error),
        };
        if !below.is_empty() && entries.iter().any(|entry| !entry.is_folder && entry.name == "prm.toml") {
            return;
        }
        for entry in entries {
            let path = join(below, &entry.name);
            if entry.is_folder && !entry.name.starts_with('.') {
                self.walk(folder, &path, paths);
            } else if !entry.is_folder && entry.name.ends_with(".prm") {
                paths.push(path);
            }
        }
    }

    fn source(&mut self, folder: &str, path: &str) -> Option<Arc<Tree>> {
        let bytes = match self.files.read(&join(folder, path)) {
            Ok(bytes) => bytes,
            Err(error) => {
                self.cannot_read(folder, path, &error);
                return None;
            }
        };
        let text = self.utf8(folder, path, bytes)?;
        let file = self.sources.add(folder, path, text);
        Some(self.parse(file))
    }

    fn parse(&mut self, file: FileId) -> Arc<Tree> {
        let (tree, found) = self.parser.parse(file, self.sources.file(file));
        self.diagnostics.extend(found);
        tree
    }

    fn utf8(&mut self, folder: &str, path: &str, bytes: Vec<u8>) -> Option<String> {
        let path = join(folder, path);
        if bytes.len() >= u32::MAX as usize {
            self.unreadable.push(Unreadable { path, problem: "the file is larger than 4 GiB".to_owned() });
            return None;
        }
        match String::from_utf8(bytes) {
            Ok(text) => Some(text),
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let line = 1 + error.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count();
                let problem = format!("the file is not UTF-8: line {line} holds a byte that is no character");
                self.unreadable.push(Unreadable { path, problem });
                None
            }
        }
    }

    fn cannot_read(&mut self, folder: &str, path: &str, error: &io::Error) {
        let problem = match error.kind() {
            io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
            io::ErrorKind::PermissionDenied => "it may not be read by this user".to_owned(),
            _ => error.to_string(),
        };
        self.unreadable.push(Unreadable { path: join(folder, path), problem });
    }

    fn follow_uses(&mut self, package: usize) {
        let mut uses = Vec::new();
        for tree in &self.packages[package].trees {
            for node in tree.top().filter(|node| tree.node(*node).kind == Kind::Use) {
                if let Some(span) = tree.arg(node, Role::Id) {
                    uses.push((span, tree.arg(node, Role::Alias)));
                }
            }
        }
        for (span, alias) in uses {
            let name = self.sources.slice(span).to_owned();
            if let Some(found) = self.used(package, &name, span) {
                self.packages[package].uses.push(Use { package: found, span, alias });
            }
        }
        // Dependencies that nothing uses are looked at too, so that a wrong path is found out at once.
        for dependency in self.packages[package].manifest.dependencies.clone() {
            self.dependency(&dependency);
        }
    }

    fn used(&mut self, package: usize, name: &str, span: Span) -> Option<usize> {
        let dependency = self.packages[package].manifest.dependencies.iter().find(|dependency| dependency.name == name);
        if let Some(dependency) = dependency.cloned() {
            return self.dependency(&dependency);
        }
        if let Some(found) = self.standard(name) {
            return Some(found);
        }
        let manifest = &self.packages[package].manifest;
        let known: Vec<&str> =
            manifest.dependencies.iter().map(|dependency| dependency.name.as_str()).chain(stdlib::names()).collect();
        let help = match words::nearest(name, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if manifest.file.is_some() => {
                format!("name its folder in `prm.toml`: `[dependencies]` `{name} = {{ path = \"../{name}\" }}`")
            }
            None => format!("the standard library has {}", words::list(&stdlib::names(), "and", 9)),
        };
        self.diagnostics.push(
            Diagnostic::new(&codes::UNKNOWN_PACKAGE, span, format!("there is no package `{name}`"))
                .label("neither a dependency nor in the standard library")
                .help(help),
        );
        None
    }

    fn dependency(&mut self, dependency: &Dependency) -> Option<usize> {
        let found = self.folder(&dependency.folder, Some(dependency))?;
        let actual = self.packages[found].name.clone();
        if actual != dependency.name && !actual.is_empty() {
            let diagnostic = Diagnostic::new(
                &codes::PACKAGE_NAME_MISMATCH,
                dependency.span,
                format!("the package in this folder is `{actual}`, not `{}`", dependency.name),
            )
            .label("expected the name of the package")
            .help(format!("write `{actual} = {{ … }}`, and `use {actual}`"));
            if !self.diagnostics.contains(&diagnostic) {
                self.diagnostics.push(diagnostic);
            }
        }
        Some(found)
    }

    fn standard(&mut self, name: &str) -> Option<usize> {
        let key = format!("<stdlib>/{name}");
        if let Some(known) = self.by_key.get(&key) {
            return Some(*known);
        }
        let (manifest_text, texts) = stdlib::package(name)?;
        let file = self.sources.add(&key, "prm.toml", manifest_text.to_owned());
        let (manifest, found) = manifest::read(file, &self.sources.file(file).text, &key);
        self.diagnostics.extend(found);
        let mut trees = Vec::new();
        for (path, text) in texts {
            let file = self.sources.add(&key, path, text.to_owned());
            trees.push(self.parse(file));
        }
        self.packages.push(Loaded { name: name.to_owned(), manifest, is_standard: true, trees, uses: Vec::new() });
        self.by_key.insert(key, self.packages.len() - 1);
        Some(self.packages.len() - 1)
    }
}

fn missing_dependency(dependency: &Dependency) -> Diagnostic {
    Diagnostic::new(
        &codes::MISSING_DEPENDENCY,
        dependency.path_span,
        format!("there is no package in `{}`", dependency.folder),
    )
    .label("expected a folder with a `prm.toml`")
    .help("the path is relative to the folder of this manifest")
}

/// A path without `.` and, as far as possible, `..`, so that two ways to a folder are seen to be one.
pub fn normalize(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    let joined = parts.join("/");
    if path.starts_with('/') { format!("/{joined}") } else { joined }
}
