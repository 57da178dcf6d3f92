//! Which files make a package, and which packages a compilation needs.
//!
//! Packages are loaded before anything in them is understood: their files are read and parsed, and every `use` brings
//! in another package, until there is none left. Nothing outside of the package and the folders that manifests name
//! is read.

pub mod files;
pub mod gate;
pub mod keys;
pub mod lock;
pub mod manifest;
mod order;
mod stdlib;

use std::io;
use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::codes;
use crate::diagnostic::{Diagnostic, words};
use crate::hands::{self, Hands, One};
use crate::source::{Files, Source, Sources, join};
use crate::span::{FileId, Span};
use crate::syntax::statements::Kind;
use crate::syntax::tree::{Role, Tree};
use files::Reach;
pub use files::dependencies;
use lock::Lock;
use manifest::{Dependency, Format, Manifest};

pub use stdlib::{names as standard_names, package as standard_package};

/// The namespace of what packages say in documents of OSCAL, and read there again.
pub const OSCAL_NAMESPACE: &str = "https://prm-lang.org/ns/oscal";

/// A loaded package: its manifest and its parsed files.
#[derive(Debug)]
pub struct Loaded {
    /// Its name: the manifest's, or the stem of a file that is a package alone.
    pub name: String,
    /// Its manifest, if it is a folder.
    pub manifest: Manifest,
    /// Whether it comes with the compiler.
    pub is_standard: bool,
    /// Its lock file, where it is there and can be read.
    pub lock: Option<Lock>,
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
#[non_exhaustive]
pub struct Unreadable {
    /// The path, as diagnostics name it.
    pub path: String,
    /// What is wrong.
    pub problem: String,
    /// Whether nothing is there.
    pub is_missing: bool,
}

/// What loading gives.
#[derive(Debug, Default)]
pub struct Packages {
    /// The packages, each after those that it uses, as far as they do not use each other in a circle; the one asked
    /// for is last.
    pub loaded: Vec<Loaded>,
    /// What could not be read.
    pub unreadable: Vec<Unreadable>,
    /// Files that were not read, whose names are nearly those of sources.
    pub overlooked: Vec<String>,
    /// The lock file of the package asked for.
    pub locked: Locked,
}

/// The lock file of a package: `prm.lock` beside `prm.toml`; of a file `keys.prm` that is a package alone,
/// `keys.prm.lock` beside it.
#[derive(Clone, Debug, Default)]
pub struct Locked {
    /// Where it is, or would be, as diagnostics name it.
    pub path: String,
    /// What it says, where it is there and can be read.
    pub lock: Option<Lock>,
    /// What those of the other packages say, in their order.
    pub others: Vec<Option<Lock>>,
}

/// How a file becomes a tree: anew, or, for an editor, from what is known of it.
pub trait Parse {
    /// The tree of a file, and what there is to say about its syntax.
    fn parse(&mut self, file: FileId, source: &Source) -> (Arc<Tree>, Vec<Diagnostic>);

    /// The trees of several files, in their order.
    fn parse_all(&mut self, files: &[(FileId, &Source)]) -> Vec<(Arc<Tree>, Vec<Diagnostic>)> {
        files.iter().map(|(file, source)| self.parse(*file, source)).collect()
    }

    /// Who does the work that can be shared.
    fn hands(&self) -> &dyn Hands {
        &One
    }

    /// Whether the trees are wanted when the names are connected; else their memory is free for what follows.
    fn keeps_trees(&self) -> bool {
        true
    }
}

/// Every file is parsed anew, by some hands.
pub struct Anew<'h>(pub &'h dyn Hands);

impl Parse for Anew<'_> {
    fn parse(&mut self, file: FileId, source: &Source) -> (Arc<Tree>, Vec<Diagnostic>) {
        let (tree, found) = crate::syntax::parse(file, &source.text);
        (Arc::new(tree), found)
    }

    fn parse_all(&mut self, files: &[(FileId, &Source)]) -> Vec<(Arc<Tree>, Vec<Diagnostic>)> {
        let parts = self.0.parts(files.iter().map(|(_, source)| source.text.len()).sum());
        let parse = |range: Range<usize>| {
            let files = files.get(range).unwrap_or_default();
            files.iter().map(|(file, source)| Anew(&One).parse(*file, source)).collect::<Vec<_>>()
        };
        hands::share(self.0, files.len(), parts, parse).into_iter().flatten().collect()
    }

    fn hands(&self) -> &dyn Hands {
        self.0
    }

    fn keeps_trees(&self) -> bool {
        false
    }
}

/// Loads the package at a path, and all that it uses.
///
/// A path that is no folder is a file that is a package by itself. `formats` are those that
/// manifests may name.
pub fn load(
    files: &dyn Files,
    path: &str,
    formats: &[Format],
    parser: &mut dyn Parse,
    sources: &mut Sources,
) -> (Packages, Vec<Diagnostic>) {
    let mut loader = Loader { formats, ..Loader::new(files, parser, sources) };
    loader.root(path);
    let mut next = 0;
    while next < loader.packages.len() {
        loader.follow_uses(next);
        next += 1;
    }
    let Loader { packages, unreadable, overlooked, mut diagnostics, lock_path, .. } = loader;
    let (mut loaded, found) = order::sort(packages);
    diagnostics.extend(found);
    let mut others: Vec<Option<Lock>> = loaded.iter_mut().map(|package| package.lock.take()).collect();
    let locked = Locked { path: lock_path, lock: others.pop().flatten(), others };
    (Packages { loaded, unreadable, overlooked, locked }, diagnostics)
}

/// A file by itself, and the other files of the package that it stands in.
#[derive(Debug)]
pub struct Place {
    /// The file.
    pub file: Arc<Tree>,
    /// What is wrong with its text.
    pub diagnostics: Vec<Diagnostic>,
    /// The other files, as far as they can be read.
    pub beside: Vec<Arc<Tree>>,
}

/// Reads a file, and those beside it in the package in `folder`, if it stands in one; the manifest is not looked at.
///
/// # Errors
/// Where the file itself cannot be read.
pub fn load_place(
    files: &dyn Files,
    folder: Option<&str>,
    path: &str,
    sources: &mut Sources,
) -> Result<Place, Unreadable> {
    let mut parser = Anew(&One);
    let mut loader = Loader::new(files, &mut parser, sources);
    let in_package = folder.and_then(|folder| Some((folder, strip_folder(path, folder)?)));
    let (folder, name) = in_package.unwrap_or(("", path));
    let read = files.read(path);
    let Some(file) = loader.source(folder, name, read).map(|file| loader.parse(file)) else {
        let problem = "it cannot be read".to_owned();
        return Err(loader.unreadable.pop().unwrap_or(Unreadable {
            path: path.to_owned(),
            problem,
            is_missing: false,
        }));
    };
    let diagnostics = std::mem::take(&mut loader.diagnostics);
    let mut paths = Vec::new();
    if in_package.is_some() {
        loader.reach.add(files, folder);
        paths = loader.reach.walk(files, folder).paths;
    }
    let beside = paths.iter().filter(|path| *path != name).filter_map(|path| loader.found(folder, path)).collect();
    Ok(Place { file, diagnostics, beside: loader.parse_all(beside) })
}

/// A path as seen from a folder that it leads through.
fn strip_folder<'a>(path: &'a str, folder: &str) -> Option<&'a str> {
    match folder {
        "" | "." => Some(path),
        _ => path.strip_prefix(folder)?.strip_prefix('/'),
    }
}

/// The lock file of a package that is a folder.
const LOCK: &str = "prm.lock";

/// Sources of more bytes, of all packages together, are not read.
const MOST_TOGETHER: usize = 512 << 20;

struct Loader<'a> {
    files: &'a dyn Files,
    formats: &'a [Format],
    parser: &'a mut dyn Parse,
    sources: &'a mut Sources,
    packages: Vec<Loaded>,
    /// The package of each folder, by where it leads, and of each name of the standard library.
    by_key: FxHashMap<String, usize>,
    /// Where files may lead.
    reach: Reach,
    /// How much was read.
    bytes: usize,
    unreadable: Vec<Unreadable>,
    overlooked: Vec<String>,
    diagnostics: Vec<Diagnostic>,
    /// Where the lock file of the package asked for is, or would be.
    lock_path: String,
}

impl<'a> Loader<'a> {
    fn new(files: &'a dyn Files, parser: &'a mut dyn Parse, sources: &'a mut Sources) -> Loader<'a> {
        Loader {
            files,
            formats: &[],
            parser,
            sources,
            packages: Vec::new(),
            by_key: FxHashMap::default(),
            reach: Reach::default(),
            bytes: 0,
            unreadable: Vec::new(),
            overlooked: Vec::new(),
            diagnostics: Vec::new(),
            lock_path: String::new(),
        }
    }

    fn root(&mut self, path: &str) {
        let Some(folder) = files::folder(self.files, path) else { return self.single_file(path) };
        self.lock_path = join(folder, LOCK);
        self.folder(folder, None);
    }

    /// A file that is a package by itself.
    fn single_file(&mut self, path: &str) {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let folder = if path.starts_with('/') && folder.is_empty() { "/" } else { folder };
        let stem = name.strip_suffix(".prm").unwrap_or(name).to_owned();
        let file = match files::refuses_given(self.files, path) {
            Some(problem) => {
                self.unreadable.push(problem);
                None
            }
            None => {
                let read = self.files.read_given(path);
                self.source(folder, name, read)
            }
        };
        let trees = self.parse_all(file.into_iter().collect());
        self.reach.add(self.files, folder);
        let lock_name = format!("{name}.lock");
        self.lock_path = join(folder, &lock_name);
        let lock = self.lock(folder, &lock_name);
        let manifest = Manifest::default();
        self.packages.push(Loaded { name: stem, manifest, is_standard: false, lock, trees, uses: Vec::new() });
    }

    /// The lock file of a package: what was judged in a base holds in its layers, too.
    fn lock(&mut self, folder: &str, name: &str) -> Option<Lock> {
        let bytes = match self.reach.read(self.files, folder, name) {
            Ok(bytes) => self.within(folder, name, bytes)?,
            Err(problem) if problem.is_missing => return None,
            Err(problem) => {
                self.unreadable.push(problem);
                return None;
            }
        };
        let text = self.utf8(folder, name, bytes)?;
        let file = self.sources.add(folder, name, text);
        let lock = lock::read(file, &self.sources.file(file).text);
        lock.map_err(|found| self.diagnostics.extend(found)).ok()
    }

    /// The package in a folder; `wanted_by` is the dependency that names it.
    fn folder(&mut self, folder: &str, wanted_by: Option<&Dependency>) -> Option<usize> {
        let key = self.files.real(folder);
        if let Some(known) = self.by_key.get(&key) {
            return Some(*known);
        }
        let manifest = self.manifest(folder, wanted_by)?;
        let found = self.reach.walk(self.files, folder);
        self.unreadable.extend(found.problems);
        self.overlooked.extend(found.overlooked);
        let read = found.paths.iter().filter_map(|path| self.found(folder, path)).collect();
        let trees = self.parse_all(read);
        let name = manifest.name.clone().unwrap_or_default();
        let lock = self.lock(folder, LOCK);
        self.packages.push(Loaded { name, manifest, is_standard: false, lock, trees, uses: Vec::new() });
        self.by_key.insert(key, self.packages.len() - 1);
        Some(self.packages.len() - 1)
    }

    fn manifest(&mut self, folder: &str, wanted_by: Option<&Dependency>) -> Option<Manifest> {
        self.reach.add(self.files, folder);
        let bytes = match (self.reach.read(self.files, folder, "prm.toml"), wanted_by) {
            (Ok(bytes), _) => bytes,
            (Err(problem), Some(dependency)) if problem.is_missing => {
                self.diagnostics.push(missing_dependency(dependency));
                return None;
            }
            (Err(problem), _) => {
                self.unreadable.push(problem);
                return None;
            }
        };
        let text = self.utf8(folder, "prm.toml", bytes)?;
        let file = self.sources.add(folder, "prm.toml", text);
        let (manifest, found) = manifest::read(file, &self.sources.file(file).text, folder, self.formats);
        self.diagnostics.extend(found);
        for dependency in &manifest.dependencies {
            self.reach.add(self.files, &dependency.folder);
        }
        Some(manifest)
    }

    /// A source that was found in a package.
    fn found(&mut self, folder: &str, path: &str) -> Option<FileId> {
        if self.bytes > MOST_TOGETHER {
            return None;
        }
        match self.reach.read(self.files, folder, path) {
            Ok(bytes) => self.source(folder, path, Ok(bytes)),
            Err(problem) => {
                self.unreadable.push(problem);
                None
            }
        }
    }

    /// Takes in the text of a source.
    fn source(&mut self, folder: &str, path: &str, read: io::Result<Vec<u8>>) -> Option<FileId> {
        let bytes = read.map_err(|error| files::unreadable(join(folder, path), &error));
        let bytes = bytes.map_err(|problem| self.unreadable.push(problem)).ok()?;
        let bytes = self.within(folder, path, bytes)?;
        let text = self.utf8(folder, path, bytes)?;
        Some(self.sources.add(folder, path, text))
    }

    /// What was read, as long as all of it together is not too large.
    fn within(&mut self, folder: &str, path: &str, bytes: Vec<u8>) -> Option<Vec<u8>> {
        let read_before = self.bytes;
        self.bytes += bytes.len();
        if self.bytes > MOST_TOGETHER {
            // Said once; the rest is not read either.
            if read_before <= MOST_TOGETHER {
                let problem = format!("with it, the files are larger than {} MiB together", MOST_TOGETHER >> 20);
                self.unreadable.push(Unreadable { path: join(folder, path), problem, is_missing: false });
            }
            return None;
        }
        Some(bytes)
    }

    fn parse(&mut self, file: FileId) -> Arc<Tree> {
        let (tree, found) = self.parser.parse(file, self.sources.file(file));
        self.take(file, tree, found)
    }

    fn parse_all(&mut self, files: Vec<FileId>) -> Vec<Arc<Tree>> {
        let sources: Vec<(FileId, &Source)> = files.iter().map(|file| (*file, self.sources.file(*file))).collect();
        let parsed = self.parser.parse_all(&sources);
        files.into_iter().zip(parsed).map(|(file, (tree, found))| self.take(file, tree, found)).collect()
    }

    fn take(&mut self, file: FileId, tree: Arc<Tree>, found: Vec<Diagnostic>) -> Arc<Tree> {
        self.sources.read_as(file, &tree.meant);
        self.diagnostics.extend(found);
        tree
    }

    fn utf8(&mut self, folder: &str, path: &str, bytes: Vec<u8>) -> Option<String> {
        files::utf8(join(folder, path), bytes).map_err(|unreadable| self.unreadable.push(unreadable)).ok()
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
        // By name, so that the order of `use` statements never shows in the order of files.
        uses.sort_by_key(|(span, _)| (self.sources.slice(*span).to_owned(), *span));
        for (span, alias) in uses {
            let name = self.sources.slice(span).to_owned();
            if let Some(found) = self.used(package, &name, span) {
                self.packages[package].uses.push(Use { package: found, span, alias });
            }
        }
        // Dependencies that nothing uses are looked at too, so that a wrong path is found out at once.
        let mut dependencies = self.packages[package].manifest.dependencies.clone();
        dependencies.sort_by(|one, other| one.name.cmp(&other.name));
        for dependency in dependencies {
            self.dependency(&dependency);
        }
    }

    fn used(&mut self, package: usize, name: &str, span: Span) -> Option<usize> {
        // A `use` without a name was reported.
        if name.is_empty() {
            return None;
        }
        let dependency = self.packages[package].manifest.dependencies.iter().find(|dependency| dependency.name == name);
        if let Some(dependency) = dependency.cloned() {
            return self.dependency(&dependency);
        }
        if let Some(found) = self.standard(name) {
            return Some(found);
        }
        // One that is called otherwise there is told where it is named.
        let dependencies = self.packages[package].manifest.dependencies.clone();
        let found = dependencies.iter().filter_map(|dependency| self.dependency(dependency));
        if let Some(found) = found.collect::<Vec<_>>().into_iter().find(|found| self.packages[*found].name == name) {
            return Some(found);
        }
        let manifest = &self.packages[package].manifest;
        if manifest.is_unsure {
            return None;
        }
        let known: Vec<&str> =
            manifest.dependencies.iter().map(|dependency| dependency.name.as_str()).chain(stdlib::names()).collect();
        // A path or an address ends with what may be its name.
        let last = name.trim_end_matches('/').rsplit('/').next().unwrap_or(name).trim_end_matches(".prm");
        let help = match words::nearest(last, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if name.contains('/') => {
                "a package is named, and its folder stands in `prm.toml`, as in `[dependencies]` `house = { path = \"../house\" }`".to_owned()
            }
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
        let (manifest, found) = manifest::read(file, &self.sources.file(file).text, &key, self.formats);
        self.diagnostics.extend(found);
        let mut trees = Vec::new();
        for (path, text) in texts {
            let file = self.sources.add(&key, path, text.to_owned());
            trees.push(self.parse(file));
        }
        self.packages.push(Loaded {
            name: name.to_owned(),
            manifest,
            is_standard: true,
            lock: None,
            trees,
            uses: Vec::new(),
        });
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
