//! The loop: messages in the order of their arrival, compilations as they get done.

mod answering;
mod compiling;
mod notifications;
mod requests;
mod showing;

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use crossbeam_channel::select;
use lsp_server::{ErrorCode, Message, Notification, RequestId, Response};
use lsp_types as lsp;
use rustc_hash::FxHashMap;
use serde_json::Value;

use super::asking::Asking;
use super::clock::Clock;
use super::crew::Crew;
use super::transport::{Line, Outgoing};
use super::workspace::{Client, Workspace};
use super::{End, Host};
use answering::{Running, Waiting};

/// A server with one client.
pub struct Server {
    line: Line,
    clock: Clock,
    crew: Crew,
    /// What requests are asked about.
    workspace: Workspace,
    queue: VecDeque<Message>,
    /// The requests that wait for a compilation, in the order in which they came.
    waiting: Vec<Waiting>,
    /// Those that are being answered.
    running: Vec<Running>,
    /// By package: the flag that tells its last job that nobody wants it any more.
    flags: FxHashMap<String, Arc<AtomicBool>>,
    /// Counts jobs, states of buffers and our own requests.
    counter: u64,
    /// The buffers whose trees are older than their texts.
    unparsed: Vec<String>,
    /// The packages that are to be compiled.
    stale: Vec<String>,
    /// When the syntax of changed buffers is to be shown by itself.
    prompt: Option<Duration>,
    /// What was last shown of each file.
    shown: BTreeMap<String, (Option<i32>, Vec<lsp::Diagnostic>)>,
    initialized: bool,
    has_shut_down: bool,
    watches: bool,
    /// Whether the first compilations are told of, as progress.
    is_reading: bool,
}

impl Server {
    /// A server that waits for its client.
    pub fn new(line: Line, host: Host, clock: Clock, crew: Crew) -> Server {
        Server {
            line,
            clock,
            crew,
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
            waiting: Vec::new(),
            running: Vec::new(),
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
            if let Some(end) = self.read() {
                return end;
            }
            let (messages, done) = (self.line.receiver.clone(), self.crew.done.clone());
            let (answered, found) = (self.crew.answered.clone(), self.crew.found.clone());
            select! {
                recv(messages) -> message => match message {
                    Ok(message) => self.enqueue(message),
                    Err(_) => return self.end(),
                },
                recv(done) -> done => match done {
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
            self.do_due();
        }
    }

    /// Does all that there is to do at a time, alone; tells how long there will be nothing, or that the session is over.
    pub fn turn(&mut self, now: Duration) -> Result<Duration, End> {
        self.clock.tell(now);
        loop {
            if let Some(end) = self.read() {
                return Err(end);
            }
            let crew = &self.crew;
            let (done, answered, found) = (crew.done.try_recv(), crew.answered.try_recv(), crew.found.try_recv());
            let is_news = done.is_ok() || answered.is_ok() || found.is_ok();
            done.into_iter().for_each(|done| self.finished(done));
            answered.into_iter().for_each(|answered| self.answered(answered));
            found.into_iter().for_each(|found| self.searched(found));
            self.do_due();
            if !is_news && !self.crew.work() {
                return Ok(self.timeout());
            }
        }
    }

    /// Takes in the messages that are there, and begins what they ask for.
    fn read(&mut self) -> Option<End> {
        loop {
            while let Ok(message) = self.line.receiver.try_recv() {
                self.enqueue(message);
            }
            let Some(message) = self.queue.pop_front() else { break };
            if let Some(end) = self.message(message) {
                return Some(end);
            }
        }
        self.catch_up();
        self.answer_ready();
        None
    }

    /// Does what was to wait until now.
    fn do_due(&mut self) {
        self.compile_rested();
        if self.prompt.is_some_and(|at| at <= self.clock.now()) {
            self.show_syntax();
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
