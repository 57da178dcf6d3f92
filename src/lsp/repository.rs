//! The packages of a repository that depend on one: a rename has to reach them, whichever folder the editor has opened.
//!
//! Folders may be strangers'. Of each only the names in it and its manifest are looked at, as the compiler reads it, and
//! no more than some thousand folders.

use rustc_hash::FxHashSet;

use super::documents::Overlay;
use super::workspace::packages_below;
use crate::package::dependencies;
use crate::source::Files;

/// The packages that depend on some.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dependents {
    /// Their folders.
    pub folders: Vec<String>,
    /// A folder in which there were too many to be looked through, if there was one.
    pub unfinished: Option<String>,
}

/// A search for them.
pub struct Search {
    /// The files as they are now.
    pub files: Overlay,
    /// The folders of the packages that are known.
    pub known: Vec<String>,
}

impl Search {
    /// What is found.
    pub fn dependents(self) -> Dependents {
        dependents(&self.files, &self.known)
    }
}

/// The packages that depend on those in some folders, directly or through others, in the repositories that these
/// stand in.
pub fn dependents(files: &dyn Files, known: &[String]) -> Dependents {
    let mut roots: Vec<String> = known.iter().map(|folder| root(files, folder)).collect();
    roots.sort();
    roots.dedup();
    let mut found = Dependents::default();
    let mut packages: Vec<(String, String, Vec<String>)> = Vec::new();
    for root in roots {
        let (folders, is_whole) = packages_below(files, &root);
        if !is_whole {
            found.unfinished.get_or_insert(root);
        }
        for folder in folders {
            let needs = dependencies(files, &folder).iter().map(|needed| files.real(needed)).collect();
            let place = files.real(&folder);
            if packages.iter().all(|(_, other, _)| *other != place) {
                packages.push((folder, place, needs));
            }
        }
    }
    let mut reached: FxHashSet<String> = known.iter().map(|folder| files.real(folder)).collect();
    loop {
        let is_next = |(_, place, needs): &(String, String, Vec<String>)| {
            !reached.contains(place) && needs.iter().any(|needed| reached.contains(needed))
        };
        let Some(next) = packages.iter().position(is_next) else { break };
        let (folder, place, _) = packages.swap_remove(next);
        reached.insert(place);
        found.folders.push(folder);
    }
    found.folders.sort();
    found
}

/// The folder of the repository that a folder stands in: the nearest with `.git` in it, which is a file in a worktree;
/// without one the outermost with a manifest.
fn root(files: &dyn Files, folder: &str) -> String {
    let mut outermost = folder;
    let mut at = folder;
    loop {
        let entries = files.list(at).unwrap_or_default();
        if entries.iter().any(|entry| entry.name == ".git") {
            return at.to_owned();
        }
        if entries.iter().any(|entry| !entry.is_folder() && entry.name == "prm.toml") {
            outermost = at;
        }
        match at.rsplit_once('/') {
            Some((above, _)) if !above.is_empty() => at = above,
            _ => return outermost.to_owned(),
        }
    }
}
