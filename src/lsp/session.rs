//! A session without threads: it is told what came and what time it is, and tells what is to be said.

use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, unbounded};
use lsp_server::Message;

use super::clock::Clock;
use super::crew::Crew;
use super::server::Server;
use super::transport::{Line, Outgoing};
use super::{End, Host};

/// A server for whoever calls it, such as a page.
pub struct Session {
    server: Server,
    received: Sender<Message>,
    sent: Receiver<Outgoing>,
}

/// What came of a turn.
pub struct Turn {
    /// What is to be said to the client.
    pub messages: Vec<Message>,
    /// After which time there is something to do, if nothing comes; or that the session is over.
    pub next: Result<Duration, End>,
}

impl Session {
    /// A session that begins at the time zero.
    pub fn new(host: Host) -> Session {
        let ((received, receiver), (sender, sent)) = (unbounded(), unbounded());
        let server = Server::new(Line { sender, receiver }, host, Clock::standing(), Crew::of_one());
        Session { server, received, sent }
    }

    /// Takes in messages at a time since the beginning, and does all that there is to do then.
    pub fn turn(&mut self, now: Duration, messages: impl IntoIterator<Item = Message>) -> Turn {
        for message in messages {
            // The server has the other end.
            let _ = self.received.send(message);
        }
        let next = self.server.turn(now);
        Turn { messages: self.sent.try_iter().map(Outgoing::into_message).collect(), next }
    }
}
