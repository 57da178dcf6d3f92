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

/// Eight lines that stand for a hundred million words.
const LAUGHS: &[u8] =
    b"a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\n\
d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e,*e]\n\
g: &g [*f,*f,*f,*f,*f,*f,*f,*f,*f,*f]\nobjects: {framework: *g}\n";

/// Trees that are deeper, or larger, than anything that people write.
#[test]
fn trees_have_bounds() {
    let folder = tempfile::tempdir().unwrap();
    let cases = [
        ("deep.json", format!("{{\"catalog\": {}", "{\"groups\": [".repeat(100_000)), "recursion limit"),
        ("many.json", format!("{{\"catalog\": [{}0]}}", "{\"a\":0},".repeat(1_100_000)), "more than 2000000 values"),
        ("deep.yaml", format!("objects: {}", "[".repeat(100_000)), "it is no YAML that can be read"),
    ];
    for (name, text, said) in cases {
        std::fs::write(folder.path().join(name), text).unwrap();
        let run = prm().current_dir(folder.path()).args(["import", name, "-o", "out.prm"]).output().unwrap();
        let err = String::from_utf8(run.stderr).unwrap();
        assert_eq!(run.status.code(), Some(2), "{name}: {err}");
        assert!(err.contains(said), "{name}: {err}");
        assert!(!folder.path().join("out.prm").exists(), "{name}");
    }
}

/// The values of a tree, each once: all that is neither a list nor has names.
fn leaves(value: &serde_json::Value) -> usize {
    match value {
        serde_json::Value::Array(items) => items.iter().map(leaves).sum(),
        serde_json::Value::Object(fields) => fields.values().map(leaves).sum(),
        _ => 1,
    }
}

/// Of documents of any make each value is told, and none twice.
#[test]
fn each_value_of_a_tree_is_told_once() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import");
    for name in ["basic-catalog.json", "strange-catalog.json", "mapping.json", "profile.json"] {
        let text = std::fs::read_to_string(folder.join(name)).unwrap();
        let document: serde_json::Value = serde_json::from_str(&text).unwrap();
        let arguments = std::fs::read_to_string(folder.join(name).with_extension("args")).unwrap_or_default();
        let beside = arguments.split_whitespace().filter(|argument| argument.ends_with(".json"));
        let beside: usize = beside
            .map(|file| leaves(&serde_json::from_slice(&std::fs::read(folder.join(file)).unwrap()).unwrap()))
            .sum();
        let mut command = prm();
        let command = command.current_dir(&folder).arg("import").args(arguments.split_whitespace());
        let run = command.args([name, "--message-format", "json"]).output().unwrap();
        let report = String::from_utf8(run.stderr).unwrap();
        let lines: Vec<serde_json::Value> = report.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let mut places: Vec<&str> = lines.iter().map(|line| line["place"].as_str().unwrap()).collect();
        places.sort_unstable();
        let twice: Vec<&[&str]> = places.windows(2).filter(|pair| pair[0] == pair[1]).collect();
        assert!(twice.is_empty(), "{name}: {twice:?}");
        assert_eq!(lines.len(), leaves(&document) + beside, "{name}: {report}");
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
        ("cut.json", b"{\"catalog\": {\"groups\": [", "it is no JSON, or not all of it"),
        ("two.json", b"{\"catalog\": {}} {}", "it is no JSON, or not all of it"),
        ("list.json", b"[1]", "it is no OSCAL"),
        ("other.json", b"{\"component-definition\": {}}", "it begins with `component-definition`"),
        ("empty.json", b"{\"mapping-collection\": {}}", "it maps nothing"),
        ("latin.json", b"{\"catalog\": {\"id\": \"\xfc\"}}", "it is no UTF-8: byte"),
        ("cut.yaml", b"objects: {framework: [", "it is no YAML that can be read"),
        ("other.yaml", b"a: 1", "it has no `objects`"),
        ("none.yaml", b"objects: {threats: [{a: b}]}", "it has neither a framework nor a mapping"),
        ("tag.yaml", b"objects: {framework: !!python/x {name: a}}", "it is no YAML that can be read"),
        ("laughs.yaml", LAUGHS, "it is no YAML that can be read"),
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
