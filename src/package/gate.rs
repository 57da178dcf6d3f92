//! Where an output may be written: the one place that decides, for manifests and for the command.
//!
//! Paths are compared by where they lead, and without regard to case, for on many disks `A.prm` and `a.prm` are one.

use rustc_hash::FxHashMap;

use super::manifest::Manifest;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::render::printable;
use crate::source::{Files, Sources, join};
use crate::span::Span;

/// What a compilation has read, as seen by who wants to write.
pub struct Gate<'a> {
    files: &'a dyn Files,
    /// The names of the files, by where they lead.
    read: FxHashMap<String, String>,
}

/// Why nothing is written to a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is not below the package, or in another package that is.
    Outside,
    /// It names no file.
    NoFile,
    /// It is hidden: what stands there belongs to other programs, such as git.
    Hidden,
    /// A part of its name means something else on some systems, or cannot be shown: that part.
    Odd(String),
    /// It is, or would be, a file that a package is read from: its name, and whether it was read.
    Source(String, bool),
}

impl<'a> Gate<'a> {
    /// A gate before what was read: sources, and others, such as pictures and the lock file, whether it is there or not.
    pub fn new(files: &'a dyn Files, sources: &Sources, others: impl IntoIterator<Item = String>) -> Gate<'a> {
        let names = sources.iter().filter(|(_, source)| !source.folder.starts_with('<'));
        let names = names.map(|(_, source)| source.display()).chain(others);
        let read = names.filter(|name| !name.is_empty()).map(|name| (key(files, &name), name)).collect();
        Gate { files, read }
    }

    /// What keeps from writing where the one who runs the command asks for it.
    pub fn refuses(&self, path: &str) -> Option<Refusal> {
        let key = key(self.files, path);
        match self.read.get(&key) {
            Some(name) => Some(Refusal::Source(name.clone(), true)),
            None => is_manifest_or_lock(&key).then(|| Refusal::Source(path.to_owned(), false)),
        }
    }

    /// What keeps from writing where the manifest in a folder asks for it.
    pub fn refuses_below(&self, folder: &str, path: &str) -> Option<Refusal> {
        let (root, place) = (self.files.real(folder), self.files.real(&join(folder, path)));
        let Some(inside) = below(&root, &place).filter(|_| !path.starts_with('/')) else {
            return Some(Refusal::Outside);
        };
        if inside.is_empty() || path.ends_with('/') {
            return Some(Refusal::NoFile);
        }
        if let Some(name) = self.read.get(&place.to_lowercase()) {
            return Some(Refusal::Source(name.clone(), true));
        }
        if let Some(part) = path.split('/').find(|part| is_odd(part)) {
            return Some(Refusal::Odd(part.to_owned()));
        }
        if inside.split('/').any(|part| part.starts_with('.')) {
            return Some(Refusal::Hidden);
        }
        let folders = inside.match_indices('/').filter_map(|(end, _)| inside.get(..end));
        let mut folders = folders.filter_map(|folder| self.files.list(&join(&root, folder)).ok());
        if folders.any(|entries| entries.iter().any(|entry| !entry.is_folder() && entry.name == "prm.toml")) {
            return Some(Refusal::Outside);
        }
        let would_be_read = is_manifest_or_lock(inside) || inside.to_lowercase().ends_with(".prm");
        would_be_read.then(|| Refusal::Source(path.to_owned(), false))
    }
}

/// What is wrong with the places of a manifest's outputs; `others` are files that were read beside the sources.
pub fn check(
    files: &dyn Files,
    manifest: &Manifest,
    sources: &Sources,
    others: impl IntoIterator<Item = String>,
) -> Vec<Diagnostic> {
    let Some(file) = manifest.file.filter(|_| !manifest.outputs.is_empty()) else { return Vec::new() };
    let folder = &sources.file(file).folder;
    let gate = Gate::new(files, sources, others);
    let mut places: Vec<(String, Span)> = Vec::new();
    let mut found = Vec::new();
    for output in &manifest.outputs {
        let (path, span) = (&output.path, output.path_span);
        let told = |message: String, label: &str| Diagnostic::new(&codes::MISPLACED_OUTPUT, span, message).label(label);
        if let Some(refusal) = gate.refuses_below(folder, path) {
            found.push(match refusal {
                Refusal::Outside => told(format!("`{path}` leads out of the package"), "outside of the package")
                    .help("name a file below the folder of this manifest; `prm build -o` writes elsewhere"),
                Refusal::NoFile => told(format!("`{path}` is no file"), "expected a file")
                    .help("name a file below the folder of this manifest"),
                Refusal::Hidden => told(format!("`{path}` is hidden"), "belongs to other programs")
                    .help("name a file whose path has no part that begins with a dot"),
                Refusal::Odd(part) => told(format!("`{part}` is no name for a file on every system"), "an odd name")
                    .help("leave out characters that cannot be seen, `\\`, `:`, and dots and blanks at the end"),
                Refusal::Source(name, true) => {
                    told(format!("an output would take the place of `{name}`"), "a file of the package")
                        .help("name another file; no output replaces what it is made of")
                }
                Refusal::Source(_, false) => {
                    told(format!("`{path}` would be read as a part of the package"), "a name for sources")
                        .help("give the file another ending, or another name")
                }
            });
            continue;
        }
        let place = key(files, &join(folder, path));
        if let (Some(template), Some(span)) = (&output.options.template, output.template_span) {
            let told =
                |message: String, label: &str| Diagnostic::new(&codes::MISPLACED_OUTPUT, span, message).label(label);
            if key(files, &join(folder, template)) == place {
                found.push(
                    told(format!("the output would take the place of its template `{template}`"), "its template")
                        .help("give the output a file of its own"),
                );
            } else if !matches!(gate.refuses_below(folder, template), None | Some(Refusal::Odd(_))) {
                found.push(
                    told(
                        format!("the template `{template}` is no file of the package's own"),
                        "expected a file beside the manifest",
                    )
                    .help("put it into the folder of this manifest; `prm build --template` takes one from elsewhere"),
                );
            }
        }
        let same = places.iter().find(|(other, _)| below(other, &place).is_some() || below(&place, other).is_some());
        if let Some((_, first)) = same {
            found.push(
                told(format!("`{path}` is written by two outputs"), "here again")
                    .also(*first, "first here")
                    .help("give each output a file of its own"),
            );
        }
        places.push((place, span));
    }
    found
}

/// A path by where it leads, without regard to case.
fn key(files: &dyn Files, path: &str) -> String {
    files.real(path).to_lowercase()
}

/// What is left of a path below a folder: nothing for the folder itself, `None` for what is not below.
pub(super) fn below<'a>(folder: &str, path: &'a str) -> Option<&'a str> {
    let folder = folder.trim_end_matches('/');
    if folder.is_empty() && !path.starts_with('/') {
        return (path != ".." && !path.starts_with("../")).then_some(path);
    }
    let rest = path.strip_prefix(folder)?;
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix('/') }
}

/// Whether a part of a path is one thing here and another elsewhere: on Windows `prm.toml.` is `prm.toml`, and what
/// follows a colon a stream of the file before it.
fn is_odd(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let is_device = match stem.as_str() {
        "con" | "prn" | "aux" | "nul" => true,
        // `com1` and the like.
        _ => matches!(stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt")), Some(number) if number.len() == 1
            && number.bytes().all(|byte| byte.is_ascii_digit())),
    };
    let is_dots = part == "." || part == "..";
    is_device || part.contains(['\\', ':']) || part.contains(printable::acts) || !is_dots && part.ends_with([' ', '.'])
}

fn is_manifest_or_lock(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
    name == "prm.toml" || name == "prm.lock" || name.ends_with(".prm.lock")
}
