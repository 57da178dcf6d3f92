//! Temporary files: beside the place to which they are renamed, and gone after a kill by the next run.
//!
//! Whoever writes one holds a lock on it, which the system gives back when the process ends, however it ends. A run that
//! is about to write into a folder removes those there that nobody holds.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use tempfile::{Builder, NamedTempFile, TempDir, TempPath};

const BEGIN: &str = ".prm-";
const END: &str = ".tmp";

/// A new file beside a place, with the permissions of what stands there, or those of any new file.
pub fn file(place: &Path) -> io::Result<NamedTempFile> {
    let folder = folder_of(place);
    sweep(folder);
    let mut builder = builder();
    permissions(&mut builder, place);
    held(|| builder.tempfile_in(folder), |file| (file.as_file().lock(), file.path().exists()))
}

/// A new folder in another; it is held as long as the file is open.
pub fn folder(above: &Path) -> io::Result<(TempDir, Option<File>)> {
    sweep(above);
    let make = || builder().tempdir_in(above).map(|folder| (File::open(folder.path()).ok(), folder));
    let (lock, folder) =
        held(make, |(lock, folder)| (lock.as_ref().map_or(Ok(()), File::lock), folder.path().exists()))?;
    Ok((folder, lock))
}

/// A second name for the file at a place, as long as it is wanted; `None` where there is no file, or no second name.
pub fn second_name(place: &Path) -> Option<TempPath> {
    let made = builder().make_in(folder_of(place), |path| fs::hard_link(place, path));
    Some(made.ok()?.into_temp_path())
}

/// Sees that a name in a folder is on the disk, where the system can do so.
pub fn sync_folder(place: &Path) {
    // The file itself is on the disk, under one of its names.
    let _ = File::open(folder_of(place)).and_then(|folder| folder.sync_all());
}

fn builder() -> Builder<'static, 'static> {
    let mut builder = Builder::new();
    builder.prefix(BEGIN).suffix(END);
    builder
}

fn folder_of(place: &Path) -> &Path {
    place.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Makes and holds something. Another run may have swept it away before it was held; then it is made anew.
fn held<T>(make: impl Fn() -> io::Result<T>, hold: impl Fn(&T) -> (io::Result<()>, bool)) -> io::Result<T> {
    for _ in 0..100 {
        let made = make()?;
        // Where the system has no locks, nothing is swept either.
        let (_, is_there) = hold(&made);
        if is_there {
            return Ok(made);
        }
    }
    Err(io::Error::other("temporary files vanish"))
}

/// The folders that are swept already.
static SWEPT: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// Removes what killed runs have left in a folder, once for each folder.
fn sweep(folder: &Path) {
    if SWEPT.lock().is_ok_and(|mut swept| swept.insert(folder.to_owned())) {
        clear(folder);
    }
}

fn clear(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.filter_map(Result::ok).filter(|entry| entry.file_name().to_str().is_some_and(is_ours)) {
        let path = entry.path();
        let Some(kind) = entry.file_type().ok().filter(|kind| kind.is_file() || kind.is_dir()) else { continue };
        let Ok(left) = File::open(&path) else { continue };
        // It is held until it is gone: whoever has made it this moment waits, and sees that it is.
        if left.try_lock().is_ok() {
            // What cannot be removed stays for a run that can.
            let _ = if kind.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
        }
    }
}

fn is_ours(name: &str) -> bool {
    let middle = name.strip_prefix(BEGIN).and_then(|name| name.strip_suffix(END));
    middle.is_some_and(|middle| middle.len() == 6 && middle.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

#[cfg(unix)]
fn permissions(builder: &mut Builder<'_, '_>, place: &Path) {
    use std::os::unix::fs::PermissionsExt;
    let old = fs::metadata(place).ok().map(|metadata| metadata.permissions());
    builder.permissions(old.unwrap_or_else(|| fs::Permissions::from_mode(0o666)));
}

#[cfg(not(unix))]
fn permissions(_builder: &mut Builder<'_, '_>, _place: &Path) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_goes_and_what_is_held_stays() {
        let place = tempfile::tempdir().unwrap();
        let at = |name: &str| place.path().join(name);
        let held = file(&at("a.json")).unwrap();
        let (made, lock) = folder(place.path()).unwrap();
        for name in [".prm-abc123.tmp", ".prm-abcdef", ".prm-a.tmp", ".prm-abc-23.tmp", "prm-abc123.tmp"] {
            fs::write(at(name), "").unwrap();
        }
        fs::create_dir(at(".prm-xyz789.tmp")).unwrap();
        fs::write(at(".prm-xyz789.tmp/prm.toml"), "").unwrap();
        clear(place.path());
        assert!(held.path().exists() && made.path().exists());
        assert!(!at(".prm-abc123.tmp").exists() && !at(".prm-xyz789.tmp").exists());
        assert_eq!(place.path().read_dir().unwrap().count(), 6);
        let (held, made) = (held.into_temp_path().keep().unwrap(), made.keep());
        drop(lock);
        clear(place.path());
        assert!(!held.exists() && !made.exists());
    }
}
