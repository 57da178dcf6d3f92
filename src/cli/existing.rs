//! The file that the source of an assessment model is written over.

use std::fs;
use std::path::Path;

use super::disk::{Disk, from_here};
use super::failure::Failure;
use crate::diagnostic::Diagnostic;
use crate::emit::pam::Existing;
use crate::package::{self, Place};
use crate::source::{Files, Sources};

/// What its authors have made of the file at a path, whether it begins with a byte-order mark, and what is wrong with
/// its text; `None` where there is no file yet.
pub fn read(path: &str, sources: &mut Sources) -> Result<Option<(Existing, bool, Vec<Diagnostic>)>, Failure> {
    if !fs::metadata(path).is_ok_and(|metadata| metadata.is_file()) {
        return Ok(None);
    }
    let has_byte_order_mark = Disk.read(path).is_ok_and(|bytes| bytes.starts_with("\u{feff}".as_bytes()));
    let (folder, path) =
        package_of(path).map_or_else(|| (None, from_here(path)), |(folder, path)| (Some(folder), path));
    let place = package::load_place(&Disk, folder.as_deref(), &path, sources);
    let Place { file, diagnostics, beside } = place.map_err(|unreadable| Failure::unreadable(&unreadable))?;
    Ok(Some((Existing { file, beside }, has_byte_order_mark, diagnostics)))
}

/// The folder of the package that a file stands in, and the file, both as seen from here.
fn package_of(path: &str) -> Option<(String, String)> {
    let path = fs::canonicalize(path).ok().filter(|path| path.extension().is_some_and(|ending| ending == "prm"))?;
    let folder = path.ancestors().skip(1).find(|folder| folder.join("prm.toml").is_file())?;
    let seen = |path: &Path| path.to_str().map(from_here);
    let inside = path.strip_prefix(folder).ok()?.to_str()?;
    let folder = seen(folder)?;
    let path = crate::source::join(&folder, inside);
    Some((folder, path))
}
