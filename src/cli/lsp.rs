//! `prm lsp`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::disk::Disk;
use super::failure::Failure;
use super::{Exit, output};
use crate::lsp::{End, Host, serve, stdio};
use crate::package::{standard_names, standard_package};

/// Serves one editor on standard input and output, until it goes.
pub fn run() -> Result<Exit, Failure> {
    let (connection, writer) = stdio();
    let end = serve(&connection, Host { files: Arc::new(Disk), standard: standard_library() });
    // What has been answered is still written; the writer ends when nobody can send any more.
    drop(connection);
    let _ = writer.join();
    Ok(if end == End::Orderly { Exit::Fine } else { Exit::Errors })
}

/// The folder in which the standard library lies for editors to open. Without a place to write, definitions in it
/// cannot be opened; everything else works.
fn standard_library() -> Option<String> {
    let folder = cache_folder().join("prm").join(concat!("stdlib-", env!("CARGO_PKG_VERSION")));
    unpack(&folder).ok()?;
    folder.to_str().map(|folder| folder.replace('\\', "/"))
}

/// Where programs keep what they can make again.
fn cache_folder() -> PathBuf {
    let named = |variable: &str| std::env::var_os(variable).map(PathBuf::from).filter(|path| path.is_absolute());
    named("XDG_CACHE_HOME")
        .or_else(|| named("LOCALAPPDATA"))
        .or_else(|| named("HOME").map(|home| home.join(".cache")))
        .unwrap_or_else(std::env::temp_dir)
}

fn unpack(folder: &Path) -> io::Result<()> {
    for name in standard_names() {
        let Some((manifest, files)) = standard_package(name) else { continue };
        let package = folder.join(name);
        fs::create_dir_all(&package)?;
        for (path, text) in files.into_iter().chain([("prm.toml", manifest)]) {
            let path = package.join(path);
            if !fs::read(&path).is_ok_and(|known| known == text.as_bytes()) {
                output::write_beside(&path, text)?;
            }
        }
    }
    Ok(())
}
