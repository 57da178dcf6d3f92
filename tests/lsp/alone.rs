//! A server without threads, which does what there is to do when it is called, and says when it wants to be called again.

use std::sync::Arc;
use std::time::Duration;

use lsp_server::{Message, Notification, Request};
use prm::lsp::{Host, Session};
use prm::source::Memory;
use serde_json::{Value, json};

const MODEL: &str = "process K.1 \"Key care\" {\n  purpose \"The purpose of the key care process is to keep keys.\"\n  outcome 1 \"Keys are kept.\"\n}\n";
const URI: &str = "file:///w/keys.prm";

fn asked(id: i32, method: &str, params: Value) -> Message {
    Request { id: id.into(), method: method.to_owned(), params }.into()
}

fn told(method: &str, params: Value) -> Message {
    Notification { method: method.to_owned(), params }.into()
}

/// Begins with a text in a buffer.
fn begun(text: &str) -> Session {
    let mut session = Session::new(Host { files: Arc::new(Memory([].into())), standard: None });
    let document = json!({ "uri": URI, "languageId": "prm", "version": 1, "text": text });
    let messages = [
        asked(1, "initialize", json!({ "capabilities": {} })),
        told("initialized", json!({})),
        told("textDocument/didOpen", json!({ "textDocument": document })),
    ];
    assert!(session.turn(Duration::ZERO, messages).next.is_ok());
    session
}

fn change(version: i32, line: u32, character: u32, text: &str) -> Message {
    let place = json!({ "line": line, "character": character });
    let change = json!({ "range": { "start": place, "end": place }, "text": text });
    told(
        "textDocument/didChange",
        json!({ "textDocument": { "uri": URI, "version": version }, "contentChanges": [change] }),
    )
}

#[test]
fn what_is_to_wait_is_done_when_its_time_has_come() {
    let mut session = begun(MODEL);
    // Words alone: the package is compiled once nothing has been typed for a while.
    let now = Duration::from_secs(1);
    let wait = session.turn(now, [change(2, 2, 13, "Old ")]).next.unwrap();
    assert!(wait > Duration::ZERO && wait <= Duration::from_secs(1), "{wait:?}");
    // Called too early, there is nothing to do but to wait for the rest of it.
    assert!(session.turn(now + wait / 2, []).next.unwrap() <= wait / 2 + Duration::from_millis(1));
    assert!(session.turn(now + wait, []).next.unwrap() > Duration::from_secs(60));
}

#[test]
fn a_long_buffer_that_others_still_look_at_is_changed_at_once() {
    let (say, hear) = std::sync::mpsc::channel();
    // Who waits for others where there are none waits for ever.
    std::thread::spawn(move || {
        let mut session = begun(&MODEL.replace("Keys are kept.", &"Keys are kept. ".repeat(100_000)));
        let lenses = asked(2, "textDocument/codeLens", json!({ "textDocument": { "uri": URI } }));
        let turn = session.turn(Duration::from_secs(1), [lenses, change(2, 2, 13, "Old ")]);
        assert!(turn.next.is_ok());
        let is_answer = |message: &Message| matches!(message, Message::Response(answer) if answer.id == 2.into());
        say.send(turn.messages.iter().any(is_answer)).unwrap();
    });
    assert_eq!(hear.recv_timeout(Duration::from_secs(60)), Ok(true));
}
