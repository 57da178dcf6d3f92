//! `prm mcp`: the compilation for assistants, over the Model Context Protocol on standard input and output. It reads, and
//! writes nothing.
//!
//! <https://modelcontextprotocol.io/specification/2025-06-18>: one JSON-RPC message a line.

mod alike;
mod tools;

use std::io::{BufRead, Read, Write};

use serde_json::{Value, json};

use super::Exit;
use super::args::McpArguments;
use super::failure::Failure;
use tools::Place;

/// The revisions of the protocol that are spoken, the newest first.
const REVISIONS: [&str; 3] = ["2025-06-18", "2025-03-26", "2024-11-05"];

/// How long a message may be, in bytes.
const LONGEST: u64 = 1024 * 1024;

/// What an assistant is told at the beginning.
const INSTRUCTIONS: &str = "prm follows which requirements of a standard a process reference model covers. Ask it instead of \
    guessing: `check` for what is wrong, `coverage` for what is missing, `why` for the grounds of a status, `search_requirements` \
    and `propose_links` for requirements by their words. That an outcome satisfies a requirement is a claim that a person makes \
    and answers for: propose it with both texts side by side, and leave the judgement and its `because` to them.";

const PARSE_ERROR: i64 = -32700;
const INVALID_REQUEST: i64 = -32600;
const NO_METHOD: i64 = -32601;
const INVALID_PARAMS: i64 = -32602;

/// Serves one assistant until its input ends.
pub fn run(arguments: &McpArguments) -> Result<Exit, Failure> {
    let place = Place::new(&arguments.folder)?;
    let mut input = std::io::stdin().lock();
    loop {
        let mut line = Vec::new();
        let read = input.by_ref().take(LONGEST).read_until(b'\n', &mut line);
        match read {
            Ok(0) => return Ok(Exit::Fine),
            Ok(_) if line.len() as u64 == LONGEST && line.last() != Some(&b'\n') => {
                send(&fault(&Value::Null, INVALID_REQUEST, "a message is longer than 1 MiB"))?;
                return Ok(Exit::Failed);
            }
            Ok(_) if line.trim_ascii().is_empty() => {}
            Ok(_) => {
                if let Some(answer) = answer(&line, &place) {
                    send(&answer)?;
                }
            }
            Err(error) => return Err(Failure::new(format!("cannot read standard input: {error}"), "")),
        }
    }
}

fn send(message: &Value) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    let done = writeln!(out, "{message}").and_then(|()| out.flush());
    done.map_err(|error| Failure::new(format!("cannot write to standard output: {error}"), ""))
}

/// What is answered to a message; notifications have no answer.
fn answer(line: &[u8], place: &Place) -> Option<Value> {
    let Ok(message) = serde_json::from_slice::<Value>(line) else {
        return Some(fault(&Value::Null, PARSE_ERROR, "this is no JSON"));
    };
    let id = message.get("id").cloned();
    let Some(method) = message.get("method").and_then(Value::as_str) else {
        // An answer to a question that was never asked needs none; anything else is no message.
        let is_answer = message.get("result").is_some() || message.get("error").is_some();
        return (!is_answer).then(|| fault(&id.unwrap_or_default(), INVALID_REQUEST, "a message names its `method`"));
    };
    let id = id?;
    let none = json!({});
    let params = message.get("params").unwrap_or(&none);
    let result = match method {
        "initialize" => Ok(initialize(params)),
        "ping" => Ok(json!({})),
        "tools/list" => Ok(json!({ "tools": tools::ALL.iter().map(tools::Tool::described).collect::<Vec<_>>() })),
        "tools/call" => call(params, place),
        _ => Err((NO_METHOD, format!("there is no method `{method}`"))),
    };
    Some(match result {
        Ok(result) => json!({ "jsonrpc": "2.0", "id": id, "result": result }),
        Err((code, words)) => fault(&id, code, &words),
    })
}

fn initialize(params: &Value) -> Value {
    let asked = params.get("protocolVersion").and_then(Value::as_str).unwrap_or_default();
    let spoken = REVISIONS.into_iter().find(|revision| *revision == asked).unwrap_or(REVISIONS[0]);
    json!({
        "protocolVersion": spoken,
        "capabilities": { "tools": {} },
        "serverInfo": { "name": "prm", "title": "Process reference models", "version": env!("CARGO_PKG_VERSION") },
        "instructions": INSTRUCTIONS,
    })
}

/// Asks a tool. What it cannot do is told to the assistant as its answer, as the protocol wants it.
fn call(params: &Value, place: &Place) -> Result<Value, (i64, String)> {
    let name = params.get("name").and_then(Value::as_str).unwrap_or_default();
    let Some(tool) = tools::ALL.iter().find(|tool| tool.name == name) else {
        return Err((INVALID_PARAMS, format!("there is no tool `{name}`")));
    };
    let none = json!({});
    let given = params.get("arguments").filter(|given| !given.is_null()).unwrap_or(&none);
    let (text, is_error) = match tool.ask(given, place) {
        Ok(text) => (text, false),
        Err(failure) => (failure.shown(false), true),
    };
    Ok(json!({ "content": [{ "type": "text", "text": text }], "isError": is_error }))
}

fn fault(id: &Value, code: i64, words: &str) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "error": { "code": code, "message": words } })
}
