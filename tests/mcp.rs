//! `prm mcp`, asked as an assistant asks it.

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

const MODEL: &str = r#"use iso27001-2022
model keys "Keys" {
  covers iso27001-2022:A.7
}
process K.1 "Key care" {
  purpose "The purpose of the key care process is to keep every key in known hands."
  outcome 1 "Secure areas are monitored for unauthorized physical access."
    satisfies A.7.4
}
"#;

/// The answers to messages, and how the server ended.
fn talk(place: &TempDir, lines: &[String]) -> (Vec<Value>, i32) {
    let mut server = Command::new(env!("CARGO_BIN_EXE_prm"))
        .args(["mcp", "models"])
        .current_dir(place)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let text = lines.iter().map(|line| format!("{line}\n")).collect::<String>();
    let mut input = server.stdin.take().unwrap();
    let writer = std::thread::spawn(move || input.write_all(text.as_bytes()));
    let done = server.wait_with_output().unwrap();
    writer.join().unwrap().ok();
    let answers = String::from_utf8(done.stdout).unwrap();
    (answers.lines().map(|line| serde_json::from_str(line).unwrap()).collect(), done.status.code().unwrap())
}

fn place() -> TempDir {
    let place = tempfile::tempdir().unwrap();
    fs::create_dir(place.path().join("models")).unwrap();
    fs::write(place.path().join("models/keys.prm"), MODEL).unwrap();
    fs::write(place.path().join("models/broken.prm"), "process K.1 {\n}\n").unwrap();
    fs::write(place.path().join("secret.prm"), MODEL).unwrap();
    place
}

fn ask(id: u32, tool: &str, arguments: &Value) -> String {
    let params = json!({ "name": tool, "arguments": arguments });
    json!({ "jsonrpc": "2.0", "id": id, "method": "tools/call", "params": params }).to_string()
}

/// The text of an answer, and whether it tells that something could not be done.
fn said(answer: &Value) -> (&str, bool) {
    let result = &answer["result"];
    (result["content"][0]["text"].as_str().unwrap(), result["isError"].as_bool().unwrap())
}

#[test]
fn it_introduces_itself_and_its_tools() {
    let greeting = |revision: &str| {
        let params =
            json!({ "protocolVersion": revision, "capabilities": {}, "clientInfo": { "name": "t", "version": "1" } });
        json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params }).to_string()
    };
    let lines = [
        greeting("2025-03-26"),
        r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#.to_owned(),
        greeting("1999-01-01"),
        r#"{"jsonrpc":"2.0","id":"l","method":"tools/list"}"#.to_owned(),
        r#"{"jsonrpc":"2.0","id":3,"method":"ping"}"#.to_owned(),
    ];
    let (answers, exit) = talk(&place(), &lines);
    assert_eq!((answers.len(), exit), (4, 0), "a notification has no answer");
    assert_eq!(answers[0]["result"]["protocolVersion"], "2025-03-26");
    assert_eq!(answers[1]["result"]["protocolVersion"], "2025-06-18", "what is not known is answered with the newest");
    let tools = answers[2]["result"]["tools"].as_array().unwrap();
    assert!(
        tools.iter().all(|tool| tool["annotations"]["readOnlyHint"] == true && tool["inputSchema"]["type"] == "object")
    );
    let names: Vec<&str> = tools.iter().map(|tool| tool["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["check", "coverage", "why", "explain", "search_requirements", "propose_links"]);
    assert_eq!(answers[3]["result"], json!({}));
}

#[test]
fn it_answers_as_the_commands_do() {
    let place = place();
    let model = json!({ "path": "keys.prm" });
    let with = |name: &str, value: Value| json!({ "path": "keys.prm", name: value });
    let (answers, _) = talk(
        &place,
        &[
            ask(1, "check", &model),
            ask(2, "coverage", &with("uncovered", json!(true))),
            ask(3, "why", &with("reference", json!("A.7.4"))),
            ask(4, "explain", &with("code", json!("P301"))),
            ask(5, "search_requirements", &with("words", json!("clear desk"))),
            ask(6, "propose_links", &with("outcome", json!("K.1.1"))),
        ],
    );
    let shell = |arguments: &[&str]| {
        let done = Command::new(env!("CARGO_BIN_EXE_prm")).args(arguments).current_dir(place.path()).output().unwrap();
        String::from_utf8(done.stdout).unwrap()
    };
    let (check, is_error) = said(&answers[0]);
    assert!(!is_error);
    let findings = shell(&["check", "models/keys.prm", "--message-format", "json"]);
    assert!(!findings.is_empty() && check.starts_with(&findings), "{check}");
    assert_eq!(
        said(&answers[1]).0,
        shell(&["coverage", "models/keys.prm", "--format", "json", "--uncovered", "--partial"])
    );
    assert!(shell(&["why", "A.7.4", "models/keys.prm"]).ends_with(said(&answers[2]).0));
    assert_eq!(said(&answers[3]).0, shell(&["explain", "P301"]));
    let first = |answer: &Value| serde_json::from_str::<Value>(said(answer).0.lines().next().unwrap()).unwrap();
    assert_eq!(first(&answers[4])["requirement"], "iso27001-2022:A.7.7");
    assert_eq!(first(&answers[4])["status"], "uncovered");
    let near: Vec<&str> = said(&answers[5]).0.lines().take(3).collect();
    assert!(near.iter().any(|line| line.contains("\"iso27001-2022:A.7.4\"")), "{near:?}");
    assert!(said(&answers[5]).0.contains("no evidence"));
}

#[test]
fn what_it_cannot_do_is_told() {
    let place = place();
    let cases = [
        ("check", json!({ "path": "../secret.prm" }), "outside the folder"),
        ("check", json!({ "path": place.path().join("secret.prm") }), "outside the folder"),
        ("check", json!({ "path": "nowhere.prm" }), "cannot read"),
        ("check", json!({ "path": "keys.prm", "write": true }), "takes no `write`"),
        ("check", json!(["keys.prm"]), "no object"),
        ("coverage", json!({ "path": "broken.prm" }), "ask `check`"),
        ("coverage", json!({ "path": "keys.prm", "catalog": "iso27001-2013" }), "covers no catalog"),
        ("why", json!({ "path": "keys.prm" }), "`reference` is not given"),
        ("why", json!({ "path": "keys.prm", "reference": "A.77" }), "there is no `A.77`"),
        ("search_requirements", json!({ "path": "keys.prm", "words": "desk", "catalog": "zz" }), "sees no catalog"),
        ("explain", json!({ "path": "keys.prm", "code": "P999" }), "no diagnostic"),
    ];
    let lines: Vec<String> = cases.iter().map(|(tool, given, _)| ask(7, tool, given)).collect();
    let (answers, exit) = talk(&place, &lines);
    assert_eq!(exit, 0);
    for ((tool, given, words), answer) in cases.iter().zip(&answers) {
        let (text, is_error) = said(answer);
        assert!(is_error && text.contains(words), "{tool} {given}: {text}");
    }
}

#[test]
fn what_is_no_message_is_answered_with_a_code() {
    let cases = [
        ("{", -32700),
        ("[]", -32600),
        (r#"{"jsonrpc":"2.0","id":1}"#, -32600),
        (r#"{"jsonrpc":"2.0","id":1,"method":"resources/list"}"#, -32601),
        (r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"rm"}}"#, -32602),
    ];
    let lines: Vec<String> = cases.iter().map(|(line, _)| (*line).to_owned()).collect();
    let (answers, exit) = talk(&place(), &lines);
    assert_eq!(exit, 0);
    for ((line, code), answer) in cases.iter().zip(&answers) {
        assert_eq!(answer["error"]["code"], *code, "{line}: {answer}");
    }
    let (answers, exit) = talk(&place(), &["x".repeat(2 << 20)]);
    assert_eq!(
        (answers[0]["error"]["code"].as_i64(), exit),
        (Some(-32600), 2),
        "what never ends is not read to its end"
    );
}
