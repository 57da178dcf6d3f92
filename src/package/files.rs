//! Which files a package has, and their texts.

use std::io;

use super::Unreadable;
use crate::source::{Files, join};

/// The `.prm` files of the package at a path, as seen from where the path is: the file itself, or all files of the
/// package in that folder, in order; and the folders that cannot be read, or are no package.
pub fn of(files: &dyn Files, path: &str) -> (Vec<String>, Vec<Unreadable>) {
    let path = if path.is_empty() { "." } else { path };
    if path.ends_with(".prm") || files.list(path).is_err() {
        return (vec![path.to_owned()], Vec::new());
    }
    let folder = if path == "." { "" } else { path.trim_end_matches('/') };
    if let Err(error) = files.read(&join(folder, "prm.toml")) {
        let problem = match error.kind() {
            io::ErrorKind::NotFound => no_package(folder),
            _ => unreadable(join(folder, "prm.toml"), &error),
        };
        return (Vec::new(), vec![problem]);
    }
    let (mut paths, mut unreadable) = (Vec::new(), Vec::new());
    walk(files, folder, "", &mut paths, &mut unreadable);
    paths.sort_unstable();
    (paths.into_iter().map(|path| join(folder, &path)).collect(), unreadable)
}

/// The text of a file, with its byte-order mark.
///
/// # Errors
/// Where it cannot be read, is larger than 4 GiB, or is not UTF-8.
pub fn read(files: &dyn Files, path: &str) -> Result<String, Unreadable> {
    let bytes = files.read(path).map_err(|error| unreadable(path.to_owned(), &error))?;
    utf8(path.to_owned(), bytes)
}

/// All `.prm` files of a package, relative to its folder. A folder below with a manifest of its own is another
/// package; hidden folders hold no sources.
pub(super) fn walk(
    files: &dyn Files,
    folder: &str,
    below: &str,
    paths: &mut Vec<String>,
    problems: &mut Vec<Unreadable>,
) {
    let here = join(folder, below);
    let entries = match files.list(if here.is_empty() { "." } else { &here }) {
        Ok(entries) => entries,
        Err(error) => return problems.push(unreadable(here, &error)),
    };
    if !below.is_empty() && entries.iter().any(|entry| !entry.is_folder && entry.name == "prm.toml") {
        return;
    }
    for entry in entries {
        let path = join(below, &entry.name);
        if entry.is_folder && !entry.name.starts_with('.') {
            walk(files, folder, &path, paths, problems);
        } else if !entry.is_folder && entry.name.ends_with(".prm") {
            paths.push(path);
        }
    }
}

/// The bytes of a file as text.
pub(super) fn utf8(path: String, bytes: Vec<u8>) -> Result<String, Unreadable> {
    if bytes.len() >= u32::MAX as usize {
        return Err(Unreadable { path, problem: "the file is larger than 4 GiB".to_owned() });
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let line = 1 + error.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count();
        let problem = format!("the file is not UTF-8: line {line} holds a byte that is no character");
        Unreadable { path, problem }
    })
}

/// A folder that was taken for a package.
pub(super) fn no_package(folder: &str) -> Unreadable {
    Unreadable {
        path: if folder.is_empty() { ".".to_owned() } else { folder.to_owned() },
        problem: "this folder is no package: it has no `prm.toml`".to_owned(),
    }
}

/// A file or folder that could not be read, in an author's words.
pub(super) fn unreadable(path: String, error: &io::Error) -> Unreadable {
    let problem = match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "it may not be read by this user".to_owned(),
        _ => error.to_string(),
    };
    Unreadable { path, problem }
}
