//! The files of a compilation: their names and texts, and how they are reached.

pub mod alike;
pub mod lines;
pub mod text;

use std::borrow::Cow;
use std::io;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use crate::span::{FileId, Span, narrow};
use lines::{Blocks, Lines, Position};

/// How the compiler reaches files: a disk, an editor's open buffers, a map in a test or in a browser.
///
/// Paths are relative or absolute, with `/` between their parts.
pub trait Files {
    /// The bytes of a file. What is none, such as a pipe or a device, is neither opened nor waited for.
    ///
    /// # Errors
    /// Where there is no such file, it is none or larger than [`MOST_BYTES`], or it cannot be read.
    fn read(&self, path: &str) -> io::Result<Vec<u8>>;

    /// As `read`, of a path that somebody gave by hand: it may be a pipe.
    ///
    /// # Errors
    /// As `read`.
    fn read_given(&self, path: &str) -> io::Result<Vec<u8>> {
        self.read(path)
    }

    /// The bytes of a file below a folder; nothing where a link stands on the way to it, whenever it has come there. Where
    /// that leads is to be asked before it is read.
    ///
    /// # Errors
    /// As `read`.
    fn read_below(&self, folder: &str, path: &str) -> io::Result<Option<Vec<u8>>> {
        let place = join(folder, path);
        let is_direct = self.real(&place) == join(&self.real(folder), path);
        if is_direct { self.read(&place).map(Some) } else { Ok(None) }
    }

    /// The names in a folder, in any order.
    ///
    /// # Errors
    /// Where there is no such folder, or it cannot be read.
    fn list(&self, folder: &str) -> io::Result<Vec<Entry>>;

    /// Where a path leads, links followed, whether something is there yet or not; without `.`, and without `..` as far
    /// as possible. Two paths that lead to one place give one text.
    fn real(&self, path: &str) -> String {
        normalize(path)
    }
}

/// Files of more bytes are not read. The largest that people have written so far is a hundredth of it.
pub const MOST_BYTES: usize = 64 << 20;

/// A name in a folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Its name, without the folder.
    pub name: String,
    /// What it stands for.
    pub kind: EntryKind,
}

/// What a name in a folder stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EntryKind {
    /// A folder.
    Folder,
    /// A file.
    File,
    /// A link to a folder.
    LinkedFolder,
    /// Any other link; where it leads is to be asked before it is read.
    Link,
    /// A pipe, a socket or a device, or a link to one.
    Special,
    /// A file, or a folder with sources, whose name is no Unicode; what is no character of it is given as U+FFFD.
    Nameless,
}

impl Entry {
    /// A file.
    pub fn file(name: &str) -> Entry {
        Entry { name: name.to_owned(), kind: EntryKind::File }
    }

    /// A folder.
    pub fn folder(name: &str) -> Entry {
        Entry { name: name.to_owned(), kind: EntryKind::Folder }
    }

    /// Whether it is a folder itself.
    pub fn is_folder(&self) -> bool {
        self.kind == EntryKind::Folder
    }
}

/// Files held in memory, by path.
#[derive(Clone, Debug, Default)]
pub struct Memory(pub std::collections::BTreeMap<String, Vec<u8>>);

impl Files for Memory {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        self.0.get(path).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        let prefix = if folder.is_empty() || folder == "." { String::new() } else { format!("{folder}/") };
        let mut entries: Vec<Entry> = self
            .0
            .keys()
            .filter_map(|path| path.strip_prefix(&prefix))
            .filter_map(|rest| match rest.split_once('/') {
                Some((name, _)) if !name.is_empty() => Some(Entry::folder(name)),
                Some(_) => None,
                None => Some(Entry::file(rest)),
            })
            .collect();
        entries.dedup();
        if entries.is_empty() { Err(io::ErrorKind::NotFound.into()) } else { Ok(entries) }
    }
}

/// One file.
#[derive(Debug)]
pub struct Source {
    /// The folder of its package, as diagnostics name it; empty for the current folder.
    pub folder: String,
    /// The file, relative to the folder of its package.
    pub path: String,
    /// What it holds, without a byte-order mark.
    pub text: String,
    /// Found out at the first question: most files are never asked about.
    lines: OnceLock<Lines>,
    blocks: Blocks,
    /// Words that are read as others, by their places.
    meant: Meant,
}

/// Words that only look as they should, by their first byte and one past their last, each with what is read instead.
pub type Meant = FxHashMap<(u32, u32), String>;

impl Source {
    /// A file. A byte-order mark is dropped here, so that it counts for no column.
    pub fn new(folder: &str, path: &str, text: String) -> Source {
        let text = match text.strip_prefix('\u{feff}') {
            Some(rest) => rest.to_owned(),
            None => text,
        };
        let (folder, path) = (folder.to_owned(), path.to_owned());
        Source { folder, path, text, lines: OnceLock::new(), blocks: Blocks::default(), meant: Meant::default() }
    }

    /// The file as diagnostics name it: relative to the current folder.
    pub fn display(&self) -> String {
        join(&self.folder, &self.path)
    }

    /// Where its lines start.
    pub fn lines(&self) -> &Lines {
        self.lines.get_or_init(|| Lines::new(&self.text))
    }

    /// Line and column of a byte, from 1; columns in characters. A byte beyond the text counts as its end, one within a
    /// character as its start.
    pub fn position(&self, offset: usize) -> Position {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.lines().line(offset);
        let start = self.lines().range(&self.text, line).start;
        Position { line: 1 + line, column: 1 + self.blocks.characters(&self.text, start..offset) }
    }

    /// The line of a byte, from 1: as [`Source::position`] gives it, without its column.
    pub fn line(&self, offset: usize) -> usize {
        1 + self.lines().line(offset)
    }

    /// The bytes of a line, counted from 1, without its line break.
    pub fn line_range(&self, line: usize) -> Range<usize> {
        self.lines().range(&self.text, line.saturating_sub(1))
    }

    /// How many lines there are.
    pub fn line_count(&self) -> usize {
        self.lines().count()
    }
}

/// Two paths, one after the other.
pub fn join(folder: &str, path: &str) -> String {
    match folder {
        "" | "." => path.to_owned(),
        _ if path.is_empty() => folder.to_owned(),
        _ if folder.ends_with('/') => [folder, path].concat(),
        _ => [folder, "/", path].concat(),
    }
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

/// All files of a compilation. A copy shares them.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<Arc<Source>>,
}

impl Sources {
    /// Takes in a file.
    pub fn add(&mut self, folder: &str, path: &str, text: String) -> FileId {
        self.files.push(Arc::new(Source::new(folder, path, text)));
        FileId(narrow(self.files.len() - 1))
    }

    /// A file.
    ///
    /// # Panics
    /// For the id of another compilation's file.
    pub fn file(&self, file: FileId) -> &Source {
        &self.files[file.0 as usize]
    }

    /// All files with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Source)> {
        (0..).map(FileId).zip(self.files.iter().map(Arc::as_ref))
    }

    /// Whether these files say the same as others, byte for byte, wherever they lie and whatever they are called.
    pub fn are_same(&self, others: &Sources) -> bool {
        let form = |source: &Source| source.path.rsplit('.').next().map(str::to_owned);
        let same = |(one, other): (&Arc<Source>, &Arc<Source>)| one.text == other.text && form(one) == form(other);
        self.files.len() == others.files.len() && self.files.iter().zip(&others.files).all(same)
    }

    /// Takes in which words of a file are read as others.
    pub fn read_as(&mut self, file: FileId, meant: &Meant) {
        if let Some(source) = self.files.get_mut(file.0 as usize).and_then(Arc::get_mut) {
            source.meant.clone_from(meant);
        }
    }

    /// What stands at a place; of a word that only looks as it should, and was reported, what was meant.
    pub fn slice(&self, span: Span) -> &str {
        let meant = &self.file(span.file).meant;
        let meant = if meant.is_empty() { None } else { meant.get(&(span.start, span.end)) };
        meant.map_or_else(|| self.as_written(span), String::as_str)
    }

    /// What stands at a place, as it stands.
    pub fn as_written(&self, span: Span) -> &str {
        self.file(span.file).text.get(span.range()).unwrap_or_default()
    }

    /// What the text literal at a place says: quotes, escapes and indentation are undone.
    pub fn text(&self, span: Span) -> Cow<'_, str> {
        text::value(self.slice(span))
    }

    /// Line and column of the first character of a place, from 1; columns in characters.
    pub fn position(&self, span: Span) -> Position {
        self.file(span.file).position(span.start as usize)
    }

    /// The line of the first character of a place, from 1.
    pub fn line(&self, span: Span) -> usize {
        self.file(span.file).line(span.start as usize)
    }

    /// Line and column just behind a place.
    pub fn end_position(&self, span: Span) -> Position {
        self.position(span.after())
    }
}
