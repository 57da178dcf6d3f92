//! The threads that answer requests which take their time, so that the next keystroke is read meanwhile.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use crossbeam_channel::{Receiver, Sender};
use lsp_server::{ErrorCode, RequestId};
use serde_json::Value;

use super::handlers::{Fault, Handler};
use super::workspace::Workspace;

/// A request to be answered.
pub struct Task {
    /// Its number.
    pub id: RequestId,
    /// Who answers it.
    pub handler: &'static Handler,
    /// What it is asked about, as it is at this moment.
    pub workspace: Workspace,
    /// Its parameters.
    pub params: Value,
}

/// A request that has been answered.
pub struct Answered {
    /// Its number.
    pub id: RequestId,
    /// The answer, as JSON.
    pub outcome: Result<Vec<u8>, Fault>,
}

/// The ways to the threads: what is shown beside the text does not wait for what takes long.
pub struct Lanes {
    /// For what goes quickly.
    pub beside: Sender<Task>,
    /// For what looks at everything.
    pub long: Sender<Task>,
}

/// Starts the threads; they end when the lanes are dropped.
pub fn start() -> (Lanes, Receiver<Answered>) {
    let (answers, answered) = crossbeam_channel::unbounded();
    let lane = |answers: Sender<Answered>| {
        let (sender, tasks) = crossbeam_channel::unbounded::<Task>();
        thread::spawn(move || {
            for task in tasks.into_iter().filter(|task: &Task| !task.workspace.asking.is_cancelled()) {
                let Task { id, handler, workspace, params } = task;
                let outcome = answer(handler, &workspace, params);
                drop(workspace);
                if answers.send(Answered { id, outcome }).is_err() {
                    return;
                }
            }
        });
        sender
    };
    (Lanes { beside: lane(answers.clone()), long: lane(answers) }, answered)
}

/// Answers a request; a handler that fails is a defect, and costs its answer alone.
pub fn answer(handler: &Handler, workspace: &Workspace, params: Value) -> Result<Vec<u8>, Fault> {
    catch_unwind(AssertUnwindSafe(|| (handler.answer)(workspace, params))).unwrap_or_else(|_| {
        let message = format!("`{}` failed; please report it", handler.method);
        Err(Fault { code: ErrorCode::InternalError, message })
    })
}
