//! The command from outside: exit codes, streams, and files that stay whole.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

const BROKEN: &str = "process K.1 {\n}\n";
const FINE: &str = "term \"key\" \"A secret.\"\n";

fn prm(place: &TempDir, arguments: &[&str]) -> (i32, String, String) {
    let Output { status, stdout, stderr } =
        Command::new(env!("CARGO_BIN_EXE_prm")).args(arguments).current_dir(place).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (status.code().unwrap(), text(stdout), text(stderr))
}

fn place(files: &[(&str, &str)]) -> TempDir {
    let place = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = place.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    place
}

#[test]
fn exit_codes() {
    let place = place(&[("fine.prm", FINE), ("broken.prm", BROKEN), ("empty/x.txt", "")]);
    fs::write(place.path().join("latin.prm"), b"term \"k\xe9y\" \"x\"").unwrap();
    for (arguments, code) in [
        (&["check", "fine.prm"][..], 0),
        (&["check", "broken.prm"], 1),
        (&["check", "nowhere.prm"], 2),
        (&["check", "empty"], 2),
        (&["check", "latin.prm"], 2),
        (&["check", "--frobnicate"], 2),
        (&["build", "fine.prm", "--format", "json"], 0),
        (&["build", "fine.prm", "--format", "markdown"], 2),
        (&["build", "fine.prm"], 2),
        (&["build", "broken.prm", "--format", "json"], 1),
        (&["build", "fine.prm", "--format", "json", "-o", "no/such/folder.json"], 2),
        (&["build", "fine.prm", "--format", "json", "-o", "empty"], 2),
        (&["explain", "P301"], 0),
        (&["explain", "uncovered-requirement"], 0),
        (&["explain", "P999"], 2),
        (&["why", "R1", "fine.prm"], 2),
        (&["schema"], 0),
        (&["completions", "bash"], 0),
        (&["man"], 0),
        (&["new", "made"], 0),
        (&["new", "made"], 2),
        (&["check", "made", "--deny", "warnings"], 0),
        (&["why", "R1", "made"], 0),
        (&["why", "R9", "made"], 2),
        (&["graph", "made", "--format", "dot"], 0),
        (&["build", "made"], 0),
    ] {
        let (found, out, err) = prm(&place, arguments);
        assert_eq!(found, code, "prm {arguments:?}\n{out}{err}");
    }
    assert!(Path::new(&place.path().join("made/made.md")).is_file());
}

#[test]
fn broken_models_leave_old_files_alone() {
    let place = place(&[("broken.prm", BROKEN), ("out.json", "old")]);
    let (code, ..) = prm(&place, &["build", "broken.prm", "--format", "json", "-o", "out.json"]);
    assert_eq!(code, 1);
    assert_eq!(fs::read_to_string(place.path().join("out.json")).unwrap(), "old");
    assert_eq!(place.path().read_dir().unwrap().count(), 2);
}

#[test]
fn only_check_prints_diagnostics_on_standard_output_and_for_machines_alone() {
    let place = place(&[("broken.prm", BROKEN)]);
    let (_, out, err) = prm(&place, &["check", "broken.prm", "--message-format", "short"]);
    assert!(out.starts_with("broken.prm:1:13: error[P002]: "), "{out}");
    assert_eq!(err, "");
    let (_, out, err) = prm(&place, &["check", "broken.prm"]);
    assert!(out.is_empty() && err.contains("P002") && !err.contains('\u{1b}'));
    let (_, out, err) = prm(&place, &["build", "broken.prm", "--format", "json", "--message-format", "short"]);
    assert!(out.is_empty() && err.contains("P002"));
    let (_, _, err) = prm(&place, &["check", "broken.prm", "--color", "always"]);
    assert!(err.contains('\u{1b}'));
}

#[test]
fn an_unreadable_file_hides_no_errors_of_the_others() {
    let place = place(&[("p/prm.toml", "[package]\nname = \"p\"\n"), ("p/broken.prm", BROKEN)]);
    fs::write(place.path().join("p/latin.prm"), b"\xff").unwrap();
    let (code, _, err) = prm(&place, &["check", "p"]);
    assert_eq!(code, 2);
    assert!(err.contains("P002") && err.contains("latin.prm"), "{err}");
}

#[test]
fn outputs_are_the_same_bytes_and_fit_their_schema() {
    let place = place(&[]);
    let model = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/assessment");
    let model = model.to_str().unwrap();
    let build = || prm(&place, &["build", model, "--format", "json"]).1;
    let json = build();
    assert_eq!(json, build());
    let schema = serde_json::from_str(&prm(&place, &["schema"]).1).unwrap();
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert!(jsonschema::validator_for(&schema).unwrap().is_valid(&value));
    assert!(!json.contains(env!("CARGO_MANIFEST_DIR")));
}
