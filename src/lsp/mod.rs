//! The language server: the same pipeline for the author's editor.
//!
//! `transport` reads and writes messages, and `server` takes them one by one. What takes its time is done by a `crew`: the `worker`
//! compiles, and `lanes` lead to those who answer; these are threads, or in a `session` without any the loop itself.
//! Open buffers (`documents`) lie over the disk; what a request is asked about is a `Workspace` with a `Snapshot` of each
//! package, and each request has a file in `handlers`. Between a keystroke and its compilation, requests are answered
//! from the tree of the new text and the names of the last compilation; places of that compilation move along with what
//! is typed.

mod address;
mod asking;
mod clock;
pub mod convert;
mod crew;
pub mod documents;
mod edits;
mod facts;
mod handlers;
mod lanes;
pub mod names;
mod positions;
mod repository;
mod server;
mod session;
pub mod snapshot;
mod transport;
mod uses;
mod worker;
mod workspace;

use std::sync::Arc;

use crate::source::Files;
use clock::Clock;
use crew::Crew;
use server::Server;

pub use session::{Session, Turn};
pub use transport::{Line, stdio};

/// What the server needs of the world around it.
pub struct Host {
    /// The disk.
    pub files: Arc<dyn Files + Send + Sync>,
    /// The folder in which the standard library lies, for editors to open; made by the command.
    pub standard: Option<String>,
}

/// How a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The client asked for it, or went away after it had.
    Orderly,
    /// The client went away without a word.
    Abrupt,
}

/// Serves one client until it goes.
pub fn serve(line: &Line, host: Host) -> End {
    Server::new(line.clone(), host, Clock::going(), Crew::of_threads()).run()
}
