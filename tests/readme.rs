//! Every command of the README is run, and shows what the README says.

use std::fs;
use std::path::Path;
use std::process::Command;

/// Runs the `console` blocks: `$ prm …` lines with what they print; `...` stands for any lines, `[1]` for the exit code.
#[test]
fn commands_do_what_the_readme_shows() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let place = tempfile::tempdir().unwrap();
    for folder in ["examples", "stdlib"] {
        copy(&root.join(folder), &place.path().join(folder));
    }
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    let mut ran = 0;
    for block in readme.split("```console\n").skip(1).map(|rest| rest.split("\n```").next().unwrap()) {
        for part in block.split("$ prm ").skip(1) {
            let (command, shown) = part.split_once('\n').unwrap_or((part, ""));
            let output = Command::new(env!("CARGO_BIN_EXE_prm"))
                .args(command.split_whitespace())
                .current_dir(&place)
                .output()
                .unwrap();
            let printed = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
            let code = output.status.code().unwrap();
            let (shown, wanted) = match shown.trim_end().strip_suffix("[1]") {
                Some(shown) => (shown.to_owned(), 1),
                None => (shown.to_owned(), if command.starts_with("coverage") { 1 } else { 0 }),
            };
            assert_eq!(code, wanted, "prm {command}\n{printed}");
            assert!(fits(&shown, &printed), "prm {command}\n--- shown\n{shown}\n--- printed\n{printed}");
            ran += 1;
        }
    }
    assert!(ran >= 9, "only {ran} commands were found");
}

/// The two commands that build with cargo: the first is run here as the binary itself, the second is this test.
#[test]
fn the_main_job_runs() {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let line = readme.lines().find_map(|line| line.strip_prefix("cargo run --release -- ")).unwrap();
    let place = tempfile::tempdir().unwrap();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("stdlib"), &place.path().join("stdlib"));
    let status =
        Command::new(env!("CARGO_BIN_EXE_prm")).args(line.split_whitespace()).current_dir(&place).status().unwrap();
    assert!(status.success());
    let document = fs::read_to_string(place.path().join("iso33052.md")).unwrap();
    assert!(document.contains("COM.01") && document.contains("A.18.2.3"));
}

/// Whether a text is what is shown, where a line of dots stands for any lines.
fn fits(shown: &str, printed: &str) -> bool {
    let mut rest = printed;
    for (number, piece) in format!("{}\n", shown.trim_end()).split("...\n").enumerate() {
        let piece = if piece == "\n" { "" } else { piece };
        let Some(at) = rest.find(piece) else { return false };
        if number == 0 && at != 0 {
            return false;
        }
        rest = &rest[at + piece.len()..];
    }
    true
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in from.read_dir().unwrap().map(|entry| entry.unwrap()) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
