//! The lists of checks: a file below `src/checks` that has a `pub const CHECK` is one, and nothing else names it.

use std::path::Path;
use std::{fs, iter};

/// For each family its name, and its list as source text: the modules of its checks, and `ALL` of them.
pub fn lists(folder: &Path) -> Vec<(String, String)> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let folders = entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_dir());
    let name = |path: &Path| path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    let list = |folder: &Path| {
        let mut files = crate::files(folder, "rs");
        files.retain(|(_, text)| text.lines().any(|line| line.starts_with("pub const CHECK: ")));
        let modules = files.iter().map(|(path, _)| format!("#[path = {path:?}]\nmod {};\n", name(path)));
        let checks: Vec<String> = files.iter().map(|(path, _)| format!("{}::CHECK", name(path))).collect();
        let all = format!("/// The checks of the family.\npub const ALL: &[Check] = &[{}];\n", checks.join(", "));
        modules.chain(iter::once(all)).collect()
    };
    folders.map(|folder| (name(&folder), list(&folder))).collect()
}
