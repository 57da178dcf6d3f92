//! Files of a revision, as the user's `git` tells them: the only place that runs it.
//!
//! The repository may be a stranger's, and so is its configuration: git is asked for what lies there, never for what it
//! would have to fetch, and no program of the repository is run.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use super::failure::Failure;
use crate::source::{Entry, EntryKind, Files, MOST_BYTES, normalize};

/// How many links in a row are followed.
const MOST_LINKS: usize = 8;

/// The files of one revision. Paths begin with the revision: `HEAD:/models/acme`, so that messages tell the sides
/// apart.
pub struct Revision {
    root: String,
    /// What is in the tree, by path from its root.
    entries: BTreeMap<String, Blob>,
    reader: RefCell<Reader>,
}

#[derive(Clone)]
struct Blob {
    id: String,
    is_link: bool,
}

/// A `git cat-file --batch` that is asked for one file after the other.
struct Reader {
    child: Child,
    requests: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Drop for Reader {
    fn drop(&mut self) {
        // It ends when nobody asks any more.
        self.requests.take();
        let _ = self.child.wait();
    }
}

/// Whether something is meant as `REV:PATH`: it has a colon, is no drive of Windows, and nothing is there on the disk.
pub fn is_revision(argument: &str) -> bool {
    let is_drive = |revision: &str, path: &str| {
        revision.len() == 1 && revision.bytes().all(|byte| byte.is_ascii_alphabetic()) && path.starts_with(['\\', '/'])
    };
    let colon = argument.split_once(':').filter(|(revision, path)| !is_drive(revision, path));
    colon.is_some() && std::fs::symlink_metadata(argument).is_err()
}

/// The files of the revision in `REV:PATH`, and the path of the package in them.
///
/// As with git itself, PATH is from the root of the repository, or, if it begins with `./` or `../`, from the current
/// folder; where the root has no such path, the current folder is tried as well.
///
/// # Errors
/// Where git is missing, this is no repository, or it has no such revision or path.
pub fn open(argument: &str) -> Result<(Revision, String), Failure> {
    let (revision, path) = argument.split_once(':').unwrap_or((argument, ""));
    if revision.is_empty() || revision.starts_with('-') {
        return Err(Failure::new(
            format!("`{argument}` names no revision before its colon"),
            "write a branch, a tag or a commit, as in `HEAD:acme` or `v1.0:acme`",
        ));
    }
    let prefix = git(&["rev-parse", "--show-prefix"], argument)?;
    let tree =
        git(&["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{revision}^{{tree}}")], argument)
            .map_err(|failure| match git_runs() {
                true => Failure::new(
                    format!("this repository has no revision `{revision}`"),
                    "`git log --oneline` and `git branch -a` show what there is",
                ),
                false => failure,
            })?;
    let entries = list(&git_bytes(&["ls-tree", "-r", "-z", "--full-tree", tree.trim()], argument)?);
    let path = locate(&entries, prefix.trim_end_matches(['\n', '\r']), path).ok_or_else(|| {
        Failure::new(
            format!("the revision `{revision}` has no `{path}`"),
            format!("the path is from the root of the repository, or begins with `./`; `git ls-tree {revision}` shows what there is"),
        )
    })?;
    // A part of the name that paths give a meaning to would be lost on the way.
    let is_plain = revision.split('/').all(|part| !matches!(part, "" | "." | ".."));
    let root = format!("{}:", if is_plain { revision } else { tree.trim() });
    let at = if path.is_empty() { root.clone() } else { format!("{root}/{path}") };
    Ok((Revision { root, entries, reader: RefCell::new(reader(argument)?) }, at))
}

/// The tags behind a revision up to another one, which ends them by the name that it was given, the oldest first; one
/// for each commit, and none where the second has nothing that the first has not.
///
/// # Errors
/// Where git is missing, this is no repository, or a revision is not there.
pub fn tags(from: &str, to: &str, argument: &str) -> Result<Vec<String>, Failure> {
    let commit = |revision: &str| -> Result<String, Failure> {
        let wanted = format!("{revision}^{{commit}}");
        let found = git(&["rev-parse", "--verify", "--quiet", "--end-of-options", &wanted], argument);
        found.map(|id| id.trim().to_owned()).map_err(|failure| match git_runs() {
            true => {
                Failure::new(format!("this repository has no revision `{revision}`"), "`git tag` shows what there is")
            }
            false => failure,
        })
    };
    let (first, last) = (commit(from)?, commit(to)?);
    let between = git(&["rev-list", "--topo-order", "--reverse", &last, &format!("^{first}")], argument)?;
    let tags = git(
        &["for-each-ref", "--sort=refname", "--format=%(objectname) %(*objectname) %(refname:strip=2)", "refs/tags"],
        argument,
    )?;
    let tags: Vec<(&str, &str)> = tags
        .lines()
        .filter_map(|line| {
            let mut parts = line.splitn(3, ' ');
            let (tag, peeled, name) = (parts.next()?, parts.next()?, parts.next()?);
            Some((if peeled.is_empty() { tag } else { peeled }, name))
        })
        .collect();
    let tag = |commit: &str| {
        let tagged = tags.iter().find(|(tagged, _)| *tagged == commit).map(|(_, name)| *name);
        (if commit == last { Some(to) } else { tagged }).map(str::to_owned)
    };
    Ok(between.lines().filter_map(tag).collect())
}

/// The path in the tree that is meant.
fn locate(entries: &BTreeMap<String, Blob>, prefix: &str, path: &str) -> Option<String> {
    let path = path.replace('\\', "/");
    let from_here = normalize(&format!("{prefix}{path}"));
    let is_relative = path == "." || path == ".." || path.starts_with("./") || path.starts_with("../");
    let candidates = if is_relative { vec![from_here] } else { vec![normalize(&path), from_here] };
    candidates.into_iter().find(|path| {
        let below = format!("{path}/");
        path.is_empty() && !entries.is_empty()
            || entries.contains_key(path)
            || entries.range(below.clone()..).next().is_some_and(|(entry, _)| entry.starts_with(&below))
    })
}

/// The entries of `ls-tree -z`: mode, kind and id, a tab, and the path. Other repositories within are left out.
fn list(output: &[u8]) -> BTreeMap<String, Blob> {
    let rows = output.split(|byte| *byte == 0).filter_map(|row| std::str::from_utf8(row).ok());
    rows.filter_map(|row| {
        let (facts, path) = row.split_once('\t')?;
        let mut facts = facts.split(' ');
        let (mode, kind, id) = (facts.next()?, facts.next()?, facts.next()?);
        (kind == "blob").then(|| (path.to_owned(), Blob { id: id.to_owned(), is_link: mode == "120000" }))
    })
    .collect()
}

/// A git that is told to reach for nothing: no network, no program of the repository's, no repository that lies as plain
/// folders within another, where a clone may have brought it.
fn command() -> Command {
    const NEVER: &[&str] = &[
        "safe.bareRepository=explicit",
        "protocol.allow=never",
        "core.fsmonitor=false",
        "core.hooksPath=/dev/null",
        "core.sshCommand=false",
        "credential.helper=",
    ];
    let mut command = Command::new("git");
    // A revision is what was committed, not what the repository would have shown in its place.
    command.args(["--no-pager", "--no-replace-objects"]).args(NEVER.iter().flat_map(|setting| ["-c", setting]));
    // Older versions know no `GIT_NO_LAZY_FETCH`; that no protocol is allowed stops them as well, whatever the
    // repository says of single ones.
    command.env("GIT_NO_LAZY_FETCH", "1").env("GIT_ALLOW_PROTOCOL", "none");
    command.env("GIT_TERMINAL_PROMPT", "0").env("GIT_OPTIONAL_LOCKS", "0");
    command
}

fn reader(argument: &str) -> Result<Reader, Failure> {
    let started = command()
        .args(["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let mut child = started.map_err(|error| missing(argument, &error))?;
    let (requests, answers) = (child.stdin.take(), child.stdout.take());
    match answers {
        Some(answers) => Ok(Reader { child, requests, answers: BufReader::new(answers) }),
        None => Err(Failure::new("git cannot be asked for files", "check that `git cat-file --batch` works")),
    }
}

fn git(arguments: &[&str], argument: &str) -> Result<String, Failure> {
    Ok(String::from_utf8_lossy(&git_bytes(arguments, argument)?).into_owned())
}

fn git_bytes(arguments: &[&str], argument: &str) -> Result<Vec<u8>, Failure> {
    let output = command().args(arguments).stdin(Stdio::null()).output();
    let output = output.map_err(|error| missing(argument, &error))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.lines().next().unwrap_or("it gave no reason").trim_start_matches("fatal: ").to_owned();
    Err(Failure::new(
        format!("there is no file or folder `{argument}`, and git cannot read it as a revision: {said}"),
        "run it in a repository, or name a file or folder",
    ))
}

/// Whether git runs here at all, so that a failure is one of the revision.
fn git_runs() -> bool {
    let output = command().args(["rev-parse", "--git-dir"]).stdin(Stdio::null()).output();
    output.is_ok_and(|output| output.status.success())
}

fn missing(argument: &str, error: &io::Error) -> Failure {
    let why = match error.kind() {
        io::ErrorKind::NotFound => "there is no `git` on the path".to_owned(),
        _ => format!("git cannot be run: {error}"),
    };
    Failure::new(
        format!("there is no file or folder `{argument}`, and to read it as a revision git is needed: {why}"),
        "install git, or name a file or folder",
    )
}

impl Revision {
    /// The path from the root of the tree; nothing outside of it is seen.
    fn inside(&self, path: &str) -> io::Result<String> {
        let inside = path.strip_prefix(&self.root).ok_or(io::ErrorKind::NotFound)?;
        Ok(inside.trim_matches('/').to_owned())
    }

    fn content(&self, id: &str) -> io::Result<Vec<u8>> {
        let mut reader = self.reader.borrow_mut();
        let requests = reader.requests.as_mut().ok_or(io::ErrorKind::BrokenPipe)?;
        requests.write_all(format!("{id}\n").as_bytes())?;
        requests.flush()?;
        let mut header = String::new();
        reader.answers.read_line(&mut header)?;
        // `ID blob SIZE`, the content, and a line break.
        let size = header.trim_end().rsplit(' ').next().and_then(|size| size.parse::<usize>().ok());
        let size = size.ok_or_else(|| io::Error::other("git has not got its content here, and nothing is fetched"))?;
        if size > MOST_BYTES {
            io::copy(&mut reader.answers.by_ref().take(size as u64 + 1), &mut io::sink())?;
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let mut content = vec![0; size + 1];
        reader.answers.read_exact(&mut content)?;
        content.truncate(size);
        Ok(content)
    }
}

impl Revision {
    /// Whether a link leads to a folder.
    fn leads_to_folder(&self, path: &str) -> bool {
        let below = self.follow(path).map(|place| format!("{place}/"));
        let mut found = below.iter().flat_map(|below| self.entries.range(below.clone()..).take(1));
        below.as_ref().is_some_and(|below| found.any(|(entry, _)| entry.starts_with(below)))
    }

    /// Where a path leads in the tree, links followed; nothing for what leads out of it, or through links without end.
    fn follow(&self, path: &str) -> Option<String> {
        let mut place = String::new();
        let mut parts: Vec<String> = path.split('/').rev().map(str::to_owned).collect();
        let mut links = MOST_LINKS;
        while let Some(part) = parts.pop() {
            match part.as_str() {
                "" | "." => continue,
                ".." if place.is_empty() => return None,
                ".." => {
                    place.truncate(place.rfind('/').unwrap_or(0));
                    continue;
                }
                _ => {}
            }
            let next = if place.is_empty() { part } else { format!("{place}/{part}") };
            match self.entries.get(&next).filter(|blob| blob.is_link) {
                Some(blob) => {
                    links = links.checked_sub(1)?;
                    let target = String::from_utf8(self.content(&blob.id).ok()?).ok()?;
                    if target.starts_with('/') {
                        return None;
                    }
                    parts.extend(target.split('/').rev().map(str::to_owned));
                }
                None => place = next,
            }
        }
        Some(place)
    }
}

impl Files for Revision {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        let place = self.follow(&self.inside(path)?).ok_or(io::ErrorKind::NotFound)?;
        let blob = self.entries.get(&place).ok_or(io::ErrorKind::NotFound)?;
        self.content(&blob.id)
    }

    fn real(&self, path: &str) -> String {
        let place = self.inside(path).ok().and_then(|inside| self.follow(&inside));
        place.map_or_else(|| format!("/{path}"), |place| normalize(&format!("{}/{place}", self.root)))
    }

    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        let inside = self.inside(folder)?;
        let below = if inside.is_empty() { String::new() } else { format!("{inside}/") };
        let mut entries: Vec<Entry> = Vec::new();
        for (path, blob) in self.entries.range(below.clone()..).take_while(|(path, _)| path.starts_with(&below)) {
            let rest = path.get(below.len()..).unwrap_or_default();
            entries.push(match rest.split_once('/') {
                Some((name, _)) => Entry::folder(name),
                None if !blob.is_link => Entry::file(rest),
                None if self.leads_to_folder(path) => Entry { name: rest.to_owned(), kind: EntryKind::LinkedFolder },
                None => Entry { name: rest.to_owned(), kind: EntryKind::Link },
            });
        }
        entries.dedup();
        if entries.is_empty() { Err(io::ErrorKind::NotFound.into()) } else { Ok(entries) }
    }
}
