//! Who compiles, so that the editor never waits for it. The next keystroke interrupts it.

use std::collections::hash_map::Entry;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustc_hash::FxHashMap;

use super::documents::{Overlay, Parsed};
use super::snapshot::Snapshot;
use crate::compile::analyze;
use crate::diagnostic::Diagnostic;
use crate::emit::output::formats;
use crate::package::Parse;
use crate::source::Source;
use crate::span::FileId;
use crate::syntax::tree::Tree;

/// A package to be compiled.
pub struct Job {
    /// The folder, or the file.
    pub root: String,
    /// Which of the jobs on this package it is.
    pub number: u64,
    /// The files as they are now.
    pub files: Overlay,
    /// The folder in which the standard library lies for editors to open, if there is one.
    pub standard: Option<String>,
    /// Set when nobody wants the answer any more.
    pub is_stale: Arc<AtomicBool>,
}

/// A job done.
pub struct Done {
    /// The package.
    pub root: String,
    /// Which job it was.
    pub number: u64,
    /// What came of it; nothing where the compiler failed, which would be a defect of it.
    pub snapshot: Option<Snapshot>,
}

/// Compiles packages, and remembers what it has parsed.
#[derive(Default)]
pub struct Compiler {
    known: FxHashMap<String, FxHashMap<String, Known>>,
}

impl Compiler {
    /// Does a job; nothing where nobody wants it any more.
    pub fn work(&mut self, job: Job) -> Option<Done> {
        let (root, number, is_stale) = (job.root.clone(), job.number, Arc::clone(&job.is_stale));
        let cache = self.known.entry(root.clone()).or_default();
        let snapshot = catch_unwind(AssertUnwindSafe(|| compile(job, cache))).unwrap_or_else(|_| {
            self.known.remove(&root);
            None
        });
        let is_wanted = snapshot.is_some() || !is_stale.load(Ordering::Relaxed);
        is_wanted.then_some(Done { root, number, snapshot })
    }
}

/// Compiles what is open and what lies on the disk; nothing if the job goes stale meanwhile.
pub fn compile(job: Job, cache: &mut FxHashMap<String, Known>) -> Option<Snapshot> {
    let Job { root, files, standard, is_stale, .. } = job;
    let mut parser = Parser { files: &files, cache, seen: Vec::new() };
    let go_on = || if is_stale.load(Ordering::Relaxed) { Err(()) } else { Ok(()) };
    go_on().ok()?;
    let analysis = analyze(&files, &root, &formats(), &mut parser, &|_, _| true, &go_on).ok()?;
    // What the package has no more need not be remembered.
    let seen = std::mem::take(&mut parser.seen);
    cache.retain(|path, _| seen.contains(path));
    let revisions = files.open.iter().map(|(path, buffer)| (path.clone(), buffer.revision)).collect();
    Some(Snapshot::new(root, analysis, revisions, standard))
}

/// A file that has been parsed before.
pub struct Known {
    text: Arc<str>,
    parsed: Parsed,
}

/// Parses what has changed, and nothing else.
struct Parser<'a> {
    files: &'a Overlay,
    cache: &'a mut FxHashMap<String, Known>,
    seen: Vec<String>,
}

impl Parse for Parser<'_> {
    fn parse(&mut self, file: FileId, source: &Source) -> (Arc<Tree>, Vec<Diagnostic>) {
        let path = source.display();
        let parsed = match self.files.open.get(&path) {
            Some(buffer) => buffer.parsed.filed(file),
            None => self.on_disk(file, &path, source),
        };
        self.seen.push(path);
        (parsed.tree, Vec::clone(&parsed.diagnostics))
    }
}

impl Parser<'_> {
    fn on_disk(&mut self, file: FileId, path: &str, source: &Source) -> Parsed {
        let anew = || Known { text: source.text.as_str().into(), parsed: Parsed::new(file, &source.text) };
        let known = match self.cache.entry(path.to_owned()) {
            Entry::Vacant(entry) => entry.insert(anew()),
            Entry::Occupied(entry) => {
                let known = entry.into_mut();
                if *known.text == *source.text {
                    known.parsed = known.parsed.filed(file);
                } else {
                    *known = anew();
                }
                known
            }
        };
        known.parsed.clone()
    }
}
