//! `prm diff` and `prm build --format soa` from outside: exit codes, revisions of git, and files.

use std::fs;
use std::process::{Command, Output};

use tempfile::TempDir;

const BASE: &str = "catalog c \"Rules\" {\n  control C.1 \"One\"\n  control C.2 \"Two\"\n}\n\
    model base \"Base\" {\n  covers c\n}\n\
    process K.1 \"Keys\" {\n  purpose \"To keep keys.\"\n  outcome 1 \"Keys are known.\" satisfies C.1, C.2\n}\n";
const LAYER: &str = "use base\nmodel top \"Top\" extends base { }\n";

fn run(place: &TempDir, program: &str, arguments: &[&str]) -> (i32, String, String) {
    let Output { status, stdout, stderr } = Command::new(program)
        .args(arguments)
        .current_dir(place)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CEILING_DIRECTORIES", std::env::temp_dir())
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    (status.code().unwrap(), text(stdout), text(stderr))
}

fn prm(place: &TempDir, arguments: &[&str]) -> (i32, String, String) {
    run(place, env!("CARGO_BIN_EXE_prm"), arguments)
}

fn put(place: &TempDir, path: &str, text: &str) {
    let path = place.path().join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// A repository with a base and a layer below `models`, and two commits: `v1`, and one that loses coverage.
fn repository() -> TempDir {
    let place = tempfile::tempdir().unwrap();
    put(&place, "models/base/prm.toml", "[package]\nname = \"base\"\n");
    put(&place, "models/base/base.prm", BASE);
    put(&place, "models/top/prm.toml", "[package]\nname = \"top\"\n[dependencies]\nbase = { path = \"../base\" }\n");
    put(&place, "models/top/top.prm", LAYER);
    let git = |arguments: &[&str]| {
        let identity = ["-c", "user.name=n", "-c", "user.email=a@b", "-c", "core.autocrlf=false"];
        let (code, _, err) = run(&place, "git", &[&identity, arguments].concat());
        assert_eq!(code, 0, "{arguments:?}: {err}");
    };
    git(&["init", "-q", "."]);
    git(&["add", "."]);
    git(&["commit", "-qm", "one"]);
    git(&["tag", "v1"]);
    put(&place, "models/base/base.prm", &BASE.replace("C.1, C.2", "C.1"));
    git(&["commit", "-qam", "two"]);
    place
}

#[test]
fn revisions_are_read_with_what_they_depend_on() {
    let place = repository();
    let (code, out, err) = prm(&place, &["diff", "v1:models/top", "HEAD:models/top"]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("C.2 Two: covered → uncovered; was met by K.1.1"), "{out}");
    for (old, new, code) in [
        ("v1:models/top", "models/top", 1),
        ("v1:./models/top", "HEAD:models/top", 1),
        ("HEAD:models/top", "models/top", 0),
        ("HEAD:models/base/base.prm", "models/base/base.prm", 0),
        ("v1:models/base", "v1:models/base", 0),
    ] {
        assert_eq!(prm(&place, &["diff", old, new, "--exit-code"]).0, code, "{old} {new}");
        assert_eq!(prm(&place, &["diff", old, new, "--deny", "lost-coverage"]).0, code, "{old} {new}");
        assert_eq!(prm(&place, &["diff", old, new]).0, 0, "{old} {new}");
    }
    let (code, ..) = prm(&place, &["diff", "HEAD:models/top", "v1:models/top", "--deny", "lost-coverage"]);
    assert_eq!(code, 0, "what is gained is not denied");
    let excluding = LAYER.replacen("extends base {", "extends base {\n  exclude C.2 because \"None here.\"\n", 1);
    assert_ne!(excluding, LAYER);
    put(&place, "models/top/top.prm", &excluding);
    for (denied, expected) in [("lost-coverage", 0), ("new-exclusion", 1)] {
        let (code, ..) = prm(&place, &["diff", "v1:models/top", "models/top", "--deny", denied]);
        assert_eq!(code, expected, "{denied}");
    }
    let both = ["diff", "v1:models/top", "models/top", "--deny", "lost-coverage", "--deny", "new-exclusion"];
    assert_eq!(prm(&place, &both).0, 1);
}

#[test]
fn paths_of_revisions_are_found_from_a_folder_below() {
    let place = repository();
    let below = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_prm"))
            .args(arguments)
            .current_dir(place.path().join("models/top"))
            .output()
            .unwrap();
        (output.status.code().unwrap(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    for path in ["v1:./", "v1:.", "v1:models/top", "v1:../top"] {
        let (code, out) = below(&["diff", path, "."]);
        assert!(code == 0 && out.contains("C.2"), "{path}: {out}");
    }
}

#[test]
fn what_cannot_be_read_is_told() {
    let place = repository();
    for (argument, words) in [
        ("v9:models/top", "no revision `v9`"),
        ("v1:nowhere", "`v1` has no `nowhere`"),
        (":models/top", "names no revision"),
        ("nowhere", "no such file"),
        ("v1:models", "no `prm.toml`"),
    ] {
        let (code, out, err) = prm(&place, &["diff", argument, "models/top"]);
        assert!(code == 2 && out.is_empty() && err.contains(words), "{argument}: {code} {err}");
    }
    let elsewhere = tempfile::tempdir().unwrap();
    let (code, _, err) = prm(&elsewhere, &["diff", "v1:a", "v1:b"]);
    assert!(code == 2 && err.contains("not a git"), "{err}");
    let none = Command::new(env!("CARGO_BIN_EXE_prm"))
        .args(["diff", "v1:a", "v1:b"])
        .current_dir(&elsewhere)
        .env("PATH", "")
        .output()
        .unwrap();
    assert!(none.status.code() == Some(2) && String::from_utf8_lossy(&none.stderr).contains("git"));
}

#[test]
#[cfg(unix)]
fn a_file_of_that_name_wins() {
    let place = repository();
    put(&place, "v1:models", BASE);
    let (code, out, err) = prm(&place, &["diff", "v1:models", "models/base/base.prm"]);
    assert!(code == 0 && out.contains("lost coverage"), "{out}{err}");
}

#[test]
fn broken_sides_are_shown_and_nothing_is_written() {
    let place = repository();
    put(&place, "broken.prm", "process K.1 {\n}\n");
    put(&place, "out.txt", "old");
    let arguments = ["diff", "v1:models/base", "broken.prm", "-o", "out.txt", "--message-format", "short"];
    let (code, out, err) = prm(&place, &arguments);
    assert_eq!(code, 1);
    assert!(out.is_empty() && err.starts_with("broken.prm:1:"), "{err}");
    assert_eq!(fs::read_to_string(place.path().join("out.txt")).unwrap(), "old");
}

#[test]
fn errors_of_a_revision_name_it() {
    let place = repository();
    put(&place, "models/base/base.prm", "process K.1 {\n}\n");
    run(&place, "git", &["-c", "user.name=n", "-c", "user.email=a@b", "commit", "-qam", "three"]);
    let (code, _, err) = prm(&place, &["diff", "HEAD:models/base", "v1:models/base", "--message-format", "short"]);
    assert!(code == 1 && err.starts_with("HEAD:/models/base/base.prm:1:"), "{err}");
}

#[test]
fn a_statement_holds_controls_to_be_settled() {
    let place = tempfile::tempdir().unwrap();
    put(&place, "fine.prm", BASE);
    put(&place, "partial.prm", &BASE.replace("satisfies C.1, C.2", "satisfies C.1 partly satisfies C.2"));
    put(&place, "open.prm", &BASE.replace("C.1, C.2", "C.1"));
    put(&place, "nothing.prm", "model m \"M\" { }\n");
    put(&place, "bare.prm", "term \"key\" \"A secret.\"\n");
    for (file, form, code, words) in [
        ("fine.prm", "markdown", 0, ""),
        ("partial.prm", "csv", 1, "error[P302]: `C.2` “Two” of `c` is met only in part"),
        ("open.prm", "json", 1, "error[P301]: no outcome meets `C.2`"),
        ("nothing.prm", "markdown", 0, "warning[P307]"),
        ("bare.prm", "markdown", 2, "no model"),
        ("fine.prm", "prm", 2, "no form `prm`"),
    ] {
        let arguments = ["build", file, "--format", "soa", "--as", form, "-o", "out", "--message-format", "short"];
        let (found, _, err) = prm(&place, &arguments);
        assert!(found == code && err.contains(words), "{file}: {found} {err}");
        assert_eq!(place.path().join("out").is_file(), code < 2, "{file}");
        let _ = fs::remove_file(place.path().join("out"));
    }
    // Elsewhere it stays a warning, and an author's word on the check holds.
    assert_eq!(prm(&place, &["build", "partial.prm", "--format", "markdown"]).0, 0);
    put(&place, "p/prm.toml", "[package]\nname = \"p\"\n[lints]\nP302 = \"warn\"\n");
    put(&place, "p/p.prm", &fs::read_to_string(place.path().join("partial.prm")).unwrap());
    assert_eq!(prm(&place, &["build", "p", "--format", "soa"]).0, 0);
}

#[test]
fn a_manifest_may_ask_for_a_statement() {
    let place = tempfile::tempdir().unwrap();
    let output = "[[output]]\nformat = \"soa\"\nas = \"xlsx\"\npath = \"soa.xlsx\"\n";
    put(&place, "p/prm.toml", &format!("[package]\nname = \"p\"\n{output}"));
    put(&place, "p/p.prm", BASE);
    assert_eq!(prm(&place, &["build", "p"]).0, 0);
    let first = fs::read(place.path().join("p/soa.xlsx")).unwrap();
    assert!(first.starts_with(b"PK"));
    prm(&place, &["build", "p"]);
    assert_eq!(fs::read(place.path().join("p/soa.xlsx")).unwrap(), first);
    put(&place, "p/prm.toml", &format!("[package]\nname = \"p\"\n{}", output.replace("xlsx\"\np", "prm\"\np")));
    let (code, _, err) = prm(&place, &["build", "p"]);
    assert!(code == 1 && err.contains("there is no as `prm`"), "{err}");
}

#[test]
fn a_history_goes_from_tag_to_tag() {
    let place = repository();
    let git = |arguments: &[&str]| {
        let identity = ["-c", "user.name=n", "-c", "user.email=a@b", "-c", "core.autocrlf=false"];
        let (code, _, err) = run(&place, "git", &[&identity, arguments].concat());
        assert_eq!(code, 0, "{arguments:?}: {err}");
    };
    git(&["tag", "-a", "v2", "-m", "Two."]);
    put(&place, "models/base/base.prm", "model base {");
    git(&["commit", "-qam", "three"]);
    git(&["tag", "v3-broken"]);
    put(&place, "models/base/base.prm", &BASE.replace("are known", "are all known"));
    git(&["commit", "-qam", "four"]);
    let history = |arguments: &[&str]| prm(&place, &[&["history"], arguments].concat());
    let (code, out, err) = history(&["v1..HEAD", "models/top"]);
    assert_eq!(code, 0, "{err}");
    // The newest comes first; what is broken is told, and the next one is compared with the one before it.
    let places = ["Release HEAD", "are **all** known", "Release v2", "C.2"].map(|words| {
        out.rfind(words).unwrap_or_else(|| panic!("{words}: {out}"))
    });
    assert!(places.is_sorted(), "{places:?} {out}");
    assert!(out.contains("| v3-broken | Its text, names or structure have errors"), "{out}");
    assert!(!out.contains("Release v1") && !out.contains("Release v3"), "{out}");
    let (code, page, _) = history(&["v1..v2", "models/top", "--format", "html"]);
    assert!(code == 0 && page.contains("Release v2") && !page.contains("HEAD"), "{page}");
    assert_eq!(history(&["v1..v2", "models/top", "--format", "docx", "-o", "history.docx"]).0, 0);
    assert!(fs::read(place.path().join("history.docx")).unwrap().starts_with(b"PK"));
    for (arguments, words) in [
        (["v1", "models/top"], "names no two releases"),
        (["..v1", "models/top"], "names no two releases"),
        (["v1..--all", "models/top"], "names no two releases"),
        (["v9..v1", "models/top"], "no revision `v9`"),
        (["v2..v1", "models/top"], "has nothing that `v2` has not"),
        (["v1..v2", "nowhere"], "has no `nowhere`"),
    ] {
        let (code, out, err) = history(&arguments);
        assert!(code == 2 && out.is_empty() && err.contains(words), "{arguments:?}: {code} {err}");
    }
}
