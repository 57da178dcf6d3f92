//! The loop: messages in the order of their arrival, compilations as they get done.

mod answering;
mod compiling;
mod notifications;
mod requests;
mod showing;

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use crossbeam_channel::{Receiver, Sender, select};
use lsp_server::{ErrorCode, Message, Notification, RequestId, Response};
use lsp_types as lsp;
use rustc_hash::FxHashMap;
use serde_json::Value;

use super::asking::Asking;
use super::lanes::{self, Answered, Lanes};
use super::repository::Dependents;
use super::transport::{Line, Outgoing};
use super::worker::{self, Done, Job};
use super::workspace::{Client, Workspace};
use super::{End, Host};
use answering::{Running, Waiting};

/// A server with one client.
pub struct Server<'a> {
    line: &'a Line,
    /// What requests are asked about.
    workspace: Workspace,
    queue: VecDeque<Message>,
    jobs: Sender<Job>,
    done: Receiver<Done>,
    /// The threads that answer, and what they have answered.
    lanes: Lanes,
    answered: Receiver<Answered>,
    /// The requests that wait for a compilation, in the order in which they came.
    waiting: Vec<Waiting>,
    /// Those that are being answered.
    running: Vec<Running>,
    /// What was found in the repositories of the packages.
    found: (Sender<Dependents>, Receiver<Dependents>),
    /// By package: the flag that tells its last job that nobody wants it any more.
    flags: FxHashMap<String, Arc<AtomicBool>>,
    /// Counts jobs, states of buffers and our own requests.
    counter: u64,
    /// The buffers whose trees are older than their texts.
    unparsed: Vec<String>,
    /// The packages that are to be compiled.
    stale: Vec<String>,
    /// When the syntax of changed buffers is to be shown by itself.
    prompt: Option<Instant>,
    /// What was last shown of each file.
    shown: BTreeMap<String, (Option<i32>, Vec<lsp::Diagnostic>)>,
    initialized: bool,
    has_shut_down: bool,
    watches: bool,
    /// Whether the first compilations are told of, as progress.
    is_reading: bool,
}

impl<'a> Server<'a> {
    /// A server that waits for its client.
    pub fn new(line: &'a Line, host: Host) -> Server<'a> {
        let (jobs, done) = worker::start();
        let (lanes, answered) = lanes::start();
        Server {
            line,
            workspace: Workspace {
                disk: host.files,
                standard: host.standard,
                documents: BTreeMap::new(),
                worlds: BTreeMap::new(),
                client: Client::default(),
                tokens: Arc::default(),
                renamed: Arc::default(),
                asking: Asking::default(),
            },
            queue: VecDeque::new(),
            jobs,
            done,
            lanes,
            answered,
            waiting: Vec::new(),
            running: Vec::new(),
            found: crossbeam_channel::unbounded(),
            flags: FxHashMap::default(),
            counter: 0,
            unparsed: Vec::new(),
            stale: Vec::new(),
            prompt: None,
            shown: BTreeMap::new(),
            initialized: false,
            has_shut_down: false,
            watches: false,
            is_reading: false,
        }
    }

    /// Serves until the client goes.
    pub fn run(mut self) -> End {
        loop {
            while let Ok(message) = self.line.receiver.try_recv() {
                self.enqueue(message);
            }
            if let Some(message) = self.queue.pop_front() {
                if let Some(end) = self.message(message) {
                    return end;
                }
                continue;
            }
            self.catch_up();
            self.answer_ready();
            let receivers = (self.line.receiver.clone(), self.done.clone());
            let (answered, found) = (self.answered.clone(), self.found.1.clone());
            select! {
                recv(receivers.0) -> message => match message {
                    Ok(message) => self.enqueue(message),
                    Err(_) => return self.end(),
                },
                recv(receivers.1) -> done => match done {
                    Ok(done) => self.finished(done),
                    Err(_) => return End::Abrupt,
                },
                recv(answered) -> answered => match answered {
                    Ok(answered) => self.answered(answered),
                    Err(_) => return End::Abrupt,
                },
                recv(found) -> found => found.into_iter().for_each(|found| self.searched(found)),
                default(self.timeout()) => {}
            }
            self.compile_rested();
            if self.prompt.is_some_and(|at| at <= Instant::now()) {
                self.show_syntax();
            }
        }
    }

    fn end(&mut self) -> End {
        self.stop_all();
        if self.has_shut_down { End::Orderly } else { End::Abrupt }
    }

    /// Takes in a message. A request that is cancelled before its turn is answered at once.
    fn enqueue(&mut self, message: Message) {
        if let Message::Notification(Notification { method, params }) = &message
            && method == "$/cancelRequest"
        {
            let id: Option<RequestId> = serde_json::from_value(params["id"].clone()).ok();
            let waiting = self.queue.iter().position(|waiting| match waiting {
                Message::Request(request) => Some(&request.id) == id.as_ref(),
                _ => false,
            });
            match (waiting, id) {
                (Some(position), Some(id)) => {
                    self.queue.remove(position);
                    self.fail(id, ErrorCode::RequestCanceled, "cancelled".to_owned());
                }
                (None, Some(id)) => self.cancel(&id),
                (_, None) => {}
            }
            return;
        }
        self.queue.push_back(message);
    }

    fn message(&mut self, message: Message) -> Option<End> {
        match message {
            Message::Request(request) => {
                self.request(request);
                None
            }
            Message::Notification(notification) if notification.method == "exit" => Some(self.end()),
            Message::Notification(notification) => {
                self.notification(notification);
                None
            }
            // Answers to what we asked tell us nothing.
            Message::Response(_) => None,
        }
    }

    fn send(&self, message: impl Into<Outgoing>) {
        // A client that has gone is noticed when nothing more comes from it.
        let _ = self.line.sender.send(message.into());
    }

    fn fail(&self, id: RequestId, code: ErrorCode, message: String) {
        self.send(Response::new_err(id, code as i32, message));
    }

    fn notify(&self, method: &str, params: Value) {
        self.send(Notification { method: method.to_owned(), params });
    }

    fn number(&mut self) -> u64 {
        self.counter += 1;
        self.counter
    }
}
