//! Which files a package has, which of them may be read, and their texts: the one place that decides, for all commands
//! and the language server.
//!
//! A package may come from strangers. Its folders are looked through for sources, a manifest and a lock, and what is
//! found is read where it is a file that stands in the package, or a link to another source of it, or of a folder that
//! its manifest names. What else has such a name is told, and never opened: it could be somebody's secret, or wait for
//! ever.

use std::io;

use rustc_hash::FxHashSet;

use super::gate::{self, below};
use super::{Unreadable, manifest};
use crate::source::{EntryKind, Files, MOST_BYTES, join};
use crate::span::FileId;

/// What a path holds.
#[derive(Debug, Default)]
pub struct Found {
    /// The sources, in order.
    pub paths: Vec<String>,
    /// What has the name of a source, and may not or cannot be read.
    pub problems: Vec<Unreadable>,
    /// What has nearly the name of a source, and was perhaps meant to be one.
    pub overlooked: Vec<String>,
    /// Where they may lead, and the folder of their package; nothing for a file that was named by hand.
    within: Option<(Reach, String)>,
}

/// The `.prm` files of the package at a path, as seen from where the path is: the file itself, or all files of the
/// package in that folder.
pub fn of(files: &dyn Files, path: &str) -> Found {
    let Some(folder) = folder(files, path) else {
        return match refuses_given(files, path) {
            Some(problem) => Found { problems: vec![problem], ..Found::default() },
            None => Found { paths: vec![path.to_owned()], ..Found::default() },
        };
    };
    let mut reach = Reach::default();
    match reach.manifest(files, folder) {
        Ok(dependencies) => dependencies.iter().for_each(|folder| reach.add(files, folder)),
        Err(problem) => return Found { problems: vec![problem], ..Found::default() },
    }
    let mut found = reach.walk(files, folder);
    found.paths.iter_mut().for_each(|path| *path = join(folder, path));
    found.within = Some((reach, folder.to_owned()));
    found
}

impl Found {
    /// The text of one of the sources, with its byte-order mark.
    ///
    /// # Errors
    /// Where it cannot be read, is too large, is not UTF-8, or has become something that may not be read.
    pub fn read(&self, files: &dyn Files, path: &str) -> Result<String, Unreadable> {
        let inside = self.within.as_ref().map(|(reach, folder)| (reach, folder, path.strip_prefix(folder.as_str())));
        let bytes = match inside {
            Some((reach, folder, Some(inside))) => reach.read(files, folder, inside.trim_start_matches('/')),
            _ => files.read(path).map_err(|error| unreadable(path.to_owned(), &error)),
        };
        utf8(path.to_owned(), bytes?)
    }
}

/// The folders of the packages that the manifest in a folder names; none where it cannot be read.
pub fn dependencies(files: &dyn Files, folder: &str) -> Vec<String> {
    Reach::default().manifest(files, folder).unwrap_or_default()
}

/// The folder that is meant by a path, empty for the current one; `None` where a file is meant.
pub(super) fn folder<'p>(files: &dyn Files, path: &'p str) -> Option<&'p str> {
    match path {
        "" | "." => Some(""),
        "/" => Some(path),
        _ => files.list(path).is_ok().then(|| path.trim_end_matches('/')),
    }
}

/// What keeps a file that somebody named by hand from being read. It may stand anywhere; but that a link called a
/// source shows what is none, nobody can have meant.
pub(super) fn refuses_given(files: &dyn Files, path: &str) -> Option<Unreadable> {
    let is_meant = !path.ends_with(".prm") || files.real(path).ends_with(".prm");
    (!is_meant).then(|| problem(path, "it is a link to a file that is no source"))
}

/// The folders that may be read from, by where they lead: those of packages, and those that their manifests name.
#[derive(Debug, Default)]
pub(super) struct Reach {
    /// Each folder, and where it leads.
    folders: Vec<(String, String)>,
    /// Where they lead.
    places: FxHashSet<String>,
}

impl Reach {
    /// Takes in a folder.
    pub fn add(&mut self, files: &dyn Files, folder: &str) {
        let place = files.real(folder);
        if self.places.insert(place.clone()) {
            self.folders.push((folder.to_owned(), place));
        }
    }

    /// Takes in a package; gives the folders that its manifest names.
    fn manifest(&mut self, files: &dyn Files, folder: &str) -> Result<Vec<String>, Unreadable> {
        self.add(files, folder);
        let bytes = self.read(files, folder, "prm.toml")?;
        let text = utf8(join(folder, "prm.toml"), bytes).unwrap_or_default();
        let dependencies = manifest::read(FileId(0), &text, folder, &[]).0.dependencies;
        Ok(dependencies.into_iter().map(|dependency| dependency.folder).collect())
    }

    /// A source, the manifest or the lock of the package in a folder. What has become a link since it was found is
    /// judged as one.
    pub fn read(&self, files: &dyn Files, folder: &str, name: &str) -> Result<Vec<u8>, Unreadable> {
        let path = join(folder, name);
        let mut read = files.read_below(folder, name);
        if matches!(read, Ok(None)) {
            let (folder, inside) = self.leads(files, &path)?;
            read = files.read_below(&folder, &inside);
        }
        match read {
            Ok(Some(bytes)) => Ok(bytes),
            Ok(None) => Err(problem(&path, "it is a link to somewhere else each time that it is looked at")),
            Err(error) if error.kind() == io::ErrorKind::NotFound && name == "prm.toml" => Err(no_package(folder)),
            Err(error) => Err(unreadable(path, &error)),
        }
    }

    /// Where a link leads: a folder that may be read from, and the path below it; else what keeps it from being read.
    fn leads(&self, files: &dyn Files, path: &str) -> Result<(String, String), Unreadable> {
        let place = files.real(path);
        let folders = self.folders.iter();
        let mut inside = folders.filter_map(|(folder, at)| Some((folder.clone(), below(at, &place)?.to_owned())));
        // What is hidden belongs to other programs, such as the tokens that git keeps.
        let is_plain = |inside: &str| !inside.rsplit('/').skip(1).any(|folder| folder.starts_with('.'));
        let found = inside.find(|(_, inside)| is_plain(inside));
        let found = found.ok_or_else(|| problem(path, "it leads out of its package"))?;
        // Else a link could be made to show what is no source, in a folder that a manifest names for that.
        let is_same = kind(path) == kind(&place);
        is_same.then_some(found).ok_or_else(|| problem(path, "it is a link to a file of another kind"))
    }

    /// All sources of a package, relative to its folder. A folder below with a manifest of its own is another package;
    /// hidden folders hold no sources, and links to folders are passed over.
    pub fn walk(&self, files: &dyn Files, folder: &str) -> Found {
        let mut found = Found::default();
        let mut folders = vec![String::new()];
        while let Some(at) = folders.pop() {
            let here = join(folder, &at);
            let entries = match files.list(if here.is_empty() { "." } else { &here }) {
                Ok(entries) => entries,
                Err(error) => {
                    found.problems.push(unreadable(here, &error));
                    continue;
                }
            };
            if !at.is_empty() && entries.iter().any(|entry| !entry.is_folder() && entry.name == "prm.toml") {
                continue;
            }
            for entry in entries {
                let path = join(&at, &entry.name);
                let seen = join(folder, &path);
                match entry.kind {
                    EntryKind::Folder if !entry.name.starts_with('.') => folders.push(path),
                    EntryKind::Folder | EntryKind::LinkedFolder => {}
                    EntryKind::Nameless => found.problems.push(problem(&seen, "its name is not UTF-8")),
                    _ if !entry.name.ends_with(".prm") => {
                        if is_nearly_a_source(&entry.name) {
                            found.overlooked.push(seen);
                        }
                    }
                    EntryKind::Special => found.problems.push(problem(&seen, NO_FILE)),
                    EntryKind::Link => match self.leads(files, &seen) {
                        Err(problem) => found.problems.push(problem),
                        Ok(_) => found.paths.push(path),
                    },
                    EntryKind::File => found.paths.push(path),
                }
            }
        }
        found.paths.sort_unstable();
        found.problems.sort_by(|one, other| one.path.cmp(&other.path));
        found.overlooked.sort_unstable();
        found
    }
}

/// Why a picture that a text names cannot be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unseen {
    /// Nothing of this name is there; what is, in its folder.
    NotThere(Vec<String>),
    /// It leads out of its package, or into a hidden folder.
    Outside,
    /// It is no file, or cannot be read: why.
    Unreadable(String),
}

/// What a picture holds, by its path below the folder of a package. Nothing is read but what stands there as a file, under
/// just this name, whatever a disk thinks of case.
///
/// # Errors
/// Where it is not there, leads out, or cannot be read.
pub fn picture(files: &dyn Files, folder: &str, path: &str) -> Result<Vec<u8>, Unseen> {
    let (below, name) = path.rsplit_once('/').unwrap_or(("", path));
    let here = join(folder, below);
    let entries = files.list(if here.is_empty() { "." } else { &here }).unwrap_or_default();
    let Some(entry) = entries.iter().find(|entry| entry.name == name) else {
        return Err(Unseen::NotThere(entries.into_iter().map(|entry| entry.name).collect()));
    };
    let seen = join(folder, path);
    let (root, place) = (files.real(folder), files.real(&seen));
    let inside = gate::below(&root, &place).filter(|inside| !inside.split('/').any(|part| part.starts_with('.')));
    match entry.kind {
        _ if inside.is_none() => return Err(Unseen::Outside),
        EntryKind::File => {}
        // Else a link could be made to show what is no picture.
        EntryKind::Link if is_picture(&place) => {}
        EntryKind::Link => return Err(Unseen::Unreadable("it is a link to a file of another kind".to_owned())),
        EntryKind::Folder | EntryKind::LinkedFolder => return Err(Unseen::Unreadable("it is a folder".to_owned())),
        EntryKind::Special | EntryKind::Nameless => return Err(Unseen::Unreadable(NO_FILE.to_owned())),
    }
    files.read(&seen).map_err(|error| Unseen::Unreadable(unreadable(seen, &error).problem))
}

/// Whether the name of a file is one of a picture.
pub fn is_picture(name: &str) -> bool {
    let name = name.to_lowercase();
    [".svg", ".png", ".jpg", ".jpeg"].iter().any(|end| name.ends_with(end))
}

/// What is said of a pipe, a socket or a device.
pub const NO_FILE: &str = "it is a pipe, a socket or a device, and no file";

/// What the name of a file says it is.
fn kind(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    match name {
        _ if name.ends_with(".prm") => ".prm",
        _ if name.ends_with(".prm.lock") => "prm.lock",
        _ => name,
    }
}

/// Whether a name is that of a source but for case, or for one more ending.
fn is_nearly_a_source(name: &str) -> bool {
    let name = name.to_lowercase();
    let further = name.rsplit_once('.').filter(|(stem, ending)| stem.ends_with(".prm") && *ending != "lock");
    !name.starts_with('.') && (name.ends_with(".prm") || further.is_some())
}

/// The bytes of a file as text.
///
/// # Errors
/// Where they are not UTF-8.
pub fn utf8(path: String, bytes: Vec<u8>) -> Result<String, Unreadable> {
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let line = 1 + error.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count();
        let problem = match error.as_bytes() {
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => {
                "the file is UTF-16, not UTF-8: save it anew in the encoding UTF-8".to_owned()
            }
            _ => format!("the file is not UTF-8: line {line} holds a byte that is no character"),
        };
        Unreadable { path, problem, is_missing: false }
    })
}

/// A folder that was taken for a package.
fn no_package(folder: &str) -> Unreadable {
    let path = if folder.is_empty() { "." } else { folder };
    Unreadable { is_missing: true, ..problem(path, "this folder is no package: it has no `prm.toml`") }
}

fn problem(path: &str, problem: &str) -> Unreadable {
    Unreadable { path: path.to_owned(), problem: problem.to_owned(), is_missing: false }
}

/// A file or folder that could not be read, in an author's words.
pub fn unreadable(path: String, error: &io::Error) -> Unreadable {
    let problem = match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "it may not be read by this user".to_owned(),
        io::ErrorKind::FileTooLarge => format!("it is larger than {} MiB", MOST_BYTES >> 20),
        _ => error.to_string(),
    };
    let is_missing = matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory);
    Unreadable { path, problem, is_missing }
}
