//! Files on the disk: the only place that reads them.

use std::io;
use std::path::{Component, Path, PathBuf};

use crate::source::{Entry, Files};

/// The disk, seen from the current folder.
pub struct Disk;

impl Files for Disk {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        std::fs::read(path)
    }

    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        let mut entries = Vec::new();
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            // A name that is no Unicode cannot be a package's file; a link to a folder is not followed, it may lead
            // outside of the package or in a circle.
            if let Ok(name) = entry.file_name().into_string() {
                entries.push(Entry { name, is_folder: entry.file_type()?.is_dir() });
            }
        }
        Ok(entries)
    }

    fn real(&self, path: &str) -> String {
        let path = if path.is_empty() { "." } else { path };
        real(Path::new(path)).to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
    }
}

/// Links that lead to links are followed so many times.
const MOST_LINKS: usize = 40;

/// Where a path leads. Of what is not there yet, its folder is followed, and it itself where it is a link.
pub fn real(path: &Path) -> PathBuf {
    let mut links = MOST_LINKS;
    follow(path, &mut links)
}

fn follow(path: &Path, links: &mut usize) -> PathBuf {
    if let Ok(real) = std::fs::canonicalize(path) {
        return real;
    }
    // Such as a pipe, which stands in no folder.
    if path.exists() {
        return path.to_owned();
    }
    let here = || std::env::current_dir().unwrap_or_default();
    let Some(last) = path.components().next_back() else { return here() };
    let folder = match path.parent() {
        Some(folder) if folder.as_os_str().is_empty() => here(),
        Some(folder) => follow(folder, links),
        None => return path.to_owned(),
    };
    let Component::Normal(name) = last else { return folder.parent().unwrap_or(&folder).to_owned() };
    let place = folder.join(name);
    match std::fs::read_link(&place) {
        Ok(target) if *links > 0 => {
            *links -= 1;
            follow(&folder.join(target), links)
        }
        _ => place,
    }
}

/// A path as seen from the current folder: diagnostics name files that way, however the path was given.
pub fn from_here(path: &str) -> String {
    let Some(absolute) = path.strip_prefix('/') else {
        return path.strip_prefix("./").unwrap_or(path).to_owned();
    };
    let Ok(here) = std::env::current_dir() else { return path.to_owned() };
    let Some(here) = here.to_str().and_then(|here| here.strip_prefix('/')) else { return path.to_owned() };
    let ours: Vec<&str> = absolute.split('/').filter(|part| !part.is_empty()).collect();
    let here: Vec<&str> = here.split('/').filter(|part| !part.is_empty()).collect();
    // Where a path goes up by itself, only the disk knows where it leads.
    if ours.contains(&"..") {
        return path.to_owned();
    }
    let shared = ours.iter().zip(&here).take_while(|(a, b)| a == b).count();
    let up = here[shared..].iter().map(|_| "..");
    let parts: Vec<&str> = up.chain(ours[shared..].iter().copied()).collect();
    if parts.is_empty() { ".".to_owned() } else { parts.join("/") }
}
