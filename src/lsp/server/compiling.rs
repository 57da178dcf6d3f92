//! Compiling: what a change touches is parsed, given to the worker, and taken back.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::json;

use super::Server;
use crate::lsp::documents::Document;
use crate::lsp::snapshot::Snapshot;
use crate::lsp::worker::{Done, Job};
use crate::lsp::workspace::World;

/// How long nothing is typed until a package is compiled in which words and links alone have changed.
const REST: Duration = Duration::from_millis(400);

impl Server {
    /// Marks the packages that a file has to do with; more of them may have changed than its text.
    pub(super) fn touch(&mut self, path: &str) {
        let now = self.number();
        for root in self.typed(path) {
            self.workspace.worlds.entry(root).or_default().shaken = now;
        }
    }

    /// Marks the packages that a file has to do with in whose buffer something was typed; gives them.
    pub(super) fn typed(&mut self, path: &str) -> Vec<String> {
        if let Some(document) = self.workspace.documents.get(path) {
            self.workspace.worlds.entry(document.root.clone()).or_default();
        }
        let holds = |(root, world): &(&String, &World)| {
            let is_below =
                path.strip_prefix(root.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
            is_below || world.snapshot.as_ref().is_some_and(|snapshot| snapshot.file(path).is_some())
        };
        let touched: Vec<String> = self.workspace.worlds.iter().filter(holds).map(|(root, _)| root.clone()).collect();
        for root in &touched {
            if let Some(flag) = self.flags.get(root) {
                flag.store(true, Ordering::Relaxed);
            }
            if !self.stale.contains(root) {
                self.stale.push(root.clone());
            }
        }
        touched
    }

    /// Parses what has been typed, and has what it touches compiled.
    pub(super) fn catch_up(&mut self) {
        for path in std::mem::take(&mut self.unparsed) {
            if let Some(document) = self.workspace.documents.get_mut(&path) {
                Arc::make_mut(document).parse();
            }
        }
        if self.stale.is_empty() {
            return;
        }
        let mut stale = std::mem::take(&mut self.stale);
        // What is open comes first.
        let is_open = |root: &String| self.workspace.documents.values().any(|document| document.root == *root);
        stale.sort_by_cached_key(|root| !is_open(root));
        let now = self.clock.now();
        for root in stale {
            let number = self.number();
            // What fails here fails in the compilation, which is prepared for it.
            let amend = AssertUnwindSafe(|| self.workspace.amend(&root, number));
            let amended = catch_unwind(amend).ok().flatten();
            let Some(world) = self.workspace.worlds.get_mut(&root) else { continue };
            // Where links are others, what hangs together is: if that is known at once, it need not wait for a rest.
            let amended = amended.filter(|amended| !amended.reworded.is_relinked || !world.is_quick()).map(Arc::new);
            world.asked = number;
            let before = std::mem::replace(&mut world.amended, amended);
            if world.amended.is_some() {
                world.rest = Some(now + REST);
                self.show_amended(&root, before);
            } else {
                self.compile(root);
            }
        }
    }

    /// Gives a package to the worker.
    pub(super) fn compile(&mut self, root: String) {
        let Some(world) = self.workspace.worlds.get_mut(&root) else { return };
        world.rest = None;
        world.since = Some(self.clock.now());
        let number = world.asked;
        let is_stale = Arc::new(AtomicBool::new(false));
        if let Some(old) = self.flags.insert(root.clone(), Arc::clone(&is_stale)) {
            old.store(true, Ordering::Relaxed);
        }
        let (files, standard) = (self.workspace.files(), self.workspace.standard.clone());
        let _ = self.crew.jobs.send(Job { root, number, files, standard, is_stale });
    }

    /// Gives the packages to the worker in which nothing has been typed for a moment.
    pub(super) fn compile_rested(&mut self) {
        let now = self.clock.now();
        let is_due = |world: &World| world.rest.is_some_and(|at| at <= now);
        let worlds = self.workspace.worlds.iter().filter(|(_, world)| is_due(world));
        let rested: Vec<String> = worlds.map(|(root, _)| root.clone()).collect();
        rested.into_iter().for_each(|root| self.compile(root));
    }

    pub(super) fn finished(&mut self, done: Done) {
        let Done { root, number, snapshot } = done;
        let now = self.clock.now();
        let Some(world) = self.workspace.worlds.get_mut(&root) else { return };
        if number < world.done {
            return;
        }
        world.done = number;
        if number == world.asked {
            world.took = world.since.map_or(Duration::ZERO, |since| now.saturating_sub(since));
        }
        let Some(snapshot) = snapshot.map(Arc::new) else {
            world.shaken = number;
            let message = format!("`{root}` could not be compiled; please report it");
            return self.notify("window/logMessage", json!({ "type": 1, "message": message }));
        };
        // What was said of changed words and links was said of the compilation before.
        world.amended = None;
        if world.rest.is_some() {
            world.rest = Some(now);
        }
        let old = world.snapshot.replace(Arc::clone(&snapshot));
        self.file_trees(&snapshot);
        self.leave_strays(&snapshot);
        // An older one says what has been said since; only the newest is worth showing.
        let is_newest = self.workspace.worlds.get(&root).is_some_and(|world| world.done == world.asked);
        if is_newest {
            self.prompt = None;
            self.show(&snapshot, old.as_deref());
            self.refresh(&snapshot, old.as_deref());
        }
        self.report_reading();
    }

    /// Gives the trees of buffers the numbers that their files have, so that they need not be copied for it.
    fn file_trees(&mut self, snapshot: &Arc<Snapshot>) {
        for (path, document) in &mut self.workspace.documents {
            let is_own = document.root == snapshot.root;
            let file = snapshot.file(path).filter(|file| is_own && document.buffer.parsed.tree.file != *file);
            if let Some(file) = file {
                let document = Arc::make_mut(document);
                document.buffer.parsed = document.buffer.parsed.filed(file);
            }
        }
    }

    /// A buffer that its folder's package leaves out, as it does what is hidden, is a package by itself.
    fn leave_strays(&mut self, snapshot: &Arc<Snapshot>) {
        let is_stray = |(path, document): &(&String, &Arc<Document>)| {
            document.root == snapshot.root
                && snapshot.root != **path
                && !path.ends_with("/prm.toml")
                && snapshot.file(path).is_none()
                && snapshot.revisions.get(*path) == Some(&document.buffer.revision)
        };
        let strays: Vec<String> =
            self.workspace.documents.iter().filter(is_stray).map(|(path, _)| path.clone()).collect();
        for path in strays {
            if let Some(document) = self.workspace.documents.get_mut(&path) {
                Arc::make_mut(document).root.clone_from(&path);
            }
            self.touch(&path);
        }
    }

    /// Watches a package no more.
    pub(super) fn forget(&mut self, root: &str) {
        if let Some(flag) = self.flags.remove(root) {
            flag.store(true, Ordering::Relaxed);
        }
        let world = self.workspace.worlds.remove(root);
        if let Some(snapshot) = world.and_then(|world| world.snapshot) {
            for (_, source) in snapshot.compilation.sources.iter() {
                self.show_file(&source.display());
            }
        }
    }
}
