//! What is written down before the compiler is compiled: the register of codes, from the pages of `src/explain`; the
//! lists of checks, from the files of `src/checks`; and the table of English words, from `src/english/words.txt`.

mod checks;
mod codes;
mod english;

use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=build");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo names the package"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo names a folder for what is made"));
    write(&out.join("codes.rs"), &codes::register(&root.join("src/explain")));
    write(&out.join("english.rs"), &english::table(&root.join("src/english/words.txt")));
    for (family, list) in checks::lists(&root.join("src/checks")) {
        write(&out.join(format!("{family}.rs")), &list);
    }
}

/// The files of a folder in order, each with its text; cargo looks at the folder again where something changes in it.
fn files(folder: &Path, ending: &str) -> Vec<(PathBuf, String)> {
    println!("cargo::rerun-if-changed={}", folder.display());
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == ending));
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), fs::read_to_string(&path).unwrap_or_default())).collect()
}

fn write(path: &Path, text: &str) {
    fs::write(path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}
