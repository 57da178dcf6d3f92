//! What the handlers are asked about: the open buffers, and the last good compilation of each package.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use lsp_types as lsp;
use rustc_hash::FxHashMap;

use super::address;
use super::asking::{Asking, Patience};
use super::documents::{Document, Overlay, Parsed};
use super::names::{Mention, Names, Symbol, What};
use super::positions::{self, Positions};
use super::snapshot::Snapshot;
use crate::compile::reworded::{Edit, Reworded, reworded};
use crate::model::PackageId;
use crate::source::lines::{Encoding, Lines};
use crate::source::{Files, join};
use crate::span::{FileId, Span};
use crate::syntax::tree::{Arg, NodeId, Tree};

/// What the client can do, and how it wants things.
#[derive(Clone, Copy, Debug, Default)]
pub struct Client {
    /// What columns count.
    pub encoding: Encoding,
    /// Whether completions may have places to fill in.
    pub snippets: bool,
    /// Whether diagnostics may point at further places.
    pub related_information: bool,
    /// Whether edits may say which versions of files they are for.
    pub document_changes: bool,
    /// Whether the outline may be a tree.
    pub symbol_tree: bool,
    /// Whether it asks for diagnostics itself.
    pub pulls: bool,
    /// Whether it has the command that shows references.
    pub shows_references: bool,
    /// Whether hints are wanted, as with `prm check --pedantic`.
    pub pedantic: bool,
    /// Whether lenses are not wanted, or hints.
    pub no_lenses: bool,
    pub no_hints: bool,
    /// Whether it asks for a reason, to accept a link with it: the command `prm.acceptLink`.
    pub asks_reasons: bool,
    /// Whether the codes of diagnostics may have links.
    pub code_links: bool,
    /// Whether it shows Markdown.
    pub markdown: bool,
    /// What it can be asked to ask for anew.
    pub refreshes: Refreshes,
    /// Whether it shows how far work is that nobody asked for.
    pub progress: bool,
}

/// What a client can be asked to ask for anew.
#[derive(Clone, Copy, Debug, Default)]
pub struct Refreshes {
    /// Lenses.
    pub lenses: bool,
    /// Inlay hints.
    pub hints: bool,
    /// Semantic tokens.
    pub tokens: bool,
}

/// A package that is watched.
#[derive(Clone, Default)]
pub struct World {
    /// Its last compilation.
    pub snapshot: Option<Arc<Snapshot>>,
    /// The last job, and the last job done.
    pub asked: u64,
    pub done: u64,
    /// When the last job was given, and how long the one before took.
    pub since: Option<Duration>,
    pub took: Duration,
    /// Whether it was found beside what the client has opened.
    pub is_beside: bool,
    /// What the last changes did to the findings of the last compilation, where they changed words and links alone.
    pub amended: Option<Arc<Amended>>,
    /// When it is to be compiled, since that is all that the last changes asked for.
    pub rest: Option<Duration>,
    /// The last moment at which more may have changed than the text of a buffer, as jobs are counted.
    pub shaken: u64,
}

impl World {
    /// Whether a request need not wait for what was typed last: for who needs to know no more than what is found, it is
    /// enough to know what the change does to that; and where it changed words alone, things hang together as before.
    pub fn is_current(&self, patience: Patience) -> bool {
        let amended = self.amended.as_ref().filter(|amended| amended.number == self.asked);
        let most =
            amended.map(|amended| if amended.reworded.is_relinked { Patience::Findings } else { Patience::Links });
        self.done >= self.asked || most.is_some_and(|most| patience <= most)
    }

    /// Whether it takes so little to compile it that nobody notices.
    pub fn is_quick(&self) -> bool {
        self.took <= 2 * Patience::Glance.duration()
    }
}

/// What changed words and links do to the findings of a compilation.
pub struct Amended {
    /// The job that need not be done for it.
    pub number: u64,
    /// The file that was changed.
    pub path: String,
    /// The state of its buffer.
    pub revision: u64,
    /// What is gone, and what is said instead.
    pub reworded: Reworded,
}

impl Amended {
    /// The files in which something is said otherwise, but for what is said in the statement that changed.
    pub fn files<'a>(&'a self, snapshot: &'a Snapshot) -> impl Iterator<Item = FileId> + 'a {
        let Reworded { gone, said, .. } = &self.reworded;
        let gone = gone.iter().filter_map(|at| snapshot.compilation.diagnostics.get(*at));
        gone.chain(said).map(|found| found.primary.span.file).filter(|file| *file != self.reworded.file)
    }
}

/// The colours of a file that were last told, with their number.
type Colours = (u64, Vec<lsp::SemanticToken>);

/// Everything that a request can be about. A copy shares what is large, and stays as it is.
#[derive(Clone)]
pub struct Workspace {
    /// The disk.
    pub disk: Arc<dyn Files + Send + Sync>,
    /// The folder in which the standard library lies for editors to open, if there is one.
    pub standard: Option<String>,
    /// The open buffers, by path.
    pub documents: BTreeMap<String, Arc<Document>>,
    /// The packages, by folder or file.
    pub worlds: BTreeMap<String, World>,
    /// The client.
    pub client: Client,
    /// The colours that were last told of each file, by their number.
    pub tokens: Arc<Mutex<FxHashMap<String, Colours>>>,
    /// The groups and processes that were given other ids: by the present id, the first.
    pub renamed: Arc<Mutex<BTreeMap<Symbol, String>>>,
    /// The request.
    pub asking: Asking,
}

impl Workspace {
    /// Remembers the colours of a file, so that later only the changes need be told; gives their number.
    pub fn remember_tokens(&self, uri: &str, tokens: Vec<lsp::SemanticToken>) -> String {
        let mut known = self.colours();
        let number = known.get(uri).map_or(1, |(number, _)| number + 1);
        known.insert(uri.to_owned(), (number, tokens));
        number.to_string()
    }

    /// The colours of a file with this number, if they are remembered.
    pub fn remembered_tokens(&self, uri: &str, number: &str) -> Option<Vec<lsp::SemanticToken>> {
        let known = self.colours();
        let (known, tokens) = known.get(uri)?;
        (known.to_string() == number).then(|| tokens.clone())
    }

    /// Forgets the colours of a file that is closed.
    pub fn forget_tokens(&self, uri: &str) {
        self.colours().remove(uri);
    }

    fn colours(&self) -> MutexGuard<'_, FxHashMap<String, Colours>> {
        // What a handler that failed has left is as good as before.
        self.tokens.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Remembers what a group or a process was called when the session began.
    pub fn remember_rename(&self, symbol: &Symbol, new: String) {
        if !matches!(symbol.what, What::Group | What::Process) {
            return;
        }
        let mut renamed = self.renamed.lock().unwrap_or_else(PoisonError::into_inner);
        let first = renamed.remove(symbol).unwrap_or_else(|| symbol.id.clone());
        if first != new {
            renamed.insert(Symbol { id: new, ..symbol.clone() }, first);
        }
    }

    /// What a group or a process was called when the session began, if it was renamed since.
    pub fn former(&self, symbol: &Symbol) -> Option<String> {
        self.renamed.lock().unwrap_or_else(PoisonError::into_inner).get(symbol).cloned()
    }

    /// The files as they are now.
    pub fn files(&self) -> Overlay {
        let open = self.documents.iter().map(|(path, document)| (path.clone(), document.buffer.clone())).collect();
        Overlay { disk: Arc::clone(&self.disk), open }
    }

    /// The package that a file belongs to: the nearest folder above it with a manifest, else the file by itself.
    pub fn root_of(&self, path: &str) -> String {
        let files = |path: &str| self.documents.contains_key(path) || self.disk.read(path).is_ok();
        let mut folder = path;
        while let Some((above, _)) = folder.rsplit_once('/').filter(|(above, _)| !above.is_empty()) {
            if files(&join(above, "prm.toml")) {
                return above.to_owned();
            }
            folder = above;
        }
        path.to_owned()
    }

    /// The path of a file as the editor knows it: the files of the standard library lie in a folder of their own.
    pub fn real_path(&self, path: &str) -> String {
        match (path.strip_prefix("<stdlib>"), &self.standard) {
            (Some(rest), Some(folder)) => format!("{folder}{rest}"),
            _ => path.to_owned(),
        }
    }

    /// Whether a file belongs to the standard library.
    pub fn is_standard(&self, path: &str) -> bool {
        let below = |folder: &String| path.strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with('/'));
        path.starts_with("<stdlib>") || self.standard.as_ref().is_some_and(below)
    }

    /// The address of a file: as the client wrote it, if it is open.
    pub fn uri(&self, path: &str) -> String {
        let path = self.real_path(path);
        self.documents.get(&path).map_or_else(|| address::uri(&path), |document| document.uri.clone())
    }

    /// The compilations that know a file, that of its own package first.
    pub fn snapshots(&self, path: &str) -> Vec<Arc<Snapshot>> {
        let own = self.documents.get(path).map(|document| document.root.clone());
        let own = own.unwrap_or_else(|| self.root_of(path));
        let first = self.worlds.get(&own).and_then(|world| world.snapshot.clone());
        let others =
            self.worlds.iter().filter(|(root, _)| **root != own).filter_map(|(_, world)| world.snapshot.clone());
        first.into_iter().chain(others).filter(|snapshot| self.file_in(snapshot, path).is_some()).collect()
    }

    /// All compilations.
    pub fn all_snapshots(&self) -> impl Iterator<Item = &Arc<Snapshot>> {
        self.worlds.values().filter_map(|world| world.snapshot.as_ref())
    }

    /// The file with a path in a compilation; files of the standard library have two paths.
    pub fn file_in(&self, snapshot: &Snapshot, path: &str) -> Option<FileId> {
        let standard = self.standard.as_ref().and_then(|folder| path.strip_prefix(folder.as_str()));
        snapshot.file(path).or_else(|| snapshot.file(&format!("<stdlib>{}", standard?)))
    }

    /// A file of a compilation as the editor has it now.
    pub fn seen<'a>(&'a self, snapshot: &'a Snapshot, file: FileId) -> Seen<'a> {
        let source = snapshot.source(file);
        let path = source.display();
        let known = snapshot.revisions.get(&path).copied();
        let document = self.documents.get(&path).filter(|document| known != Some(document.buffer.revision));
        match document {
            // What was not open when it was compiled has been read from the disk, which is as the buffer was then.
            Some(document) if known.is_some() || document.text() != source.text => Seen {
                text: document.text(),
                lines: &document.lines,
                changed: Some((document, known.unwrap_or_default())),
            },
            _ => Seen { text: &source.text, lines: snapshot.source(file).lines(), changed: None },
        }
    }

    /// What the text of a package as it is now does to the findings of its last compilation, where one buffer alone has
    /// changed since, and words and links alone in it.
    pub fn amend(&self, root: &str, number: u64) -> Option<Amended> {
        let world = self.worlds.get(root).filter(|world| world.done > world.shaken)?;
        let snapshot = world.snapshot.as_deref()?;
        let mut changed = self.documents.iter().filter(|(path, document)| {
            snapshot.file(path).is_some() && snapshot.revisions.get(*path) != Some(&document.buffer.revision)
        });
        let ((path, document), None) = (changed.next()?, changed.next()) else { return None };
        let change = document.since(*snapshot.revisions.get(path)?)?;
        let (_, old) = snapshot.tree(snapshot.file(path)?)?;
        let Parsed { tree, diagnostics } = &document.buffer.parsed;
        let edit = Edit { old, new: tree, text: document.text(), syntax: diagnostics, change };
        let reworded = reworded(&snapshot.compilation, &snapshot.loaded, &snapshot.learnt, edit)?;
        Some(Amended { number, path: path.clone(), revision: document.buffer.revision, reworded })
    }

    /// What changed words and links do to the findings of a compilation, where they are all that changed since.
    pub fn amended(&self, snapshot: &Snapshot) -> Option<&Amended> {
        self.worlds.get(&snapshot.root)?.amended.as_deref()
    }

    /// The file, and the bytes in it as it is now, of a place that a compilation tells; it may be in the statement that
    /// changed since.
    pub fn now(&self, snapshot: &Snapshot, span: Span) -> (FileId, Range<usize>) {
        let amended = self.amended(snapshot).filter(|amended| amended.reworded.file == span.file);
        if let Some((amended, document)) = amended.and_then(|own| Some((own, self.documents.get(&own.path)?))) {
            let start = amended.reworded.start;
            let bytes = span.range().start + start..span.range().end + start;
            let file = snapshot.file(&amended.path).unwrap_or(span.file);
            return (file, document.forward(amended.revision, bytes));
        }
        (span.file, self.seen(snapshot, span.file).now(span))
    }

    /// Where a place is now; it may be in the statement that changed.
    pub fn location(&self, snapshot: &Snapshot, span: Span) -> lsp::Location {
        let (file, bytes) = self.now(snapshot, span);
        let seen = self.seen(snapshot, file);
        let positions = Positions::new(seen.text, seen.lines, self.client.encoding);
        let uri = lsp::Uri(self.uri(&snapshot.source(file).display()));
        lsp::Location { uri, range: positions.range(bytes) }
    }

    /// A file for a request.
    pub fn view(&self, uri: &lsp::Uri) -> Option<View<'_>> {
        let path = address::path(&uri.0);
        let snapshot = self.snapshots(&path).into_iter().next()?;
        self.view_in(snapshot, &path)
    }

    /// A file as one of the compilations knows it.
    pub fn view_in(&self, snapshot: Arc<Snapshot>, path: &str) -> Option<View<'_>> {
        let file = self.file_in(&snapshot, path)?;
        let (package, tree) = snapshot.tree(file)?;
        let document = self.documents.get(path);
        let is_fresh =
            document.is_none_or(|document| snapshot.revisions.get(path).copied() == Some(document.buffer.revision));
        let tree = match document.filter(|_| !is_fresh) {
            Some(document) => Arc::clone(&document.buffer.parsed.tree),
            None => Arc::clone(tree),
        };
        Some(View { workspace: self, snapshot, package, file, tree, document: document.map(Arc::as_ref), is_fresh })
    }
}

/// A file of a compilation as the editor has it now.
pub struct Seen<'a> {
    /// Its text.
    pub text: &'a str,
    /// Its lines.
    pub lines: &'a Lines,
    changed: Option<(&'a Document, u64)>,
}

impl Seen<'_> {
    /// Where a place of the compilation is now.
    pub fn now(&self, span: Span) -> Range<usize> {
        match self.changed {
            Some((document, revision)) => document.forward(revision, span.range()),
            None => span.range(),
        }
    }
}

/// A file as a request sees it: the text and the tree of this moment, and what the last compilation knows.
pub struct View<'a> {
    /// Everything else.
    pub workspace: &'a Workspace,
    /// The compilation.
    pub snapshot: Arc<Snapshot>,
    /// The package of the file.
    pub package: PackageId,
    /// The file, in the compilation.
    pub file: FileId,
    /// The tree of its text.
    pub tree: Arc<Tree>,
    /// Whether the compilation has seen this very text.
    pub is_fresh: bool,
    document: Option<&'a Document>,
}

impl View<'_> {
    /// The text.
    pub fn text(&self) -> &str {
        self.document.map_or_else(|| self.snapshot.source(self.file).text.as_str(), Document::text)
    }

    /// The lines of the text.
    pub fn lines(&self) -> &Lines {
        self.document.map_or_else(|| self.snapshot.source(self.file).lines(), |document| &document.lines)
    }

    /// The positions of its bytes.
    pub fn positions(&self) -> Positions<'_> {
        Positions::new(self.text(), self.lines(), self.workspace.client.encoding)
    }

    /// The byte of a position.
    pub fn offset(&self, position: lsp::Position) -> usize {
        positions::offset(self.text(), self.lines(), position, self.workspace.client.encoding)
    }

    /// What the names of the file mean.
    pub fn names(&self) -> Names<'_> {
        Names { snapshot: &self.snapshot, package: self.package }
    }

    /// The statement in whose head, or behind whose head on the way to the next, a byte lies.
    pub fn node_at(&self, offset: usize) -> Option<NodeId> {
        self.tree.at(offset)
    }

    /// The argument at a byte, or just before it.
    pub fn arg_at(&self, offset: usize) -> Option<(NodeId, Arg)> {
        let node = self.node_at(offset)?;
        let holds = |arg: &&Arg| arg.start as usize <= offset && offset <= arg.end as usize && arg.end > arg.start;
        // Where one ends and another begins, the later is meant.
        self.tree.args(node).iter().rev().find(holds).map(|arg| (node, *arg))
    }

    /// The name at a byte.
    pub fn mention_at(&self, offset: usize) -> Option<Mention> {
        let (node, arg) = self.arg_at(offset)?;
        let mentions = self.names().mentions(self.text(), &self.tree, node, &arg);
        mentions.into_iter().rev().find(|mention| mention.bytes.start <= offset && offset <= mention.bytes.end)
    }

    /// The range of some bytes.
    pub fn range(&self, bytes: Range<usize>) -> lsp::Range {
        self.positions().range(bytes)
    }
}

/// How many folders are looked at for packages: a home folder opened by mistake shall not keep the server busy.
const FOLDERS: usize = 5_000;

/// The packages in a folder and below it: the folders with a manifest; and whether it was looked through to the end. What
/// is hidden, and what tools put there, is passed over.
pub fn packages_below(files: &dyn Files, folder: &str) -> (Vec<String>, bool) {
    let mut packages = Vec::new();
    let mut folders = std::collections::VecDeque::from([folder.trim_end_matches('/').to_owned()]);
    for _ in 0..FOLDERS {
        let Some(folder) = folders.pop_front() else { break };
        let mut entries = files.list(&folder).unwrap_or_default();
        entries.sort();
        if entries.iter().any(|entry| !entry.is_folder() && entry.name == "prm.toml") {
            packages.push(folder.clone());
        }
        let is_of_tools = |name: &str| name.starts_with('.') || matches!(name, "node_modules" | "target");
        let below = entries.iter().filter(|entry| entry.is_folder() && !is_of_tools(&entry.name));
        folders.extend(below.map(|entry| join(&folder, &entry.name)));
    }
    (packages, folders.is_empty())
}
