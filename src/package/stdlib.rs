//! The standard library, embedded in the binary.

use include_dir::{Dir, include_dir};

static STDLIB: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/stdlib");

/// The names of its packages, in order.
pub fn names() -> Vec<&'static str> {
    let mut names: Vec<&str> = STDLIB.dirs().filter_map(|folder| folder.path().to_str()).collect();
    names.sort_unstable();
    names
}

/// A package's manifest, and its files with their paths, in the order of the paths.
pub fn package(name: &str) -> Option<(&'static str, Vec<(&'static str, &'static str)>)> {
    let folder = STDLIB.dirs().find(|folder| folder.path().to_str() == Some(name))?;
    let text = |path: &str| folder.get_file(folder.path().join(path)).and_then(|file| file.contents_utf8());
    let manifest = text("prm.toml")?;
    let mut files: Vec<(&str, &str)> = folder
        .files()
        .filter_map(|file| Some((file.path().file_name()?.to_str()?, file.contents_utf8()?)))
        .filter(|(path, _)| path.ends_with(".prm"))
        .collect();
    files.sort_unstable();
    Some((manifest, files))
}
