//! `--watch`: the real command, while files change.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use tempfile::TempDir;

/// Generous: the machine may be busy with something else.
const LONG: Duration = Duration::from_secs(60);
/// Long enough for what must not happen to happen.
const SHORT: Duration = Duration::from_millis(800);

/// A command that watches.
struct Watching {
    child: Child,
    lines: Receiver<String>,
}

impl Watching {
    fn start(place: &Path, arguments: &[&str]) -> Watching {
        let mut child = Command::new(env!("CARGO_BIN_EXE_prm"))
            .args(arguments)
            .arg("--watch")
            .current_dir(place)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (sender, lines) = mpsc::channel();
        let streams: [Box<dyn Read + Send>; 2] =
            [Box::new(child.stdout.take().unwrap()), Box::new(child.stderr.take().unwrap())];
        for stream in streams {
            let sender = sender.clone();
            std::thread::spawn(move || {
                for line in BufReader::new(stream).lines().map_while(Result::ok) {
                    let _ = sender.send(line);
                }
            });
        }
        Watching { child, lines }
    }

    /// Waits until it has said this, and has come to rest.
    fn until(&self, words: &str) {
        let mut said = String::new();
        loop {
            let line = self.lines.recv_timeout(LONG).unwrap_or_else(|_| panic!("never said `{words}`, but:\n{said}"));
            said += &format!("{line}\n");
            if said.contains(words) && line.starts_with("watching ") {
                return;
            }
        }
    }

    /// Nothing more is said.
    fn is_silent(&self) {
        let mut rest = String::new();
        while let Ok(line) = self.lines.recv_timeout(SHORT) {
            rest += &line;
        }
        assert_eq!(rest, "");
    }

    fn interrupt(mut self) {
        Command::new("kill").args(["-INT", &self.child.id().to_string()]).status().unwrap();
        assert_eq!(self.child.wait().unwrap().code(), Some(0));
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn place(files: &[(&str, &str)]) -> TempDir {
    let place = tempfile::tempdir().unwrap();
    files.iter().for_each(|(path, text)| write(&place, path, text));
    place
}

fn write(place: &TempDir, path: &str, text: &str) {
    let path = place.path().join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// As many editors write: beside, and then renamed.
fn replace(place: &TempDir, path: &str, text: &str) {
    write(place, &format!("{path}~"), text);
    fs::rename(place.path().join(format!("{path}~")), place.path().join(path)).unwrap();
}

const MANIFEST: &str = "[package]\nname = \"p\"\nversion = \"1.0.0\"\n";
const TERM: &str = "term \"key\" \"A secret.\"\n";

fn wrong(word: &str) -> String {
    format!("{word} \"key\"\n")
}

#[test]
fn no_change_of_a_package_is_missed() {
    let place = place(&[("p/prm.toml", MANIFEST), ("p/a.prm", TERM)]);
    let watching = Watching::start(place.path(), &["check", "p", "--message-format", "plain"]);
    watching.until("watching");
    write(&place, "p/a.prm", &wrong("first"));
    watching.until("`first`");
    replace(&place, "p/a.prm", &wrong("second"));
    watching.until("`second`");
    write(&place, "p/b.prm", &wrong("third"));
    watching.until("`third`");
    write(&place, "p/deep/er/c.prm", &wrong("fourth"));
    watching.until("`fourth`");
    write(&place, "p/deep/er/c.prm", &wrong("fifth"));
    watching.until("`fifth`");
    fs::rename(place.path().join("p/deep"), place.path().join("away")).unwrap();
    fs::remove_file(place.path().join("p/b.prm")).unwrap();
    write(&place, "p/a.prm", TERM);
    write(&place, "p/prm.toml", "nonsense");
    watching.until("p/prm.toml:1:");
    write(&place, "p/prm.toml", MANIFEST);
    watching.until("watching");
    write(&place, "p/prm.lock", "nonsense");
    watching.until("p/prm.lock:1:");
    fs::remove_file(place.path().join("p/prm.lock")).unwrap();
    watching.until("watching");
    // What is no source, or says what it said, is no change.
    write(&place, "p/notes.txt", "x");
    write(&place, "p/a.prm", TERM);
    watching.is_silent();
    // The package itself goes and comes back.
    fs::rename(place.path().join("p"), place.path().join("q")).unwrap();
    watching.until("cannot read");
    write(&place, "q/a.prm", &wrong("sixth"));
    fs::rename(place.path().join("q"), place.path().join("p")).unwrap();
    watching.until("`sixth`");
    write(&place, "p/a.prm", &wrong("seventh"));
    watching.until("`seventh`");
    watching.interrupt();
}

#[test]
fn dependencies_and_links_are_watched_even_before_they_are_there() {
    let manifest = format!("{MANIFEST}[dependencies]\nbase = {{ path = \"../far/base\" }}\n");
    let place = place(&[("p/prm.toml", &manifest), ("p/a.prm", "use base\n"), ("elsewhere/linked.prm", TERM)]);
    let watching = Watching::start(place.path(), &["check", "p", "--message-format", "plain"]);
    watching.until("no package");
    write(&place, "far/base/base.prm", TERM);
    write(&place, "far/base/prm.toml", &MANIFEST.replace("\"p\"", "\"other\""));
    watching.until("`other`");
    write(&place, "far/base/base.prm", &wrong("first"));
    watching.until("`first`");
    watching.interrupt();
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("elsewhere/linked.prm", place.path().join("link.prm")).unwrap();
        let watching = Watching::start(place.path(), &["check", "link.prm", "--message-format", "plain"]);
        watching.until("watching");
        write(&place, "elsewhere/linked.prm", &wrong("second"));
        watching.until("`second`");
        watching.interrupt();
    }
}

#[test]
fn a_single_file_is_watched_and_json_streams() {
    let place = place(&[("a.prm", TERM), ("b.prm", TERM)]);
    let watching = Watching::start(place.path(), &["check", "a.prm", "--message-format", "json"]);
    watching.until("watching");
    replace(&place, "a.prm", &wrong("first"));
    let end = "{\"finished\":true,\"errors\":1,\"warnings\":0}";
    let mut said = Vec::new();
    // Two streams: what stands on one comes before or after what stands on the other.
    let is_over =
        |said: &[String]| said.iter().any(|line| line == end) && said.iter().any(|line| line.starts_with("watching"));
    while !is_over(&said) {
        said.push(watching.lines.recv_timeout(LONG).unwrap());
    }
    said.retain(|line| line.starts_with('{'));
    assert!(said.iter().any(|line| line.contains("P102") && line.contains("`first`")), "{said:?}");
    for line in said {
        serde_json::from_str::<serde_json::Value>(&line).unwrap();
    }
    write(&place, "b.prm", &wrong("second"));
    watching.is_silent();
    watching.interrupt();
    let watching = Watching::start(place.path(), &["check", "a.prm", "--message-format", "plain"]);
    watching.until("`first`");
    fs::remove_file(place.path().join("a.prm")).unwrap();
    watching.until("no such file");
    write(&place, "a.prm", TERM);
    watching.until("checked `a`");
    watching.interrupt();
}

#[test]
fn outputs_among_the_sources_make_no_circle() {
    let manifest = format!(
        "{MANIFEST}[[output]]\nformat = \"markdown\"\npath = \"p.md\"\n[[output]]\nformat = \"json\"\npath = \"p.json\"\n"
    );
    let model = "model p \"House\" {\n}\nprocess K.1 \"Keys\" {\n  purpose \"P.\"\n  outcome 1 \"Keys are cut.\"\n}\n";
    let place = place(&[("p/prm.toml", &manifest), ("p/a.prm", model)]);
    let read = |path: &str| fs::read_to_string(place.path().join(path)).unwrap();
    let watching = Watching::start(place.path(), &["build", "p"]);
    watching.until("watching");
    assert!(read("p/p.md").contains("Keys are cut."));
    watching.is_silent();
    write(&place, "p/a.prm", &model.replace("cut", "kept"));
    watching.until("watching");
    assert!(read("p/p.md").contains("Keys are kept.") && read("p/p.json").contains("Keys are kept."));
    watching.is_silent();
    // What is broken leaves the outputs as they are, and is no end.
    write(&place, "p/a.prm", &model.replace("outcome", "outcom"));
    watching.until("did you mean");
    assert!(read("p/p.md").contains("Keys are kept."));
    write(&place, "p/a.prm", model);
    watching.until("watching");
    assert!(read("p/p.md").contains("Keys are cut."));
    watching.interrupt();
}

#[test]
fn there_has_to_be_something_to_watch() {
    let place = place(&[]);
    let output =
        Command::new(env!("CARGO_BIN_EXE_prm")).args(["check", "typo.prm", "--watch"]).current_dir(&place).output();
    let output = output.unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("`typo.prm` does not exist"));
}
