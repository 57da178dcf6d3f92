//! What a request may do beside giving its answer: wait, give parts of it early, say how far it is, and stop where nobody
//! wants it any more.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crossbeam_channel::Sender;
use lsp_server::{ErrorCode, Notification};
use serde_json::{Value, json};

use super::transport::Outgoing;

/// Why a request has no answer.
#[derive(Debug)]
pub struct Fault {
    /// The protocol's number.
    pub code: ErrorCode,
    /// What is wrong, for people.
    pub message: String,
}

impl Fault {
    /// Nobody wants the answer any more.
    pub fn cancelled() -> Fault {
        Fault { code: ErrorCode::RequestCanceled, message: "cancelled".to_owned() }
    }

    /// It cannot be done.
    pub fn refused(message: impl Into<String>) -> Fault {
        Fault { code: ErrorCode::RequestFailed, message: message.into() }
    }
}

/// How long a request waits for the compilation of what was typed last, before it makes do with the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Patience {
    /// Not at all: the syntax is enough.
    None,
    /// Nobody notices: small packages are compiled by then.
    Glance,
    /// What was found has to be right.
    Findings,
    /// And how things hang together; the words of texts may be those of before.
    Links,
    /// It has to be right, once nothing has been typed for a moment.
    Rest,
    /// It has to be right.
    Package,
    /// It has to be right, in all packages.
    Everything,
    /// It has to be right, in all packages of the repository, whether they are open or not.
    Repository,
}

impl Patience {
    /// The longest time.
    pub fn duration(self) -> Duration {
        match self {
            Patience::None => Duration::ZERO,
            Patience::Glance => Duration::from_millis(25),
            _ => Duration::from_secs(30),
        }
    }
}

/// A request as its handler sees it.
#[derive(Clone, Default)]
pub struct Asking {
    /// Set when nobody wants the answer any more.
    pub is_cancelled: Arc<AtomicBool>,
    parts: Option<Channel>,
    progress: Option<Channel>,
}

/// Where something is told under a token of the client.
#[derive(Clone)]
struct Channel {
    sender: Sender<Outgoing>,
    token: Value,
}

impl Channel {
    fn of(params: &Value, name: &str, sender: &Sender<Outgoing>) -> Option<Channel> {
        let token = params.get(name).filter(|token| !token.is_null())?.clone();
        Some(Channel { sender: sender.clone(), token })
    }

    fn tell(&self, value: Value) {
        let params = json!({ "token": self.token, "value": value });
        // A client that has gone is noticed when nothing more comes from it.
        let _ = self.sender.send(Notification { method: "$/progress".to_owned(), params }.into());
    }
}

impl Asking {
    /// A request with these parameters; where it may take a while, it tells how far it is.
    pub fn new(params: &Value, sender: &Sender<Outgoing>, is_long: bool) -> Asking {
        Asking {
            is_cancelled: Arc::default(),
            parts: Channel::of(params, "partialResultToken", sender),
            progress: Channel::of(params, "workDoneToken", sender).filter(|_| is_long),
        }
    }

    /// Whether nobody wants the answer any more.
    pub fn is_cancelled(&self) -> bool {
        self.is_cancelled.load(Ordering::Relaxed)
    }

    /// Nothing, as long as somebody wants the answer.
    ///
    /// # Errors
    /// Where nobody does any more.
    pub fn go_on(&self) -> Result<(), Fault> {
        if self.is_cancelled() { Err(Fault::cancelled()) } else { Ok(()) }
    }

    /// Says that nobody does.
    pub fn cancel(&self) {
        self.is_cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether the client takes the answer in parts.
    pub fn takes_parts(&self) -> bool {
        self.parts.is_some()
    }

    /// Gives a part of the answer.
    pub fn part(&self, part: Value) {
        if let Some(parts) = self.parts.as_ref().filter(|_| !self.is_cancelled()) {
            parts.tell(part);
        }
    }

    /// Says that work begins which may take a while.
    pub fn begin(&self, title: &str) {
        if let Some(progress) = &self.progress {
            progress.tell(json!({ "kind": "begin", "title": title, "cancellable": true }));
        }
    }

    /// Says how far it is.
    pub fn report(&self, message: &str) {
        if let Some(progress) = &self.progress {
            progress.tell(json!({ "kind": "report", "message": message }));
        }
    }

    /// Says that it is done.
    pub fn end(&self) {
        if let Some(progress) = &self.progress {
            progress.tell(json!({ "kind": "end" }));
        }
    }
}
