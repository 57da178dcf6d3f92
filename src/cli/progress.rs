//! A sign of life for work that takes more than a second, on a terminal only.

use std::io::IsTerminal;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget};

use crate::render::printable;

/// Work under way; when it is dropped, its sign of life disappears.
pub struct Progress {
    done: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// Starts to watch over some work.
pub fn start(what: &str) -> Progress {
    if !std::io::stderr().is_terminal() {
        return Progress { done: None, thread: None };
    }
    let (done, is_done) = mpsc::channel();
    let what = printable::line(what).into_owned();
    let thread = std::thread::spawn(move || {
        if is_done.recv_timeout(Duration::from_secs(1)) != Err(RecvTimeoutError::Timeout) {
            return;
        }
        let bar = ProgressBar::new_spinner().with_message(what);
        bar.set_draw_target(ProgressDrawTarget::stderr());
        bar.enable_steady_tick(Duration::from_millis(100));
        let _ = is_done.recv();
        bar.finish_and_clear();
    });
    Progress { done: Some(done), thread: Some(thread) }
}

impl Drop for Progress {
    fn drop(&mut self) {
        // Dropping the sender wakes the thread.
        self.done = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
