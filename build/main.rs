//! What is written down before the compiler is compiled: the register of codes, from the pages of `src/explain`; the
//! lists of checks, from the files of `src/checks`; and the table of English words, from `src/english/words.txt`.

mod checks;
mod codes;
mod english;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=build");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo names the package"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo names a folder for what is made"));
    if let Some(commit) = commit(&root) {
        println!("cargo::rustc-env=PRM_COMMIT={commit}");
    }
    write(&out.join("codes.rs"), &codes::register(&root.join("src/explain")));
    write(&out.join("english.rs"), &english::table(&root.join("src/english/words.txt")));
    for (family, list) in checks::lists(&root.join("src/checks")) {
        write(&out.join(format!("{family}.rs")), &list);
    }
}

/// The commit that is built, where the program is built to be given away: what git wrote into an archive, else what it says.
fn commit(root: &Path) -> Option<String> {
    let is_release = env::var("PROFILE").is_ok_and(|profile| profile == "release");
    let written = fs::read_to_string(root.join("build/commit")).ok()?;
    let written = written.trim();
    if !is_release || !written.starts_with('$') {
        return is_release.then(|| written.chars().take(12).collect());
    }
    let ask = |words: &[&str]| {
        let said = Command::new("git").args(words).current_dir(root).output().ok()?;
        said.status.success().then(|| String::from_utf8_lossy(&said.stdout).trim().to_owned())
    };
    // It changes with each commit.
    println!("cargo::rerun-if-changed={}", root.join(ask(&["rev-parse", "--git-path", "logs/HEAD"])?).display());
    ask(&["rev-parse", "--short=12", "HEAD"])
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
