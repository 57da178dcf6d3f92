//! What others have written, read: each file of `tests/import`, with its report; and files that are not what they seem.

use std::path::Path;
use std::process::Command;

fn prm() -> Command {
    Command::new(env!("CARGO_BIN_EXE_prm"))
}

/// A file, the arguments beside it, and what comes of it: the source, the report for people, and what the compiler says.
#[test]
fn files_of_others_become_sources() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import");
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.ends_with(".args"))
        .collect();
    names.sort();
    assert!(names.len() >= 6);
    for name in names {
        let arguments = std::fs::read_to_string(folder.join(&name).with_extension("args")).unwrap_or_default();
        let mut command = prm();
        let run =
            command.current_dir(&folder).arg("import").args(arguments.split_whitespace()).arg(&name).output().unwrap();
        let [out, err] = [run.stdout, run.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
        assert_eq!(run.status.code(), Some(0), "{name}: {err}");
        insta::assert_snapshot!(format!("import_{name}"), format!("{out}\n--- report\n{err}"));
    }
}

/// Each value of a source is told once.
#[test]
fn counts_add_up() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import");
    for (name, values) in [("controls.csv", 21), ("terms.csv", 10), ("items.csv", 12)] {
        let mut command = prm();
        let run = command.current_dir(&folder).args(["import", name, "--message-format", "json"]).output().unwrap();
        let report = String::from_utf8(run.stderr).unwrap();
        let lines: Vec<serde_json::Value> = report.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines.len(), values, "{name}: {report}");
        let mut places: Vec<&str> = lines.iter().map(|line| line["place"].as_str().unwrap()).collect();
        places.sort_unstable();
        places.dedup();
        assert_eq!(places.len(), values, "{name}: a value is told twice");
    }
}

#[test]
fn what_is_not_what_it_seems_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let cases: &[(&str, &[u8], &str)] = &[
        ("empty.csv", b"", "it has no rows"),
        ("blank.csv", b",,\n,,\n", "it has no rows"),
        ("wide.csv", b"i\x00d\x00,\x00t\x00", "its encoding cannot be told"),
        ("what.pdf", b"%PDF", "does not show what it is"),
        ("nothing.csv", b"one,two\nthree,four\n", "nothing could be taken"),
    ];
    for (name, bytes, said) in cases {
        std::fs::write(folder.path().join(name), bytes).unwrap();
        let mut command = prm();
        let run = command.current_dir(folder.path()).args(["import", name, "-o", "out.prm"]).output().unwrap();
        let err = String::from_utf8(run.stderr).unwrap();
        assert_eq!(run.status.code(), Some(2), "{name}: {err}");
        assert!(err.contains(said), "{name}: {err}");
        assert!(!folder.path().join("out.prm").exists(), "{name}");
    }
}

#[test]
fn an_import_replaces_no_file() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.csv"), "id,title\n1,Keys\n").unwrap();
    std::fs::write(folder.path().join("a.prm"), "mine").unwrap();
    let run = prm().current_dir(folder.path()).args(["import", "a.csv", "-o", "a.prm"]).output().unwrap();
    assert_eq!(run.status.code(), Some(2));
    assert_eq!(std::fs::read_to_string(folder.path().join("a.prm")).unwrap(), "mine");
}
