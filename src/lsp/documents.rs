//! The open buffers, laid over the disk: what is typed counts, saved or not.

use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::ops::Range;
use std::sync::Arc;

use super::positions;
use crate::diagnostic::Diagnostic;
use crate::source::lines::{Encoding, Lines};
use crate::source::{Entry, Files, join};
use crate::span::FileId;
use crate::syntax::tree::Tree;
use crate::syntax::{self, Change};

/// Changes further back than this are not followed: by then there is a newer compilation.
const REMEMBERED: usize = 10_000;

/// What is known of the text of a file: its tree, and what there is to say about its syntax.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// The tree.
    pub tree: Arc<Tree>,
    /// The diagnostics of its syntax.
    pub diagnostics: Arc<Vec<Diagnostic>>,
}

impl Parsed {
    /// Parses a text.
    pub fn new(file: FileId, text: &str) -> Parsed {
        let (tree, diagnostics) = syntax::parse(file, text);
        Parsed { tree: Arc::new(tree), diagnostics: Arc::new(diagnostics) }
    }

    /// The same for a file with this number; a copy only where it had another.
    #[must_use]
    pub fn filed(&self, file: FileId) -> Parsed {
        if self.tree.file == file {
            return self.clone();
        }
        let mut diagnostics = Vec::clone(&self.diagnostics);
        for diagnostic in &mut diagnostics {
            diagnostic.primary.span.file = file;
            diagnostic.secondary.iter_mut().for_each(|label| label.span.file = file);
            diagnostic.edit.iter_mut().for_each(|edit| edit.span.file = file);
        }
        let tree = Arc::new(Tree { file, ..Tree::clone(&self.tree) });
        Parsed { tree, diagnostics: Arc::new(diagnostics) }
    }
}

/// A buffer at one moment, as a compilation sees it.
#[derive(Clone, Debug)]
pub struct Buffer {
    /// The text.
    pub text: Arc<String>,
    /// What it was parsed to.
    pub parsed: Parsed,
    /// Which state of the buffer it is.
    pub revision: u64,
}

/// An open buffer.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its address, as the client writes it.
    pub uri: String,
    /// Its version, as the client counts.
    pub version: i32,
    /// The text and its tree.
    pub buffer: Buffer,
    /// Its lines.
    pub lines: Lines,
    /// The package that it belongs to: a folder, or the file itself.
    pub root: String,
    /// The last changes, each with the state that it led to.
    changes: VecDeque<(u64, Change)>,
    /// What has changed since the tree was made, as one change.
    unparsed: Option<Change>,
}

impl Document {
    /// A buffer that has just been opened.
    pub fn new(uri: String, version: i32, text: String, revision: u64, root: String) -> Document {
        let text = match text.strip_prefix('\u{feff}') {
            Some(rest) => rest.to_owned(),
            None => text,
        };
        let lines = Lines::new(&text);
        let parsed = Parsed::new(FileId(0), &text);
        let buffer = Buffer { text: Arc::new(text), parsed, revision };
        Document { uri, version, buffer, lines, root, changes: VecDeque::new(), unparsed: None }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.buffer.text
    }

    /// Replaces a stretch of the text, or all of it for `None`; the tree is renewed by [`Document::parse`].
    pub fn change(&mut self, range: Option<lsp_types::Range>, new: &str, encoding: Encoding, revision: u64) {
        let text = self.text();
        let bytes = range.map_or(0..text.len(), |range| {
            let start = positions::offset(text, &self.lines, range.start, encoding);
            start..positions::offset(text, &self.lines, range.end, encoding).max(start)
        });
        self.buffer.revision = revision;
        self.lines.replace(bytes.clone(), new);
        let change = Change { start: bytes.start, removed: bytes.len(), inserted: new.len() };
        self.changes.push_back((revision, change));
        if self.changes.len() > REMEMBERED {
            self.changes.pop_front();
        }
        self.unparsed = Some(self.unparsed.map_or(change, |earlier| earlier.then(change)));
        Arc::make_mut(&mut self.buffer.text).replace_range(bytes, new);
    }

    /// Renews the tree after changes: where they touch it, if they reach no further.
    pub fn parse(&mut self) {
        let Some(change) = self.unparsed.take() else { return };
        let Parsed { tree, diagnostics } = &mut self.buffer.parsed;
        match syntax::reparse(tree, diagnostics, &self.buffer.text, change) {
            Some((patch, found)) => {
                patch.apply(Arc::make_mut(tree));
                *diagnostics = Arc::new(found);
            }
            None => self.buffer.parsed = Parsed::new(tree.file, &self.buffer.text),
        }
    }

    /// What has been changed since an earlier state, as one change; nothing where that is too long ago.
    pub fn since(&self, revision: u64) -> Option<Change> {
        let changes = self.changes.iter().filter(|(state, _)| *state > revision).map(|(_, change)| *change);
        if self.changes.len() < REMEMBERED { changes.reduce(Change::then) } else { None }
    }

    /// Where some bytes of an earlier state are now. Of what has been changed since, the place is left.
    pub fn forward(&self, revision: u64, mut bytes: Range<usize>) -> Range<usize> {
        let later = self.changes.partition_point(|(state, _)| *state <= revision);
        for (_, change) in self.changes.range(later..) {
            let removed = change.start..change.start + change.removed;
            let moved = |at: usize, is_end: bool| {
                if at < removed.start || (at == removed.start && (is_end || removed.is_empty())) {
                    // What is typed at a place belongs behind a range that ends there, and before one that begins.
                    if at == removed.start && !is_end { at + change.inserted } else { at }
                } else if at >= removed.end {
                    at - change.removed + change.inserted
                } else {
                    change.start + change.inserted.min(at - removed.start)
                }
            };
            bytes = moved(bytes.start, false)..moved(bytes.end, true);
            bytes.end = bytes.end.max(bytes.start);
        }
        let length = self.text().len();
        bytes.start.min(length)..bytes.end.min(length)
    }
}

/// Files as an editor has them: open buffers first, then the disk.
#[derive(Clone)]
pub struct Overlay {
    /// The disk.
    pub disk: Arc<dyn Files + Send + Sync>,
    /// The open buffers, by path.
    pub open: BTreeMap<String, Buffer>,
}

impl Files for Overlay {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        match self.open.get(path) {
            Some(buffer) => Ok(buffer.text.as_bytes().to_vec()),
            None => self.disk.read(path),
        }
    }

    fn read_below(&self, folder: &str, path: &str) -> io::Result<Option<Vec<u8>>> {
        let place = join(folder, path);
        match self.open.get(&place) {
            Some(buffer) if self.real(&place) == join(&self.real(folder), path) => {
                Ok(Some(buffer.text.as_bytes().to_vec()))
            }
            Some(_) => Ok(None),
            None => self.disk.read_below(folder, path),
        }
    }

    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        let prefix = if folder.ends_with('/') { folder.to_owned() } else { format!("{folder}/") };
        let below = self.open.keys().filter_map(|path| path.strip_prefix(&prefix));
        let mut open: Vec<Entry> = below
            .map(|rest| match rest.split_once('/') {
                Some((name, _)) => Entry::folder(name),
                None => Entry::file(rest),
            })
            .collect();
        let mut entries = match self.disk.list(folder) {
            Ok(entries) => entries,
            Err(error) if open.is_empty() => return Err(error),
            Err(_) => Vec::new(),
        };
        open.retain(|new| entries.iter().all(|entry| entry.name != new.name));
        open.sort();
        open.dedup();
        entries.extend(open);
        Ok(entries)
    }

    fn real(&self, path: &str) -> String {
        self.disk.real(path)
    }
}
