//! Requests that take their time, on their way to whoever answers them.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crossbeam_channel::Sender;
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

/// The ways to those who answer: what is shown beside the text does not wait for what takes long.
pub struct Lanes {
    /// For what goes quickly.
    pub beside: Sender<Task>,
    /// For what looks at everything.
    pub long: Sender<Task>,
}

/// What comes of a request; nothing where nobody wants it any more.
pub fn answered(task: Task) -> Option<Answered> {
    let Task { id, handler, workspace, params } = task;
    let is_wanted = !workspace.asking.is_cancelled();
    is_wanted.then(|| Answered { id, outcome: answer(handler, &workspace, params) })
}

/// Answers a request; a handler that fails is a defect, and costs its answer alone.
pub fn answer(handler: &Handler, workspace: &Workspace, params: Value) -> Result<Vec<u8>, Fault> {
    catch_unwind(AssertUnwindSafe(|| (handler.answer)(workspace, params))).unwrap_or_else(|_| {
        let message = format!("`{}` failed; please report it", handler.method);
        Err(Fault { code: ErrorCode::InternalError, message })
    })
}
