//! Files on the disk: the only place that reads them.

use std::fs::{self, DirEntry, File, Metadata, OpenOptions};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use crate::package::files::NO_FILE;
use crate::source::{Entry, EntryKind, Files, MOST_BYTES};

/// The disk, seen from the current folder.
pub struct Disk;

impl Files for Disk {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        let is_file = |found: &Metadata| file_or_folder(found)?.then_some(()).ok_or_else(|| io::Error::other(NO_FILE));
        // Before it is opened, since opening alone makes some devices act; and what was opened once more, since something
        // else may have come into its place.
        is_file(&fs::metadata(path)?)?;
        let file = without_waiting(path)?;
        is_file(&file.metadata()?)?;
        bounded(file)
    }

    fn read_given(&self, path: &str) -> io::Result<Vec<u8>> {
        file_or_folder(&fs::metadata(path)?)?;
        bounded(File::open(path)?)
    }

    #[cfg(unix)]
    fn read_below(&self, folder: &str, path: &str) -> io::Result<Option<Vec<u8>>> {
        below(folder, path)?.map(bounded).transpose()
    }

    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        fs::read_dir(folder)?.filter_map(|entry| entry.and_then(|entry| self::entry(&entry)).transpose()).collect()
    }

    fn real(&self, path: &str) -> String {
        let path = if path.is_empty() { "." } else { path };
        real(Path::new(path)).to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
    }
}

/// Opens what may be a pipe by now, without waiting for who writes into it.
fn without_waiting(path: &str) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, libc::O_NONBLOCK | libc::O_NOCTTY);
    options.open(path)
}

/// Opens a file below a folder, one folder after the other, so that nothing that is put there meanwhile leads elsewhere;
/// nothing where a link stands on the way.
#[cfg(unix)]
fn below(folder: &str, path: &str) -> io::Result<Option<File>> {
    use rustix::fs::{AtFlags, FileType, Mode, OFlags, openat, statat};
    use rustix::io::Errno;
    let mut at = std::os::fd::OwnedFd::from(File::open(if folder.is_empty() { "." } else { folder })?);
    let mut parts = path.split('/').peekable();
    while let Some(part) = parts.next() {
        let is_last = parts.peek().is_none();
        // Before it is opened, since opening alone makes some devices act.
        match FileType::from_raw_mode(statat(&at, part, AtFlags::SYMLINK_NOFOLLOW)?.st_mode) {
            FileType::Symlink => return Ok(None),
            FileType::Directory if is_last => return Err(is_folder()),
            FileType::RegularFile | FileType::Directory => {}
            _ => return Err(io::Error::other(NO_FILE)),
        }
        let kind = if is_last { OFlags::NONBLOCK | OFlags::NOCTTY } else { OFlags::DIRECTORY };
        at = match openat(&at, part, OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::CLOEXEC | kind, Mode::empty()) {
            // A link since this moment.
            Err(Errno::LOOP | Errno::NOTDIR) => return Ok(None),
            opened => opened?,
        };
    }
    let file = File::from(at);
    let is_file = file_or_folder(&file.metadata()?)?;
    is_file.then_some(Some(file)).ok_or_else(|| io::Error::other(NO_FILE))
}

/// Whether it is a file; a folder is an error.
fn file_or_folder(found: &Metadata) -> io::Result<bool> {
    if found.is_dir() { Err(is_folder()) } else { Ok(found.is_file()) }
}

fn is_folder() -> io::Error {
    io::Error::new(io::ErrorKind::IsADirectory, "it is a folder")
}

/// What is read, as long as it is not too much: a device never ends, and a file may grow.
pub fn bounded(file: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    // Texts are kept, and room was made for more.
    bytes.shrink_to_fit();
    if bytes.len() > MOST_BYTES { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
}

/// A name in a folder; nothing for one that is no Unicode, and no concern of a package either.
fn entry(entry: &DirEntry) -> io::Result<Option<Entry>> {
    let found = entry.file_type()?;
    let Ok(name) = entry.file_name().into_string() else {
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_ours = if found.is_dir() {
            !name.starts_with('.') && holds_sources(&entry.path())
        } else {
            is_source(&entry.path())
        };
        return Ok(is_ours.then_some(Entry { name, kind: EntryKind::Nameless }));
    };
    let kind = if found.is_dir() {
        EntryKind::Folder
    } else if found.is_file() {
        EntryKind::File
    } else if !found.is_symlink() {
        EntryKind::Special
    } else {
        match fs::metadata(entry.path()) {
            Ok(target) if target.is_dir() => EntryKind::LinkedFolder,
            Ok(target) if !target.is_file() => EntryKind::Special,
            _ => EntryKind::Link,
        }
    };
    Ok(Some(Entry { name, kind }))
}

fn is_source(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "prm")
}

/// Whether there are sources in a folder or below it, as far as it can be read.
fn holds_sources(folder: &Path) -> bool {
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            match entry.file_type() {
                Ok(found) if found.is_dir() => folders.push(entry.path()),
                _ if is_source(&entry.path()) => return true,
                _ => {}
            }
        }
    }
    false
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

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;
    use std::sync::mpsc;
    use std::time::Duration;

    use super::*;

    /// A disk on which something becomes a link as soon as its folder was looked at.
    struct Swapping<'a> {
        folder: &'a Path,
        name: &'a str,
        target: &'a str,
    }

    impl Files for Swapping<'_> {
        fn read(&self, path: &str) -> io::Result<Vec<u8>> {
            Disk.read(path)
        }

        fn read_below(&self, folder: &str, path: &str) -> io::Result<Option<Vec<u8>>> {
            // What is in the folder was found before; the manifest is read before that.
            if path.ends_with(self.name) {
                self.swap(path);
            }
            Disk.read_below(folder, path)
        }

        fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
            let entries = Disk.list(folder);
            if folder.ends_with("/p/sub") || self.name == "a.prm" {
                self.swap(self.name);
            }
            entries
        }

        fn real(&self, path: &str) -> String {
            Disk.real(path)
        }
    }

    impl Swapping<'_> {
        fn swap(&self, name: &str) {
            let place = self.folder.join(name);
            if !place.is_symlink() {
                fs::rename(&place, self.folder.join("old")).unwrap();
                symlink(self.target, &place).unwrap();
            }
        }
    }

    #[test]
    fn what_becomes_a_link_after_it_was_found_is_judged_as_one() {
        for (name, target, is_read) in [
            ("a.prm", "../secret.prm", false),
            ("sub", "../secrets", false),
            ("prm.lock", "../secrets/b.prm", false),
            ("prm.toml", "../secrets/b.prm", false),
            ("a.prm", "/dev/zero", false),
            ("a.prm", "sub/b.prm", true),
        ] {
            let place = tempfile::tempdir().unwrap();
            let folder = place.path().join("p");
            for (path, text) in [
                ("p/prm.toml", "[package]\nname = \"p\"\n"),
                ("p/prm.lock", ""),
                ("p/a.prm", "term \"a\" \"one\"\n"),
                ("p/sub/b.prm", "term \"b\" \"two\"\n"),
                ("secret.prm", "TOKEN\n"),
                ("secrets/b.prm", "TOKEN\n"),
            ] {
                fs::create_dir_all(place.path().join(path).parent().unwrap()).unwrap();
                fs::write(place.path().join(path), text).unwrap();
            }
            let files = Swapping { folder: &folder, name, target };
            let compilation = crate::compile(&files, folder.to_str().unwrap());
            assert!(folder.join(name).is_symlink(), "{name} was not swapped");
            assert!(compilation.sources.iter().all(|(_, source)| !source.text.contains("TOKEN")), "{name}");
            assert_eq!(compilation.unreadable.is_empty(), is_read, "{name}: {:?}", compilation.unreadable);
        }
    }

    /// What a file has become since it was looked at; the tests of the command meet that moment by chance alone.
    #[test]
    fn a_pipe_is_opened_at_once_and_is_no_file() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe").to_string_lossy().into_owned();
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let (told, hear) = mpsc::channel();
        std::thread::spawn(move || drop(told.send(without_waiting(&pipe).and_then(|file| file.metadata()))));
        let found = hear.recv_timeout(Duration::from_secs(20)).expect("it waits for who writes").unwrap();
        assert!(!file_or_folder(&found).unwrap());
    }
}
