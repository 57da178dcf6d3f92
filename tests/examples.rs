//! The example organization: its documents are what its sources give, and its links are judged.
//!
//! `UPDATE=1 cargo test examples` renews the documents.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The packages, each after those that it rests on.
const PACKAGES: [&str; 3] = ["group", "subsidiary", "unit"];

/// The same, and the package of its assessments, which has no model of its own.
const BUILT: [&str; 4] = ["group", "subsidiary", "unit", "assessed"];

#[test]
fn documents_are_what_the_sources_give() {
    let place = tempfile::tempdir().unwrap();
    copy(&root(), place.path());
    let mut old = Vec::new();
    for package in BUILT {
        prm(place.path(), &["build", package]);
        for made in documents(&place.path().join(package)) {
            let path = made.strip_prefix(place.path()).unwrap().to_owned();
            let (made, held) = (fs::read(made).unwrap(), fs::read(root().join(&path)).unwrap_or_default());
            if made != held && std::env::var_os("UPDATE").is_some() {
                fs::create_dir_all(root().join(&path).parent().unwrap()).unwrap();
                fs::write(root().join(&path), &made).unwrap();
            } else if made != held {
                old.push(path);
            }
        }
    }
    assert!(old.is_empty(), "out of date: {old:?}; run `UPDATE=1 cargo test examples`, and look at the difference");
}

#[test]
fn links_are_judged() {
    for package in PACKAGES {
        let shown = prm(&root(), &["review", package, "--deny", "warnings"]);
        assert!(
            shown.ends_with(" 0 suspect, 0 new\n"),
            "a text has changed on which links of examples/meridian/{package} rest:\n{shown}\
             if they hold, run `prm review examples/meridian/{package} --accept-all --because \"…\"`"
        );
    }
}

#[test]
fn nothing_is_left_to_say() {
    for package in BUILT {
        let shown = prm(&root(), &["check", package, "--pedantic", "--message-format", "short"]);
        assert_eq!(shown, "", "{package}");
    }
}

#[test]
fn a_year_made_the_difference_that_is_told() {
    let held = fs::read_to_string(root().join("assessed/a25-a26.txt")).unwrap();
    assert_eq!(prm(&root(), &["diff", "assessed", "assessed", "--assessment", "A25", "A26"]), held);
}

/// Runs the command, and gives what it printed.
fn prm(folder: &Path, arguments: &[&str]) -> String {
    let run = Command::new(env!("CARGO_BIN_EXE_prm")).args(arguments).current_dir(folder).output().unwrap();
    String::from_utf8(run.stdout).unwrap()
}

/// What `[[output]]` names, and the figures beside it: all that is neither source nor lock file.
fn documents(package: &Path) -> impl Iterator<Item = PathBuf> {
    let files =
        |folder: &Path| folder.read_dir().into_iter().flatten().map(|entry| entry.unwrap().path()).collect::<Vec<_>>();
    files(package)
        .into_iter()
        .chain(files(&package.join("figures")))
        .filter(|path| path.extension().is_some_and(|end| !["prm", "toml", "lock"].iter().any(|source| end == *source)))
}

fn copy(from: &Path, to: &Path) {
    for entry in from.read_dir().unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            fs::create_dir_all(&target).unwrap();
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/meridian")
}
