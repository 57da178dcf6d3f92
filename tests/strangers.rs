//! A stranger's package is harmless: nothing outside of it is read, nothing is waited for, and no program of it is run.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::rim::{MANIFEST, MODEL, command, package, prm};

/// What no output may ever hold.
const SECRET: &str = "ghs_SecretOfTheRunner";

/// All commands, on a package `p`.
const COMMANDS: &[&[&str]] = &[
    &["check", "p"],
    &["check", "p", "--message-format", "short"],
    &["check", "p", "--message-format", "json"],
    &["check", "p", "--message-format", "sarif"],
    &["check", "p", "--message-format", "github"],
    &["build", "p"],
    &["build", "p", "--format", "json"],
    &["build", "p", "--format", "markdown"],
    &["build", "p", "--format", "pam", "--as", "prm"],
    &["build", "p", "--format", "soa"],
    &["coverage", "p"],
    &["why", "A.1", "p"],
    &["graph", "p"],
    &["diff", "p", "q"],
    &["diff", "q", "p"],
    &["review", "p"],
    &["review", "p", "--accept-all", "--because", "They hold."],
    &["new", "made", "--from", "p"],
    &["fmt", "p"],
    &["fmt", "--check", "p"],
];

/// What makes a package hostile.
type Making = Box<dyn Fn(&Path)>;

/// Runs a command, which has to end by itself.
fn in_time(mut command: Command) -> (Option<i32>, String) {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let until = Instant::now() + Duration::from_secs(30);
    while child.try_wait().unwrap().is_none() {
        if Instant::now() > until {
            child.kill().unwrap();
            panic!("{command:?} does not end");
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
    (status.code(), String::from_utf8_lossy(&[stdout, stderr].concat()).into_owned())
}

/// A package `p`, a harmless one `q`, and secrets beside them and in hidden folders.
fn victim() -> TempDir {
    let place = package(&[("markdown", "out.md")]);
    let root = place.path();
    fs::write(root.join("p/broken.prm"), "process K.2 {\n}\n").unwrap();
    for folder in ["q", "p/.git", "p/deep", "named", "home"] {
        fs::create_dir_all(root.join(folder)).unwrap();
    }
    fs::write(root.join("q/prm.toml"), MANIFEST).unwrap();
    fs::write(root.join("q/a.prm"), MODEL).unwrap();
    fs::write(root.join("named/prm.toml"), MANIFEST.replace("\"p\"", "\"named\"")).unwrap();
    for secret in
        ["secret.env", "secret.prm", "secret.toml", "p/.git/config", "p/deep/.env", "named/token", "home/prm.toml"]
    {
        fs::write(root.join(secret), format!("{SECRET} = [\n")).unwrap();
    }
    place
}

#[cfg(unix)]
#[test]
fn no_command_reads_what_is_no_part_of_a_package() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;
    let link = |target: &'static str, name: &'static str| {
        Box::new(move |root: &Path| {
            let _ = fs::remove_file(root.join(name));
            symlink(target, root.join(name)).unwrap();
        }) as Making
    };
    let pipe = |name: &'static str| {
        Box::new(move |root: &Path| {
            assert!(Command::new("mkfifo").arg(root.join(name)).status().unwrap().success());
        }) as Making
    };
    let named = |root: &Path, target: &str| {
        let text = format!("{MANIFEST}[dependencies]\nnamed = {{ path = \"../named\" }}\n");
        fs::write(root.join("p/prm.toml"), text).unwrap();
        symlink(target, root.join("p/x.prm")).unwrap();
    };
    let hostile: Vec<(&str, Making)> = vec![
        ("a secret", link("../secret.env", "p/x.prm")),
        ("a secret from below", link("../../secret.env", "p/deep/x.prm")),
        ("somebody's source", link("../secret.prm", "p/x.prm")),
        (
            "a link to a link",
            Box::new(|root| {
                symlink("y.prm", root.join("p/x.prm")).unwrap();
                symlink("../secret.env", root.join("p/y.prm")).unwrap();
            }),
        ),
        ("the configuration of git", link(".git/config", "p/x.prm")),
        ("a hidden file", link("deep/.env", "p/x.prm")),
        ("no source of a folder that is named", Box::new(move |root| named(root, "../named/token"))),
        ("the lock", link("../secret.toml", "p/prm.lock")),
        ("the lock, a file of its own", link(".git/config", "p/prm.lock")),
        ("the manifest", link("../home/prm.toml", "p/prm.toml")),
        ("a manifest of another name", link("deep/.env", "p/prm.toml")),
        ("nothing", link("nowhere.prm", "p/x.prm")),
        ("itself", link("x.prm", "p/x.prm")),
        ("a pipe", pipe("p/x.prm")),
        ("a pipe for a lock", pipe("p/prm.lock")),
        (
            "a pipe for a manifest",
            Box::new(|root| {
                fs::remove_file(root.join("p/prm.toml")).unwrap();
                assert!(Command::new("mkfifo").arg(root.join("p/prm.toml")).status().unwrap().success());
            }),
        ),
        (
            "a pipe behind a link",
            Box::new(|root| {
                assert!(Command::new("mkfifo").arg(root.join("pipe")).status().unwrap().success());
                symlink("../pipe", root.join("p/x.prm")).unwrap();
            }),
        ),
        ("an endless device", link("/dev/zero", "p/x.prm")),
        ("an endless lock", link("/dev/zero", "p/prm.lock")),
        ("an endless manifest", link("/dev/zero", "p/prm.toml")),
        ("a terminal", link("/dev/tty", "p/x.prm")),
        ("a socket", Box::new(|root| drop(UnixListener::bind(root.join("p/x.prm")).unwrap()))),
        ("a name", Box::new(|root| fs::write(root.join("p").join(OsStr::from_bytes(b"b\xff.prm")), SECRET).unwrap())),
        (
            "the name of a folder",
            Box::new(|root| {
                let folder = root.join("p").join(OsStr::from_bytes(b"b\xff"));
                fs::create_dir_all(folder.join("deep")).unwrap();
                fs::write(folder.join("deep/x.prm"), SECRET).unwrap();
            }),
        ),
        (
            "a file of many bytes",
            Box::new(|root| File::create(root.join("p/x.prm")).unwrap().set_len(1 << 40).unwrap()),
        ),
    ];
    for (what, make) in &hostile {
        let place = victim();
        make(place.path());
        // What one command refuses, all do; so of each kind of thing one goes through all of them.
        let is_example =
            ["a secret", "the lock", "the manifest", "a pipe", "an endless device", "a name"].contains(what);
        let few = [COMMANDS[2], COMMANDS[6], COMMANDS[13], COMMANDS[18]];
        for arguments in if is_example { COMMANDS } else { &few } {
            let (code, said) = in_time(command(&place, arguments));
            // Only `fmt` needs no lock and no sound manifest.
            let is_fine = arguments[0] == "fmt" && what.contains("lock");
            assert!(code == Some(2) || is_fine, "{what}: {arguments:?} ended with {code:?}\n{said}");
            assert!(!said.contains(SECRET), "{what}: {arguments:?} shows it\n{said}");
            let is_whole = !what.contains("manifest");
            if arguments[0] == "check" && is_whole {
                assert!(said.contains("P002"), "{what}: {arguments:?} hides other errors\n{said}");
            }
        }
        let (code, said) = in_time({
            let mut inside = command(&place, &["check"]);
            inside.current_dir(place.path().join("p"));
            inside
        });
        assert!(code == Some(2) && !said.contains(SECRET), "{what}\n{said}");
        for secret in ["secret.env", "secret.prm", "p/.git/config"] {
            assert_eq!(fs::read_to_string(place.path().join(secret)).unwrap(), format!("{SECRET} = [\n"), "{what}");
        }
        assert!(!place.path().join("made").exists() && !place.path().join("p/out.md").exists(), "{what}");
        if is_example {
            watched(&place, what);
            served(&place, what);
        }
    }
}

/// `--watch` says the same, and does not hang.
#[cfg(unix)]
fn watched(place: &TempDir, what: &str) {
    let log = place.path().join("log");
    let mut watch = command(place, &["check", "p", "--watch"]);
    let mut child = watch.stderr(File::create(&log).unwrap()).stdout(Stdio::null()).spawn().unwrap();
    let until = Instant::now() + Duration::from_secs(30);
    while !fs::read_to_string(&log).unwrap().contains("watching `p`") && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(2));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let said = fs::read_to_string(&log).unwrap();
    assert!(said.contains("watching `p`") && said.contains("cannot read") && !said.contains(SECRET), "{what}\n{said}");
}

/// The language server goes on answering.
#[cfg(unix)]
fn served(place: &TempDir, what: &str) {
    let root = fs::canonicalize(place.path()).unwrap();
    let message = |text: String| format!("Content-Length: {}\r\n\r\n{text}", text.len());
    let ask = |id: u32, method: &str, params: String| {
        message(format!(r#"{{"jsonrpc":"2.0","id":{id},"method":"{method}","params":{params}}}"#))
    };
    let tell =
        |method: &str, params: &str| message(format!(r#"{{"jsonrpc":"2.0","method":"{method}","params":{params}}}"#));
    let folder = format!("file://{}", root.display());
    let uri = format!("{folder}/p/a.prm");
    let text = serde_json::to_string(MODEL).unwrap();
    let input = [
        ask(
            1,
            "initialize",
            format!(r#"{{"capabilities":{{}},"workspaceFolders":[{{"uri":"{folder}","name":"w"}}]}}"#),
        ),
        tell("initialized", "{}"),
        tell(
            "textDocument/didOpen",
            &format!(r#"{{"textDocument":{{"uri":"{uri}","languageId":"prm","version":1,"text":{text}}}}}"#),
        ),
        ask(2, "textDocument/documentSymbol", format!(r#"{{"textDocument":{{"uri":"{uri}"}}}}"#)),
        ask(3, "workspace/symbol", r#"{"query":""}"#.to_owned()),
        ask(4, "shutdown", "null".to_owned()),
        tell("exit", "null"),
    ];
    let (log, requests) = (root.join("lsp"), root.join("requests"));
    File::create(&requests).unwrap().write_all(input.concat().as_bytes()).unwrap();
    let mut server = command(place, &["lsp"]);
    server.env("XDG_CACHE_HOME", root.join("cache")).stdin(File::open(&requests).unwrap());
    let mut child = server.stdout(File::create(&log).unwrap()).stderr(Stdio::null()).spawn().unwrap();
    let until = Instant::now() + Duration::from_secs(30);
    while child.try_wait().unwrap().is_none() {
        if Instant::now() > until {
            child.kill().unwrap();
            panic!("{what}: the language server does not end");
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    let said = fs::read_to_string(&log).unwrap();
    assert!(said.contains("\"id\":4") && !said.contains(SECRET), "{what}\n{said}");
}

#[cfg(unix)]
#[test]
fn links_within_a_package_and_to_folders_that_are_named_are_read() {
    use std::os::unix::fs::symlink;
    let place = package(&[]);
    let root = place.path();
    // The folder that a manifest names is a link, a source of the package stands behind another, and a folder that is
    // a link is passed over.
    fs::create_dir_all(root.join("real/base")).unwrap();
    fs::create_dir(root.join("p/.shared")).unwrap();
    fs::write(root.join("real/base/prm.toml"), MANIFEST.replace("\"p\"", "\"base\"")).unwrap();
    fs::write(root.join("real/base/terms.prm"), "term \"key\" \"Thing that opens a lock.\"\n").unwrap();
    symlink("real/base", root.join("base")).unwrap();
    symlink("../base/terms.prm", root.join("p/terms.prm")).unwrap();
    symlink("../real", root.join("p/folder.prm")).unwrap();
    fs::write(root.join("p/prm.toml"), format!("{MANIFEST}[dependencies]\nbase = {{ path = \"../base\" }}\n")).unwrap();
    let (code, err) = prm(&place, &["check", "p"]);
    assert_eq!(code, 0, "{err}");
    let (_, out) = in_time(command(&place, &["build", "p", "--format", "json"]));
    assert!(out.contains("Thing that opens a lock."), "{out}");
    assert_eq!(prm(&place, &["fmt", "p"]).0, 0);
    // The package itself may be behind a link, and be called like a source.
    symlink("p", root.join("link.prm")).unwrap();
    assert_eq!(prm(&place, &["check", "link.prm"]).0, 0);
    assert_eq!(prm(&place, &["fmt", "--check", "link.prm"]).0, 0);
    fs::remove_file(root.join("link.prm")).unwrap();
    fs::rename(root.join("p"), root.join("model.prm")).unwrap();
    assert_eq!(prm(&place, &["check", "model.prm"]).0, 0);
    assert_eq!(prm(&place, &["fmt", "--check", "model.prm/"]).0, 0);
}

#[cfg(target_os = "linux")]
#[test]
fn what_is_given_by_hand_may_be_a_pipe_but_has_an_end() {
    let place = package(&[]);
    let root = place.path();
    let shell = |script: &str| {
        let mut command = Command::new("bash");
        command.args(["-c", script]).env("PRM", env!("CARGO_BIN_EXE_prm")).current_dir(root);
        in_time(command)
    };
    let (code, said) = shell("\"$PRM\" check <(cat p/a.prm)");
    assert!(code == Some(0) && said.contains("1 process"), "{said}");
    let (code, said) = shell("cat p/a.prm | \"$PRM\" check /dev/stdin");
    assert!(code == Some(0) && said.contains("1 process"), "{said}");
    let (code, said) = shell("ulimit -v 2000000; \"$PRM\" check /dev/zero");
    assert!(code == Some(2) && said.contains("larger than 64 MiB"), "{said}");
    let (code, said) = shell("ulimit -v 2000000; \"$PRM\" fmt - < /dev/zero");
    assert!(code == Some(2) && said.contains("larger than 64 MiB"), "{said}");
    // A link called a source that shows what is none is what a stranger would put into a list of changed files.
    fs::write(root.join("secret.env"), SECRET).unwrap();
    std::os::unix::fs::symlink("secret.env", root.join("x.prm")).unwrap();
    for arguments in [&["check", "x.prm"][..], &["fmt", "x.prm"], &["fmt", "--check", "x.prm"]] {
        let (code, said) = in_time(command(&place, arguments));
        assert!(code == Some(2) && !said.contains(SECRET), "{arguments:?}: {said}");
    }
    assert_eq!(fs::read_to_string(root.join("secret.env")).unwrap(), SECRET);
}

/// A pipe that comes into the place of a file between a look at it and its opening is not waited for.
#[cfg(unix)]
#[test]
fn what_changes_into_a_pipe_is_not_waited_for() {
    use std::sync::atomic::{AtomicBool, Ordering};
    let place = package(&[]);
    let (file, pipe, at) = (place.path().join("file"), place.path().join("pipe"), place.path().join("p/x.prm"));
    fs::write(&file, "term \"bar\" \"Thing that stops.\"\n").unwrap();
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    fs::hard_link(&file, &at).unwrap();
    let is_done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let beside = place.path().join("beside");
            while !is_done.load(Ordering::Relaxed) {
                for kind in [&pipe, &file] {
                    fs::hard_link(kind, &beside).unwrap();
                    fs::rename(&beside, &at).unwrap();
                    // Where both are one file already, nothing is renamed.
                    let _ = fs::remove_file(&beside);
                }
            }
        });
        for _ in 0..40 {
            let (code, said) = in_time(command(&place, &["check", "p", "--message-format", "short"]));
            let is_told = code == Some(2) && said.contains("it is a pipe, a socket or a device");
            assert!(code == Some(0) || is_told, "{code:?}: {said}");
        }
        is_done.store(true, Ordering::Relaxed);
    });
}

#[test]
fn what_was_nearly_a_source_is_named_in_one_line() {
    let place = package(&[]);
    let root = place.path();
    for name in ["TERMS.PRM", "a.prm.txt", "b.prm.lock", ".c.prm.swp", "d.prm~", "e.txt", "f.prm.tar.gz"] {
        fs::write(root.join("p").join(name), "broken").unwrap();
    }
    for arguments in [
        &["check", "p"][..],
        &["build", "p", "--format", "json"],
        &["why", "A.1", "p"],
        &["diff", "p", "p/a.prm"],
        &["coverage", "p"],
        &["fmt", "p"],
    ] {
        let (code, err) = prm(&place, arguments);
        assert_eq!(code, 0, "{err}");
        let lines: Vec<&str> = err.lines().filter(|line| line.contains("not read")).collect();
        assert_eq!(lines, ["`p/TERMS.PRM` and `p/a.prm.txt` are not read: the name of a source ends in `.prm`"]);
    }
}

#[cfg(unix)]
#[test]
fn folders_of_any_depth_are_read() {
    let place = package(&[]);
    let script = "d=p; for n in $(seq 1800); do d=$d/d; done; mkdir -p $d && cp p/a.prm $d/deep.prm && \
                  ulimit -s 512 && \"$PRM\" check p --message-format short; \"$PRM\" fmt --check p";
    let mut shell = Command::new("bash");
    shell.args(["-c", script]).env("PRM", env!("CARGO_BIN_EXE_prm")).current_dir(&place);
    let (_, said) = in_time(shell);
    assert!(said.contains("deep.prm:1:"), "{said}");
}

/// A git of its own, without anybody's configuration.
fn git(place: &Path, arguments: &[&str]) {
    let mut git = Command::new("git");
    git.args(["-c", "user.name=a", "-c", "user.email=a@b", "-c", "init.defaultBranch=main"]).args(arguments);
    git.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null");
    let Output { status, stderr, .. } = git.current_dir(place).output().unwrap();
    assert!(status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&stderr));
}

/// A repository whose configuration names programs, and which lacks a file that it would fetch with them.
fn trap(root: &Path, name: &str, remote: &str, settings: &[(&str, &str)]) {
    let repository = root.join(name);
    fs::create_dir(&repository).unwrap();
    git(&repository, &["init", "--quiet"]);
    fs::write(repository.join("m.prm"), MODEL).unwrap();
    fs::write(repository.join(".gitattributes"), "*.prm diff=evil filter=evil\n").unwrap();
    git(&repository, &["add", "."]);
    git(&repository, &["commit", "--quiet", "-m", "a"]);
    let id = Command::new("git").args(["rev-parse", "HEAD:m.prm"]).current_dir(&repository).output().unwrap();
    let id = String::from_utf8(id.stdout).unwrap();
    let (folder, file) = id.trim().split_at(2);
    fs::remove_file(repository.join(".git/objects").join(folder).join(file)).unwrap();
    for (key, value) in [
        ("core.repositoryformatversion", "1"),
        ("extensions.partialClone", "origin"),
        ("remote.origin.url", remote),
        ("remote.origin.promisor", "true"),
        ("remote.origin.partialclonefilter", "blob:none"),
    ]
    .iter()
    .chain(settings)
    {
        git(&repository, &["config", key, value]);
    }
}

#[cfg(unix)]
#[test]
fn no_program_of_a_strangers_repository_is_run() {
    let place = package(&[]);
    let root = place.path();
    let mark = root.join("mark");
    let touch = format!("touch {} #", mark.display());
    let ext = format!("ext::{touch}");
    let programs = [
        ("core.fsmonitor", touch.as_str()),
        ("core.sshCommand", &touch),
        ("core.pager", &touch),
        ("core.editor", &touch),
        ("core.askPass", &touch),
        ("core.gitProxy", &touch),
        ("credential.helper", &touch),
        ("diff.external", &touch),
        ("diff.evil.textconv", &touch),
        ("filter.evil.smudge", &touch),
        ("alias.cat-file", &format!("!{touch}")),
        ("protocol.allow", "always"),
        ("protocol.ext.allow", "always"),
        ("protocol.ssh.allow", "always"),
    ];
    trap(root, "ssh", "ssh://nobody@localhost/x", &programs);
    trap(root, "ext", &ext, &programs);
    trap(root, "web", "https://localhost:1/x", &programs);
    for repository in ["ssh", "ext", "web"] {
        let hooks = root.join(repository).join(".git/hooks");
        fs::create_dir_all(&hooks).unwrap();
        for hook in ["post-checkout", "reference-transaction", "post-index-change", "pre-auto-gc"] {
            use std::os::unix::fs::PermissionsExt;
            fs::write(hooks.join(hook), format!("#!/bin/sh\n{touch}\n")).unwrap();
            fs::set_permissions(hooks.join(hook), fs::Permissions::from_mode(0o755)).unwrap();
        }
        // The trap works: git alone walks into it, or at least goes to the network.
        let mut asked = Command::new("git");
        asked.args(["cat-file", "-p", "HEAD:m.prm"]).env("GIT_TERMINAL_PROMPT", "0");
        let _ = asked.current_dir(root.join(repository)).output().unwrap();
        assert!(mark.exists() || repository == "web", "{repository}");
        let _ = fs::remove_file(&mark);
        let mut diff = command(&place, &["diff", "HEAD:m.prm", "../p"]);
        diff.current_dir(root.join(repository));
        let (code, said) = in_time(diff);
        assert!(code == Some(2) && said.contains("nothing is fetched"), "{repository}: {said}");
        assert!(!mark.exists(), "{repository}: {said}");
    }
    // The same as plain folders, which need no repository of a stranger's to be brought by a clone.
    let bare = root.join("models");
    fs::rename(root.join("ext/.git"), &bare).unwrap();
    git(&bare, &["config", "core.bare", "true"]);
    let mut diff = command(&place, &["diff", "HEAD:m.prm", "../p"]);
    diff.current_dir(&bare);
    let (code, said) = in_time(diff);
    assert!(code == Some(2) && !mark.exists() && !said.contains("nothing is fetched"), "{said}");
}

#[cfg(unix)]
#[test]
fn links_of_a_revision_stay_in_their_package() {
    use std::os::unix::fs::symlink;
    let place = package(&[]);
    let root = place.path();
    git(root, &["init", "--quiet"]);
    fs::write(root.join("secret.env"), SECRET).unwrap();
    fs::create_dir(root.join("p/deep")).unwrap();
    fs::write(root.join("p/deep/b.prm"), "term \"key\" \"Thing that opens a lock.\"\n").unwrap();
    symlink("deep/../deep/b.prm", root.join("p/c.prm")).unwrap();
    fs::remove_file(root.join("p/deep/b.prm")).unwrap();
    fs::write(root.join("p/deep/b.prm"), "term \"lock\" \"Thing that keys open.\"\n").unwrap();
    fs::rename(root.join("p/c.prm"), root.join("p/deep/link.prm")).unwrap();
    fs::remove_file(root.join("p/deep/link.prm")).unwrap();
    symlink("deep", root.join("p/folder.prm")).unwrap();
    git(root, &["add", "."]);
    git(root, &["commit", "--quiet", "-m", "a"]);
    let (code, said) = in_time(command(&place, &["diff", "HEAD:p", "p"]));
    assert!(code == Some(0) && !said.contains("cannot"), "{said}");
    for target in ["../secret.env", "/dev/zero", "../../../x.prm", "x.prm", "deep/../../secret.env"] {
        let _ = fs::remove_file(root.join("p/x.prm"));
        symlink(target, root.join("p/x.prm")).unwrap();
        git(root, &["add", "."]);
        git(root, &["commit", "--quiet", "-m", "b"]);
        let (code, said) = in_time(command(&place, &["diff", "HEAD:p", "HEAD:p"]));
        assert!(code == Some(2) && said.contains("leads out") && !said.contains(SECRET), "{target}: {said}");
    }
}
