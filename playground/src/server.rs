//! The language server for editors in browsers: one session, which is called whenever something came or it asked to be.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use lsp_server::Message;
use prm::lsp::{Host, Session};
use prm::package::{standard_names, standard_package};
use prm::{Entry, Files, Memory};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::answer::understood;

/// The folder in which the standard library lies for editors to open.
const STANDARD: &str = "/prm-standard";

/// What `turn` is asked.
#[derive(Deserialize)]
struct Asked {
    /// The time since the beginning, in milliseconds.
    now: u64,
    /// Files that are new or changed, by path; nothing for those that are gone.
    #[serde(default)]
    files: BTreeMap<String, Option<Content>>,
    /// What the client says.
    #[serde(default)]
    messages: Vec<Value>,
}

/// What a file holds.
#[derive(Deserialize)]
#[serde(untagged)]
enum Content {
    Text(String),
    Bytes(Vec<u8>),
}

thread_local! {
    static SESSION: RefCell<Option<(Arc<Disk>, Session)>> = const { RefCell::new(None) };
}

/// Files first, then messages; answered by the `messages` of the server, after how many milliseconds there will be something
/// to do (`next`), and, at the first turn, the files of the standard library (`standard`).
pub fn turn(request: &[u8]) -> Vec<u8> {
    understood(request, |Asked { now, files, messages }: Asked| {
        let messages = messages.into_iter().map(serde_json::from_value::<Message>);
        let messages = messages.collect::<Result<Vec<_>, _>>().map_err(|error| error.to_string())?;
        SESSION.with_borrow_mut(|session| {
            let is_first = session.is_none();
            let (disk, server) = session.get_or_insert_with(begin);
            disk.change(files);
            let turn = server.turn(Duration::from_millis(now), messages);
            let next = turn.next.map(|next| u64::try_from(next.as_millis()).unwrap_or(u64::MAX));
            let mut answer = json!({ "messages": turn.messages, "next": next.ok() });
            if is_first {
                answer["standard"] = json!(standard().into_iter().collect::<BTreeMap<_, _>>());
            }
            if next.is_err() {
                *session = None;
            }
            Ok(answer)
        })
    })
}

fn begin() -> (Arc<Disk>, Session) {
    let disk = Arc::new(Disk::default());
    disk.change(standard().into_iter().map(|(path, text)| (path, Some(Content::Text(text.to_owned())))).collect());
    let session = Session::new(Host { files: Arc::clone(&disk) as _, standard: Some(STANDARD.to_owned()) });
    (disk, session)
}

/// The files of the standard library, by path.
fn standard() -> Vec<(String, &'static str)> {
    let packages = standard_names().into_iter().filter_map(|name| Some((name, standard_package(name)?)));
    let files = packages.flat_map(|(name, (manifest, files))| {
        let all = files.into_iter().chain([("prm.toml", manifest)]);
        all.map(move |(path, text)| (format!("{STANDARD}/{name}/{path}"), text))
    });
    files.collect()
}

/// The files of the client.
struct Disk(RwLock<Memory>);

impl Default for Disk {
    fn default() -> Disk {
        Disk(RwLock::new(Memory(BTreeMap::new())))
    }
}

impl Disk {
    fn change(&self, files: BTreeMap<String, Option<Content>>) {
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        for (path, content) in files {
            match content {
                Some(Content::Text(text)) => known.0.insert(path, text.into_bytes()),
                Some(Content::Bytes(bytes)) => known.0.insert(path, bytes),
                None => known.0.remove(&path),
            };
        }
    }
}

impl Files for Disk {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).read(path)
    }

    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).list(folder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turned(request: Value) -> Value {
        serde_json::from_slice(&turn(request.to_string().as_bytes())).unwrap()
    }

    fn published<'a>(answer: &'a Value, end: &str) -> Option<&'a Value> {
        let messages = answer["messages"].as_array().unwrap();
        let about = |message: &&Value| {
            message["method"] == "textDocument/publishDiagnostics"
                && message["params"]["uri"].as_str().is_some_and(|uri| uri.ends_with(end))
        };
        messages.iter().rev().find(about).map(|message| &message["params"]["diagnostics"])
    }

    #[test]
    fn a_session() {
        let initialize = json!({
            "jsonrpc": "2.0", "id": 1, "method": "initialize",
            "params": { "capabilities": {}, "workspaceFolders": [{ "uri": "file:///w", "name": "w" }] },
        });
        let text =
            "use iso27001-2022\nprocess K.1 \"Keys\" {\n  outcome 1 \"Keys are kept.\"\n    satisfies A.7.99\n}\n";
        let files =
            json!({ "/w/prm.toml": "[package]\nname = \"keys\"\n", "/w/keys.prm": text, "/w/plan.png": [0, 255] });
        let first = turned(json!({ "now": 0, "files": files, "messages": [initialize] }));
        assert_eq!(first["messages"][0]["id"], 1);
        assert!(first["standard"]["/prm-standard/iso27001-2022/prm.toml"].is_string());
        let begun =
            turned(json!({ "now": 1, "messages": [{ "jsonrpc": "2.0", "method": "initialized", "params": {} }] }));
        assert!(begun["standard"].is_null());
        let found = published(&begun, "keys.prm").or_else(|| published(&first, "keys.prm")).unwrap();
        assert_eq!(found[0]["code"], "P104", "{found}");
        // What changes on the disk is told, and read anew.
        let changed = json!({ "/w/keys.prm": text.replace("A.7.99", "A.7.9") });
        let watched = json!({
            "jsonrpc": "2.0", "method": "workspace/didChangeWatchedFiles",
            "params": { "changes": [{ "uri": "file:///w/keys.prm", "type": 2 }] },
        });
        let mended = turned(json!({ "now": 2, "files": changed, "messages": [watched] }));
        let found = published(&mended, "keys.prm").unwrap().as_array().unwrap();
        assert!(found.iter().all(|found| found["code"] != "P104"), "{found:?}");
        assert!(mended["next"].is_u64());
        let goodbye =
            [json!({ "jsonrpc": "2.0", "id": 2, "method": "shutdown" }), json!({ "jsonrpc": "2.0", "method": "exit" })];
        let last = turned(json!({ "now": 3, "files": { "/w/keys.prm": null }, "messages": goodbye }));
        assert_eq!((&last["messages"][0]["id"], &last["next"]), (&json!(2), &Value::Null));
    }

    #[test]
    fn what_is_no_message_is_said() {
        for request in [json!(7), json!({}), json!({ "now": -1 }), json!({ "now": 0, "messages": [7] })] {
            assert!(turned(request.clone())["problem"].is_string(), "{request}");
        }
    }
}
