//! The rim: what is written where, whole or not at all, and what cannot be written is never passed over.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use tempfile::TempDir;

pub const MANIFEST: &str = "[package]\nname = \"p\"\nversion = \"1.0.0\"\n";
pub const MODEL: &str = "catalog c \"Rules\" {\n  control A.1 \"Locks\"\n}\nmodel m \"Model\" {\n  covers c\n}\n\
                     process K.1 \"Keys\" {\n  purpose \"To keep keys.\"\n  outcome 1 \"Keys are cut.\" satisfies A.1\n}\n";

pub fn command(place: &TempDir, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_prm"));
    command.args(arguments).current_dir(place);
    command
}

pub fn prm(place: &TempDir, arguments: &[&str]) -> (i32, String) {
    let Output { status, stderr, .. } = command(place, arguments).output().unwrap();
    (status.code().unwrap(), String::from_utf8(stderr).unwrap())
}

/// A package `p`, with outputs of the manifest: format and path.
pub fn package(outputs: &[(&str, &str)]) -> TempDir {
    let place = tempfile::tempdir().unwrap();
    let tables = outputs.iter().map(|(format, path)| format!("[[output]]\nformat = \"{format}\"\npath = \"{path}\"\n"));
    fs::create_dir(place.path().join("p")).unwrap();
    fs::write(place.path().join("p/prm.toml"), tables.fold(MANIFEST.to_owned(), |all, table| all + &table)).unwrap();
    fs::write(place.path().join("p/a.prm"), MODEL).unwrap();
    place
}

pub fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        folder.read_dir().unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn outputs_of_a_manifest_are_put_in_folders_that_are_made() {
    let place = package(&[("json", "out/deep/a.json"), ("markdown", "out/x/../b.md")]);
    let (code, err) = prm(&place, &["build", "p"]);
    assert_eq!(code, 0, "{err}");
    assert_eq!(names(&place.path().join("p/out")), ["b.md", "deep", "figures"]);
    assert_eq!(names(&place.path().join("p/out/deep")), ["a.json"]);
    // From inside the package it is the same.
    fs::remove_dir_all(place.path().join("p/out")).unwrap();
    assert!(command(&place, &["build"]).current_dir(place.path().join("p")).status().unwrap().success());
    assert_eq!(names(&place.path().join("p/out/deep")), ["a.json"]);
    assert_eq!(names(&place.path().join("p")), ["a.prm", "out", "prm.toml"]);
}

#[test]
fn folders_that_were_made_in_vain_go_again() {
    let place = package(&[("json", "new/deep/a.json"), ("markdown", "b.md")]);
    fs::create_dir(place.path().join("p/b.md")).unwrap();
    let (code, err) = prm(&place, &["build", "p"]);
    assert!(code == 2 && err.contains("it is a folder"), "{err}");
    assert_eq!(names(&place.path().join("p")), ["a.prm", "b.md", "prm.toml"]);
}

#[cfg(unix)]
#[test]
fn outputs_of_a_manifest_stay_below_it_wherever_links_lead() {
    use std::os::unix::fs::symlink;
    for (path, link, target) in [
        ("out.md", "out.md", "../victim"),
        ("out.md", "out.md", "../not-there-yet"),
        ("sub/out.md", "sub", "../folder"),
        ("sub/x/out.md", "sub", "../folder"),
        ("sub/../out.md", "sub", "../folder/deep"),
        ("one/out.md", "one", "two"),
        ("out.md", "out.md", "a.prm"),
        ("out.md", "out.md", "below/free.md"),
        ("out.md", "out.md", "/dev/stdout"),
    ] {
        let place = package(&[("markdown", path)]);
        fs::write(place.path().join("victim"), "old").unwrap();
        fs::create_dir_all(place.path().join("folder/deep")).unwrap();
        fs::create_dir(place.path().join("p/below")).unwrap();
        fs::write(place.path().join("p/below/prm.toml"), MANIFEST).unwrap();
        symlink("../folder", place.path().join("p/two")).unwrap();
        symlink(target, place.path().join("p").join(link)).unwrap();
        let (code, err) = prm(&place, &["build", "p", "--message-format", "short"]);
        assert!(code == 1 && err.contains("error[P024]"), "{path}: {err}");
        assert_eq!(names(place.path()), ["folder", "p", "victim"], "{path}");
        assert_eq!(names(&place.path().join("folder")), ["deep"], "{path}");
        assert_eq!(names(&place.path().join("p/below")), ["prm.toml"], "{path}");
        assert_eq!(fs::read_to_string(place.path().join("victim")).unwrap(), "old");
        assert_eq!(fs::read_to_string(place.path().join("p/a.prm")).unwrap(), MODEL);
    }
    // A link within the package is written through; two that lead to one file are one place.
    let place = package(&[("markdown", "link.md"), ("json", "REAL.MD")]);
    symlink("real.md", place.path().join("p/link.md")).unwrap();
    let (code, err) = prm(&place, &["build", "p"]);
    assert!(code == 1 && err.contains("written by two outputs"), "{err}");
    fs::write(
        place.path().join("p/prm.toml"),
        MANIFEST.to_owned() + "[[output]]\nformat = \"json\"\npath = \"link.md\"\n",
    )
    .unwrap();
    assert_eq!(prm(&place, &["build", "p"]).0, 0);
    assert!(place.path().join("p/link.md").is_symlink() && place.path().join("p/real.md").is_file());
}

#[test]
fn outputs_of_a_manifest_have_names_that_are_one_thing_everywhere() {
    for path in [
        "prm.toml.",
        "a.prm ",
        "a.prm::$DATA",
        "C:/x.md",
        "..\\\\x.md",
        "sub /x.md",
        "sub./x.md",
        "nul",
        "AUX.md",
        "out/com1.txt",
        "a\\nb.md",
        "a\\u001b[2J.md",
        "a\\u202e.md",
        "a\\u200b.md",
        "a\\u0000.md",
        "a\\u0085.md",
    ] {
        let place = package(&[("markdown", path)]);
        let (code, err) = prm(&place, &["build", "p", "--message-format", "short"]);
        assert!(code == 1 && err.contains("error[P024]"), "{path}: {err}");
        assert_eq!(names(&place.path().join("p")), ["a.prm", "prm.toml"], "{path}");
    }
    let place = package(&[("markdown", "./out/console.v1/com10 – é.md")]);
    assert_eq!(prm(&place, &["build", "p"]).0, 0);
}

#[cfg(unix)]
#[test]
fn outputs_of_a_manifest_wait_for_no_pipe() {
    let place = package(&[("markdown", "pipe")]);
    assert!(Command::new("mkfifo").arg(place.path().join("p/pipe")).status().unwrap().success());
    let (code, err) = prm(&place, &["build", "p"]);
    assert!(code == 2 && err.contains("is no place for an output"), "{err}");
}

#[cfg(unix)]
#[test]
fn a_pipe_is_written_as_it_is_read_and_not_waited_for_where_nobody_reads() {
    let place = large();
    assert!(Command::new("mkfifo").arg(place.path().join("pipe")).status().unwrap().success());
    let (code, err) = prm(&place, &["build", "p", "--format", "json", "-o", "pipe"]);
    assert!(code == 2 && err.contains("nobody reads it"), "{err}");
    // It holds more than a pipe does, and the reader comes late and is slow.
    let mut writer = command(&place, &["build", "p", "--format", "json", "-o", "pipe"]);
    let mut writer = writer.stderr(Stdio::null()).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(300));
    let mut pipe = File::open(place.path().join("pipe")).unwrap();
    std::thread::sleep(Duration::from_millis(300));
    let mut read = Vec::new();
    pipe.read_to_end(&mut read).unwrap();
    assert!(writer.wait().unwrap().success());
    let wanted = command(&place, &["build", "p", "--format", "json"]).output().unwrap().stdout;
    assert!(read == wanted && read.len() > 1 << 17, "{} of {}", read.len(), wanted.len());
}

#[test]
fn no_command_replaces_what_it_reads() {
    let place = package(&[]);
    #[cfg(unix)]
    std::os::unix::fs::symlink("a.prm", place.path().join("p/link")).unwrap();
    fs::write(place.path().join("p/other.txt"), "old").unwrap();
    for command in [
        &["build", "p", "--format", "json"][..],
        &["build", "p", "--format", "markdown"],
        &["build", "p", "--format", "soa", "--as", "xlsx"],
        &["coverage", "p"],
        &["coverage", "p", "--format", "json"],
        &["graph", "p"],
        &["diff", "p", "p"],
        &["diff", "p", "p", "--format", "markdown"],
        &["diff", "p", "p", "--format", "json"],
    ] {
        let mut taken = vec!["p/a.prm", "./p/../p/a.prm", "p/prm.toml", "p/prm.lock", "P/A.PRM", "other/prm.toml"];
        if cfg!(unix) {
            taken.push("p/link");
        }
        for path in taken {
            let (code, err) = prm(&place, &[command, &["-o", path]].concat());
            assert!(code == 2 && err.contains("would take the place of"), "{command:?} {path}: {err}");
        }
        assert_eq!(prm(&place, &[command, &["-o", "p/other.txt"]].concat()).0, 0, "{command:?}");
        assert_ne!(fs::read_to_string(place.path().join("p/other.txt")).unwrap_or_default(), "old");
    }
    for (path, text) in [("p/a.prm", MODEL), ("p/prm.toml", MANIFEST)] {
        assert_eq!(fs::read_to_string(place.path().join(path)).unwrap(), text);
    }
    // Nor what others read.
    fs::write(place.path().join("other.prm"), MODEL).unwrap();
    for path in ["p/prm.toml", "p/prm.lock", "p/a.prm", "other.prm"] {
        assert_eq!(prm(&place, &["schema", "-o", path]).0, 2, "{path}");
        assert_eq!(prm(&place, &["graph", "p", "-o", path]).0, 2, "{path}");
    }
    let (code, err) = prm(&place, &["build", "p", "--format", "json", "-o", "nowhere/"]);
    assert!(code == 2 && err.contains("it is a folder") && !place.path().join("nowhere").exists(), "{err}");
    for path in ["p/prm.toml", "p/prm.lock"] {
        assert_eq!(prm(&place, &["build", "p", "--format", "pam", "--as", "prm", "-o", path]).0, 2);
    }
}

/// Every command that prints something.
const PRINTING: &[&[&str]] = &[
    &["check", "p", "--message-format", "json"],
    &["check", "p", "--message-format", "sarif"],
    &["check", "p", "--message-format", "short"],
    &["build", "p", "--format", "json"],
    &["build", "p", "--format", "pam", "--as", "prm"],
    &["coverage", "p"],
    &["coverage", "p", "--format", "csv"],
    &["why", "A.1", "p"],
    &["diff", "p", "p"],
    &["graph", "p"],
    &["review", "p"],
    &["explain"],
    &["explain", "P301"],
    &["schema"],
    &["completions", "bash"],
    &["man"],
    &["fmt", "--check", "p"],
    &["--help"],
    &["--version"],
];

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let place = package(&[]);
    fs::write(place.path().join("p/a.prm"), MODEL.replace("  outcome", "      outcome")).unwrap();
    let full = || File::options().write(true).open("/dev/full").unwrap();
    for arguments in PRINTING {
        let output = command(&place, arguments).stdout(full()).output().unwrap();
        let err = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(2) && !err.contains("defect"), "{arguments:?}: {err}");
        let output = command(&place, arguments).stdout(full()).stderr(full()).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    }
    for arguments in [&["check", "p"][..], &["check", "nowhere"], &["fmt", "p"], &["new", "q"], &["chek"]] {
        let output = command(&place, arguments).stderr(full()).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    }
    assert_eq!(prm(&place, &["build", "p", "--format", "json", "-o", "/dev/full"]).0, 2);
}

#[cfg(target_os = "linux")]
#[test]
fn a_limit_on_the_size_of_files_is_told_and_leaves_nothing() {
    let place = package(&[("json", "out/a.json")]);
    let loose = MODEL.repeat(9).replace("  outcome", "      outcome");
    fs::write(place.path().join("loose.prm"), &loose).unwrap();
    for arguments in [
        "build p",
        "build p --format markdown -o x.md",
        "graph p --format svg -o x.svg",
        "schema -o x.json",
        "fmt loose.prm",
    ] {
        let mut shell = Command::new("bash");
        shell.args(["-c", &format!("ulimit -f 1; \"$PRM\" {arguments}")]).env("PRM", env!("CARGO_BIN_EXE_prm"));
        shell.current_dir(&place);
        let Output { status, stderr, .. } = shell.output().unwrap();
        let err = String::from_utf8_lossy(&stderr).into_owned();
        assert!(
            status.code() == Some(2)
                && err.contains("it would be larger than a file may be here")
                && !err.contains(".prm-"),
            "{arguments}: {status} {err}"
        );
        assert_eq!(names(place.path()), ["loose.prm", "p"], "{arguments}");
        assert_eq!(names(&place.path().join("p")), ["a.prm", "prm.toml"], "{arguments}");
    }
    assert_eq!(fs::read_to_string(place.path().join("loose.prm")).unwrap(), loose);
}

#[test]
fn a_reader_that_has_gone_ends_nothing_badly() {
    let place = package(&[]);
    for arguments in PRINTING.iter().chain(&[&["check", "p"][..], &["check", "nowhere"], &["build", "p"]]) {
        let expected = command(&place, arguments).output().unwrap().status.code();
        let mut command = command(&place, arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        drop(child.stderr.take());
        assert_eq!(child.wait().unwrap().code(), expected, "{arguments:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_watch_that_nobody_hears_ends() {
    let place = package(&[]);
    for (is_full, expected) in [(true, 2), (false, 0)] {
        let mut watch = command(&place, &["check", "p", "--watch"]);
        let err = if is_full { File::options().write(true).open("/dev/full").unwrap().into() } else { Stdio::piped() };
        let mut child = watch.stdout(Stdio::null()).stderr(err).spawn().unwrap();
        drop(child.stderr.take());
        let until = std::time::Instant::now() + Duration::from_secs(30);
        while child.try_wait().unwrap().is_none() && std::time::Instant::now() < until {
            std::thread::sleep(Duration::from_millis(5));
        }
        let _ = child.kill();
        assert_eq!(child.wait().unwrap().code(), Some(expected));
    }
}

/// A package that is large enough to be killed while it is written.
fn large() -> TempDir {
    let place = package(&[("json", "out/a.json"), ("markdown", "out/b.md"), ("pam", "out/c.md")]);
    let processes = (2..400).map(|n| {
        format!("process K.{n} \"Keys {n}\" {{\n  purpose \"To keep keys.\"\n  outcome 1 \"Keys {n} are cut.\" satisfies A.1\n}}\n")
    });
    fs::write(place.path().join("p/b.prm"), processes.collect::<String>()).unwrap();
    place
}

/// How often programs are killed; `PRM_KILLS=800 cargo test --test main rim::` is more thorough.
fn kills() -> u64 {
    std::env::var("PRM_KILLS").ok().and_then(|number| number.parse().ok()).unwrap_or(50)
}

#[test]
fn a_kill_leaves_whole_files_and_the_next_run_clears_up() {
    let place = large();
    let out = place.path().join("p/out");
    assert_eq!((prm(&place, &["fmt", "p"]).0, prm(&place, &["build", "p"]).0), (0, 0));
    let whole = |name: &str| fs::read(out.join(name)).unwrap();
    let wanted: Vec<Vec<u8>> = ["a.json", "b.md", "c.md"].map(whole).into();
    let figures = names(&out.join("figures"));
    let laid_out = fs::read_to_string(place.path().join("p/b.prm")).unwrap();
    let loose = laid_out.replace("  outcome", "    outcome");
    let began = std::time::Instant::now();
    prm(&place, &["build", "p"]);
    let length = began.elapsed();
    let (mut left, number) = (0, kills());
    for round in 0..number {
        // Spread over the whole run, ever anew.
        let share = (round * 37 % number.max(1)) as u32;
        let until = length * share / number.max(1) as u32;
        for arguments in [&["build", "p"][..], &["fmt", "p"]] {
            if arguments[0] == "fmt" {
                fs::write(place.path().join("p/b.prm"), &loose).unwrap();
            }
            let mut child = command(&place, arguments).stderr(Stdio::null()).spawn().unwrap();
            std::thread::sleep(until);
            let _ = child.kill();
            child.wait().unwrap();
        }
        for (name, wanted) in ["a.json", "b.md", "c.md"].iter().zip(&wanted) {
            assert!(whole(name) == *wanted, "{name} is not whole");
        }
        let source = fs::read_to_string(place.path().join("p/b.prm")).unwrap();
        assert!(source == loose || source == laid_out);
        fs::write(place.path().join("p/b.prm"), &laid_out).unwrap();
        left += names(&out).len() - 4 + names(&out.join("figures")).len() - figures.len();
    }
    fs::write(out.join(".prm-abc123.tmp"), "left by somebody").unwrap();
    fs::write(place.path().join("p/b.prm"), &loose).unwrap();
    assert_eq!((prm(&place, &["fmt", "p"]).0, prm(&place, &["build", "p"]).0), (0, 0));
    assert_eq!(names(&out), ["a.json", "b.md", "c.md", "figures"], "{left} were left on the way");
    assert_eq!(names(&out.join("figures")), figures);
    assert_eq!(names(&place.path().join("p")), ["a.prm", "b.prm", "out", "prm.toml"]);
}

#[test]
fn runs_beside_each_other_take_nothing_from_each_other() {
    let place = large();
    let start = || command(&place, &["build", "p"]).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    for _ in 0..4 {
        for mut child in (0..6).map(|_| start()).collect::<Vec<_>>() {
            let mut err = String::new();
            child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
            assert!(child.wait().unwrap().success(), "{err}");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(names(&place.path().join("p/out")), ["a.json", "b.md", "c.md", "figures"]);
}
