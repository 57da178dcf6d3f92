//! Answering: a request waits beside the others until what it is about has been compiled, while messages go on being
//! read; what takes its time is answered on a thread of its own.

use std::time::Duration;

use lsp_server::{ErrorCode, RequestId};
use serde_json::{Value, json};

use super::Server;
use crate::lsp::asking::Asking;
use crate::lsp::handlers::{self, Handler, Lane, Patience};
use crate::lsp::lanes::{self, Answered, Task};
use crate::lsp::repository::{self, Dependents};
use crate::lsp::transport::Outgoing;
use crate::lsp::workspace::{Workspace, World};

/// A request that waits.
pub(super) struct Waiting {
    id: RequestId,
    handler: &'static Handler,
    params: Value,
    /// The file that it is about.
    path: Option<String>,
    patience: Patience,
    /// When it has waited long enough.
    deadline: Duration,
    /// Whether the packages that depend on those that are known have been looked for.
    search: Search,
    asking: Asking,
}

/// A search for the packages that depend on those that are known.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Search {
    Needed,
    Begun,
    Done,
}

/// A request that is being answered on another thread.
pub(super) struct Running {
    id: RequestId,
    path: Option<String>,
    asking: Asking,
}

/// Whether a request that waits so long is about a package.
fn is_about(workspace: &Workspace, patience: Patience, path: Option<&str>, root: &str) -> bool {
    match path {
        Some(path) if patience <= Patience::Package => {
            workspace.documents.get(path).is_none_or(|document| document.root == root)
        }
        _ => true,
    }
}

impl Server {
    /// Takes in a request: it is answered at once if it can be.
    pub(super) fn ask(&mut self, id: RequestId, handler: &'static Handler, params: Value) {
        self.catch_up();
        let path = handlers::path_of(&params);
        let patience = self.patience(handler.patience, path.as_deref());
        let search = if patience == Patience::Repository { Search::Needed } else { Search::Done };
        let asking = Asking::new(&params, &self.line.sender, handler.lane == Lane::Long);
        asking.begin(handler.title);
        let deadline = self.clock.now() + patience.duration();
        if patience >= Patience::Package {
            self.hasten(patience, path.as_deref());
        }
        self.waiting.push(Waiting { id, handler, params, path, patience, deadline, search, asking });
        self.answer_ready();
    }

    /// How long a request waits: of a package that has never been compiled nothing could be said.
    fn patience(&self, patience: Patience, path: Option<&str>) -> Patience {
        let root = path.and_then(|path| self.workspace.documents.get(path)).map(|document| &document.root);
        match root.and_then(|root| self.workspace.worlds.get(root)) {
            Some(world) if world.snapshot.is_none() => patience.max(Patience::Package),
            _ => patience,
        }
    }

    /// Answers the requests that need not wait any longer, in the order in which they came.
    pub(super) fn answer_ready(&mut self) {
        let mut at = 0;
        while let Some(waiting) = self.waiting.get(at) {
            let is_late = waiting.deadline <= self.clock.now();
            let is_behind = self.is_behind(waiting) && !is_late;
            match waiting.search {
                _ if is_behind => at += 1,
                Search::Begun if !is_late => at += 1,
                Search::Needed if !is_late => {
                    self.waiting[at].search = Search::Begun;
                    self.search();
                }
                _ => {
                    let waiting = self.waiting.remove(at);
                    self.answer(waiting);
                }
            }
        }
    }

    /// Has what a request is about compiled now, where that was to wait for a rest.
    fn hasten(&mut self, patience: Patience, path: Option<&str>) {
        let rests = self.workspace.worlds.iter().filter(|(_, world)| world.rest.is_some()).map(|(root, _)| root);
        let meant = rests.filter(|root| is_about(&self.workspace, patience, path, root));
        let meant: Vec<String> = meant.cloned().collect();
        meant.into_iter().for_each(|root| self.compile(root));
    }

    /// When the first request that waits has waited long enough.
    pub(super) fn next_deadline(&self) -> Option<Duration> {
        self.waiting.iter().map(|waiting| waiting.deadline).min()
    }

    /// Whether what a request is about is still being compiled.
    fn is_behind(&self, waiting: &Waiting) -> bool {
        let Waiting { path, patience, .. } = waiting;
        let is_behind = |(root, world): (&String, &World)| {
            let is_meant = is_about(&self.workspace, *patience, path.as_deref(), root);
            // Of a package that takes longer than a glance, nobody waits for a part of the time.
            let is_hopeless = *patience == Patience::Glance && world.took > 2 * patience.duration();
            is_meant && !world.is_current(*patience) && !is_hopeless
        };
        *patience != Patience::None && self.workspace.worlds.iter().any(is_behind)
    }

    fn answer(&mut self, waiting: Waiting) {
        let Waiting { id, handler, params, path, asking, .. } = waiting;
        let lane = match handler.lane {
            Lane::Here => {
                let outcome = lanes::answer(handler, &self.workspace, params);
                return self.reply(id, outcome);
            }
            Lane::Beside => &self.crew.lanes.beside,
            Lane::Long => &self.crew.lanes.long,
        };
        let workspace = Workspace { asking: asking.clone(), ..self.workspace.clone() };
        let _ = lane.send(Task { id: id.clone(), handler, workspace, params });
        self.running.push(Running { id, path, asking });
    }

    /// Gives on what a thread has answered, if somebody still waits for it.
    pub(super) fn answered(&mut self, answered: Answered) {
        let Answered { id, outcome } = answered;
        if let Some(at) = self.running.iter().position(|running| running.id == id) {
            self.running.remove(at).asking.end();
            self.reply(id, outcome);
        }
    }

    fn reply(&self, id: RequestId, outcome: Result<Vec<u8>, handlers::Fault>) {
        match outcome {
            Ok(result) => self.send(Outgoing::Answer(id, result)),
            Err(fault) => self.fail(id, fault.code, fault.message),
        }
    }

    /// Stops the requests that are meant, and says why.
    fn stop(&mut self, is_meant: impl Fn(&RequestId, Option<&str>) -> bool, code: ErrorCode, why: &str) {
        let (mut stopped, mut waiting, mut running) = (Vec::new(), Vec::new(), Vec::new());
        for request in std::mem::take(&mut self.waiting) {
            if is_meant(&request.id, request.path.as_deref()) {
                stopped.push((request.id, request.asking));
            } else {
                waiting.push(request);
            }
        }
        for request in std::mem::take(&mut self.running) {
            if is_meant(&request.id, request.path.as_deref()) {
                stopped.push((request.id, request.asking));
            } else {
                running.push(request);
            }
        }
        (self.waiting, self.running) = (waiting, running);
        for (id, asking) in stopped {
            asking.cancel();
            asking.end();
            self.fail(id, code, why.to_owned());
        }
    }

    /// Stops a request that the client wants no more.
    pub(super) fn cancel(&mut self, wanted: &RequestId) {
        self.stop(|id, _| id == wanted, ErrorCode::RequestCanceled, "cancelled");
    }

    /// Stops what is asked about a file whose text is another now: the places would be wrong.
    pub(super) fn outdate(&mut self, changed: &str) {
        let is_meant = |_: &RequestId, path: Option<&str>| path == Some(changed);
        self.stop(is_meant, ErrorCode::ContentModified, "the text has changed");
    }

    /// Stops everything.
    pub(super) fn stop_all(&mut self) {
        self.stop(|_, _| true, ErrorCode::RequestCanceled, "the session is over");
    }

    /// Looks for the packages that depend on those that are known, beside the others.
    fn search(&self) {
        let snapshots = self.workspace.all_snapshots();
        let packages = snapshots.flat_map(|snapshot| snapshot.folders());
        let mut known: Vec<String> = packages.filter(|folder| !self.workspace.is_standard(folder)).collect();
        known.sort();
        known.dedup();
        let _ = self.crew.searches.send(repository::Search { files: self.workspace.files(), known });
    }

    /// Takes in the packages that were found.
    pub(super) fn searched(&mut self, found: Dependents) {
        for root in found.folders {
            let world = self.workspace.worlds.entry(root.clone()).or_default();
            // What the client does not watch has to be read again.
            world.is_beside |= world.snapshot.is_none();
            if world.is_beside && !self.stale.contains(&root) {
                self.stale.push(root);
            }
        }
        if let Some(folder) = found.unfinished {
            let message =
                format!("`{folder}` has too many folders to look through: packages far down in it are not looked at");
            self.notify("window/showMessage", json!({ "type": 2, "message": message }));
        }
        self.catch_up();
        let begun = self.waiting.iter_mut().filter(|waiting| waiting.search == Search::Begun);
        begun.for_each(|waiting| waiting.search = Search::Done);
    }

    /// How long the loop may sleep until something has to be done.
    pub(super) fn timeout(&self) -> Duration {
        let rests = self.workspace.worlds.values().filter_map(|world| world.rest);
        let next = self.prompt.into_iter().chain(self.next_deadline()).chain(rests).min();
        next.map_or(Duration::from_secs(3600), |at| at.saturating_sub(self.clock.now()))
    }
}
