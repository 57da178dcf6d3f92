//! What others have written, read: each file of `tests/import`, with its report; and files that are not what they seem.

use std::path::Path;
use std::process::Command;

use calamine::Reader;

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
        .filter(|name| !name.ends_with(".args") && !name.ends_with(".py"))
        .collect();
    names.sort();
    assert!(names.len() >= 11);
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

/// The report of a file, a line each: what became of a value, what it is, and where it stands.
fn told(name: &str) -> Vec<[String; 3]> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import");
    let run = prm().current_dir(&folder).args(["import", name, "--message-format", "json"]).output().unwrap();
    let report = String::from_utf8(run.stderr).unwrap();
    let line = |line: &str| {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        ["action", "what", "place"].map(|key| line[key].as_str().unwrap().to_owned())
    };
    report.lines().map(line).collect()
}

/// Each value of a source is told once.
#[test]
fn counts_add_up() {
    for (name, values) in [("controls.csv", 21), ("terms.csv", 10), ("items.csv", 12), ("canteen.ods", 15)] {
        let lines: Vec<_> = told(name).into_iter().filter(|[_, what, _]| what != "comment").collect();
        assert_eq!(lines.len(), values, "{name}: {lines:?}");
        let mut places: Vec<&str> = lines.iter().map(|[_, _, place]| place.as_str()).collect();
        places.sort_unstable();
        places.dedup();
        assert_eq!(places.len(), values, "{name}: a value is told twice");
    }
}

/// Each cell of a workbook that another reader finds is told once, and no other.
#[test]
fn each_cell_of_a_workbook_is_told_once() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import");
    for name in ["controls.xlsx", "processes.xlsx", "sheets.xlsx"] {
        let mut book: calamine::Xlsx<_> = calamine::open_workbook(folder.join(name)).unwrap();
        let mut found: Vec<String> = Vec::new();
        for sheet in book.sheet_names() {
            let range = book.worksheet_range(&sheet).unwrap();
            let (rows, columns) = range.start().unwrap_or_default();
            for (row, column, value) in range.used_cells() {
                if !matches!(value, calamine::Data::Empty) {
                    let letter = char::from(b'A' + u8::try_from(column).unwrap() + u8::try_from(columns).unwrap());
                    found.push(format!("{sheet}!{letter}{}", row + 1 + usize::try_from(rows).unwrap()));
                }
            }
        }
        let lines = told(name).into_iter().filter(|[_, what, _]| what != "comment");
        let mut places: Vec<String> = lines.map(|[_, _, place]| place).collect();
        found.sort();
        places.sort();
        assert_eq!(places, found, "{name}");
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
