//! Where results go: standard output and error, or files that are written beside their places and then renamed.
//!
//! What cannot be written is a failure, never a panic; that whoever reads has gone is none.

use std::error::Error;
use std::fmt::Display;
use std::fs;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use tempfile::{NamedTempFile, TempPath};

use super::disk::{Disk, real};
use super::failure::Failure;
use super::temporary;
use crate::compile::Compilation;
use crate::diagnostic::words;
use crate::emit::output::Artifact;
use crate::package::gate::{Gate, Refusal};
use crate::render::printable;
use crate::source::Sources;

/// Writes the result of a command to a path, or to standard output. It takes the place of nothing that was read; on a
/// failure nothing is left behind.
pub fn write(
    path: Option<&str>,
    read: &[&Compilation],
    content: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    let Some(path) = path else { return to_standard_output(content) };
    read.iter().try_for_each(|compilation| may_replace(path, compilation, false))?;
    may_stand(path, &Gate::new(&Disk, &Sources::default(), None), false)?;
    to_file(Path::new(path), false, content)
}

/// Writes somebody's source or lock anew; it is on the disk before it takes the old one's place.
pub fn rewrite(path: &str, text: &str) -> Result<(), Failure> {
    let written = to_file(Path::new(path), true, |out| out.write_all(text.as_bytes()));
    written.map_err(|failure| failure.with_help("nothing was written; what stands there is as it was"))
}

/// Whether the one who runs the command may have an output at a path; with `keeps_edits` it is one that keeps what the
/// authors of a source wrote.
pub fn may_replace(path: &str, compilation: &Compilation, keeps_edits: bool) -> Result<(), Failure> {
    may_stand(path, &Gate::new(&Disk, &compilation.sources, compilation.other_files()), keeps_edits)
}

fn may_stand(path: &str, gate: &Gate<'_>, keeps_edits: bool) -> Result<(), Failure> {
    let is_source = |name: &str| name.to_lowercase().ends_with(".prm");
    let name = match gate.refuses(path) {
        Some(Refusal::Source(name, _)) if !keeps_edits || !is_source(&name) => name,
        // Of a package that was not read, and somebody's all the same.
        None if !keeps_edits && is_source(path) && Path::new(path).is_file() => path.to_owned(),
        _ => return Ok(()),
    };
    Err(Failure::new(
        format!("`{path}` would take the place of `{name}`"),
        "nothing was written; choose another path: no output replaces a source, a manifest or a lock",
    ))
}

/// The way from the folder of an output to another, with `/` behind each step; empty where they are one.
pub fn way(path: &str, folder: &str) -> String {
    let from = real(Path::new(path));
    let to = real(Path::new(if folder.is_empty() { "." } else { folder }));
    let from: Vec<_> = from.parent().into_iter().flat_map(Path::components).collect();
    let to: Vec<_> = to.components().collect();
    let shared = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
    let up = std::iter::repeat_n("..".into(), from.len() - shared);
    let down = to.iter().skip(shared).map(|part| part.as_os_str().to_string_lossy());
    up.chain(down).map(|step: std::borrow::Cow<'_, str>| format!("{step}/")).collect()
}

/// Prints to standard output; a closed pipe is no failure.
pub fn stdout(bytes: &[u8]) -> Result<(), Failure> {
    to_standard_output(|out| out.write_all(bytes))
}

/// Whether something was said on standard error that is lost, though somebody may be reading.
static IS_LOST: AtomicBool = AtomicBool::new(false);

/// Whether whoever read has gone.
static IS_LEFT: AtomicBool = AtomicBool::new(false);

/// Says something on standard error, as it stands. What cannot be said anywhere is known by [`is_lost`].
pub fn stderr(text: &str) {
    let mut out = io::stderr().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => IS_LEFT.store(true, Ordering::Relaxed),
        Err(_) => IS_LOST.store(true, Ordering::Relaxed),
        Ok(()) => {}
    }
}

/// Says a line on standard error; whatever stands in it, it is one line, and does nothing.
pub fn say(line: impl Display) {
    stderr(&format!("{}\n", printable::no_command(&printable::line(&line.to_string()))));
}

/// Writes a result for people: what stands in it does nothing where it is shown.
pub fn write_text(path: Option<&str>, read: &[&Compilation], text: &str, is_painted: bool) -> Result<(), Failure> {
    let text = printable::result(text, is_painted);
    match path {
        None => print(|out| out.write_all(text.as_bytes())),
        Some(_) => write(path, read, |out| out.write_all(text.as_bytes())),
    }
}

/// What is to be said on standard error when it is known how the run ends.
static HELD: Mutex<Option<String>> = Mutex::new(None);

/// Keeps something for the end; what was kept before is said now.
pub fn hold(text: String) {
    let before = HELD.lock().unwrap_or_else(PoisonError::into_inner).replace(text);
    stderr(&before.unwrap_or_default());
}

/// What was kept for the end.
pub fn held() -> Option<String> {
    HELD.lock().unwrap_or_else(PoisonError::into_inner).take()
}

/// Whether standard error could not be written.
pub fn is_lost() -> bool {
    IS_LOST.load(Ordering::Relaxed)
}

/// Whether nobody hears what is said any more.
pub fn is_unheard() -> bool {
    is_lost() || IS_LEFT.load(Ordering::Relaxed)
}

/// What is made for programs goes out as it is, unless it is shown on a terminal.
fn to_standard_output(content: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    if !io::stdout().is_terminal() {
        return print(content);
    }
    print(|out| {
        let mut bytes = Vec::new();
        content(&mut bytes)?;
        out.write_all(printable::result(&String::from_utf8_lossy(&bytes), false).as_bytes())
    })
}

fn print(content: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    let mut out = BufWriter::new(io::stdout().lock());
    match content(&mut out).and_then(|()| out.flush()) {
        // Whoever reads has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
            IS_LEFT.store(true, Ordering::Relaxed);
            Ok(())
        }
        Err(error) => {
            Err(Failure::new(format!("cannot write to standard output: {error}"), "check where it is redirected to"))
        }
        Ok(()) => Ok(()),
    }
}

fn to_file(
    path: &Path,
    is_source: bool,
    content: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    let mut staged = Staged::default();
    staged.file(path, is_source, content).map_err(|error| cannot_write(path, &error))?;
    staged.commit()
}

/// Why something could not be written, in an author's words.
pub fn unwritable(error: &io::Error) -> String {
    let words = match error.kind() {
        io::ErrorKind::NotFound => "its folder does not exist",
        io::ErrorKind::PermissionDenied => "it may not be written by this user",
        io::ErrorKind::IsADirectory => "it is a folder",
        io::ErrorKind::StorageFull => "the disk is full",
        io::ErrorKind::QuotaExceeded => "this user's share of the disk is full",
        io::ErrorKind::FileTooLarge => "it would be larger than a file may be here",
        io::ErrorKind::ReadOnlyFilesystem => "the disk can only be read",
        // What the system says, without the name of the temporary file.
        _ => return error.source().map_or_else(|| error.to_string(), ToString::to_string),
    };
    words.to_owned()
}

/// Whether a place is that of a device, a pipe or a socket.
fn is_special(place: &Path) -> bool {
    fs::metadata(place).is_ok_and(|found| !found.is_file() && !found.is_dir())
}

fn cannot_write(path: &Path, error: &io::Error) -> Failure {
    let message = format!("cannot write `{}`: {}", path.display(), unwritable(error));
    Failure::new(message, "nothing was written; choose another path with `-o`")
}

/// Writes a file of the program's own beside its place, then puts it there.
#[cfg(feature = "lsp")]
pub fn write_beside(path: &Path, text: &str) -> io::Result<()> {
    let mut staged = Staged::default();
    staged.file(path, false, |out| out.write_all(text.as_bytes()))?;
    staged.rename().map_err(|(_, error)| error)
}

/// Files that are written beside their places, and put there when all of them are. Dropped before, they leave nothing.
#[derive(Default)]
pub struct Staged {
    files: Vec<Waiting>,
    /// The folders that were made for them, the outermost first.
    folders: Vec<PathBuf>,
}

/// A file beside its place.
struct Waiting {
    file: NamedTempFile,
    place: PathBuf,
    is_source: bool,
}

/// Where the files of an output go.
#[derive(Clone, Copy)]
pub enum Target<'a> {
    /// The output itself to standard output, and nothing else.
    StandardOutput,
    /// Where the one who runs the command says.
    Path(&'a str),
    /// Where a manifest says; its folder, and a path below it. Folders are made.
    Below(&'a str, &'a str),
}

impl Staged {
    /// Takes in the files of an output, whose own place is known to be free; `is_source` says whether it is somebody's
    /// source.
    pub fn add(
        &mut self,
        target: Target<'_>,
        is_source: bool,
        compilation: &Compilation,
        artifacts: Vec<Artifact<'_>>,
    ) -> Result<(), Failure> {
        let mut left_out: Vec<String> = Vec::new();
        for Artifact { path: beside, write } in artifacts {
            let inside = |path: &str| match path.rsplit_once('/') {
                _ if beside.is_empty() => path.to_owned(),
                Some((folder, _)) => format!("{folder}/{beside}"),
                None => beside.clone(),
            };
            let place = match target {
                Target::StandardOutput if beside.is_empty() => {
                    to_standard_output(write)?;
                    continue;
                }
                Target::StandardOutput => {
                    left_out.push(beside);
                    continue;
                }
                // A device has nothing beside it either.
                Target::Path(path) if !beside.is_empty() && is_special(Path::new(path)) => {
                    left_out.push(beside);
                    continue;
                }
                Target::Path(path) => {
                    let place = PathBuf::from(inside(path));
                    if !beside.is_empty() {
                        may_replace(&inside(path), compilation, is_source)?;
                        self.folders_of(&place)?;
                    }
                    place
                }
                Target::Below(folder, path) => self.below(folder, &inside(path), compilation)?,
            };
            self.file(&place, is_source, write).map_err(|error| cannot_write(&place, &error))?;
        }
        if !left_out.is_empty() {
            let (named, is) = (words::list(&left_out, "and", 3), if left_out.len() == 1 { "is" } else { "are" });
            say(format!("{named} {is} not written: pictures stand beside a file, which `-o` names"));
        }
        Ok(())
    }

    /// A place below a package, in folders that are made where they are missing.
    fn below(&mut self, folder: &str, path: &str, compilation: &Compilation) -> Result<PathBuf, Failure> {
        let place = Path::new(folder).join(path);
        let gate = Gate::new(&Disk, &compilation.sources, compilation.other_files());
        if is_special(&place) || gate.refuses_below(folder, path).is_some() {
            return Err(Failure::new(
                format!("`{}` is no place for an output", place.display()),
                "nothing was written; name a file of its own below the folder of prm.toml",
            ));
        }
        self.folders_of(&place)?;
        Ok(place)
    }

    /// Makes the folders of a place that are missing.
    fn folders_of(&mut self, place: &Path) -> Result<(), Failure> {
        let missing: Vec<PathBuf> = match real(place).parent() {
            Some(folder) => folder.ancestors().take_while(|folder| !folder.exists()).map(Path::to_owned).collect(),
            None => Vec::new(),
        };
        for folder in missing.into_iter().rev() {
            match fs::create_dir(&folder) {
                Ok(()) => self.folders.push(folder),
                // Another run was faster.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(cannot_write(&folder, &error)),
            }
        }
        Ok(())
    }

    /// Writes a file beside its place; a device, such as /dev/stdout, has nothing beside it, and is written at once.
    fn file(
        &mut self,
        path: &Path,
        is_source: bool,
        content: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        // What ends in a slash is meant as a folder.
        if path.as_os_str().to_string_lossy().ends_with(std::path::is_separator) {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        // A link is written through.
        let place = real(path);
        match fs::metadata(&place) {
            Ok(found) if found.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
            // Renaming would get round it.
            Ok(found) if found.permissions().readonly() => return Err(io::ErrorKind::PermissionDenied.into()),
            Ok(found) if !found.is_file() => {
                let mut out = BufWriter::new(special(&place)?);
                let written = content(&mut out).and_then(|()| out.flush());
                return written.or_else(|error| match error.kind() {
                    io::ErrorKind::BrokenPipe => Ok(()),
                    _ => Err(error),
                });
            }
            _ => {}
        }
        let mut out = BufWriter::new(temporary::file(&place)?);
        content(&mut out)?;
        let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        if is_source {
            file.as_file().sync_all()?;
        }
        self.files.push(Waiting { file, place, is_source });
        Ok(())
    }

    /// Puts all files in their places, or none.
    pub fn commit(self) -> Result<(), Failure> {
        self.rename().map_err(|(place, error)| cannot_write(&place, &error))
    }

    fn rename(mut self) -> Result<(), (PathBuf, io::Error)> {
        let files = std::mem::take(&mut self.files);
        let is_alone = files.len() == 1;
        let mut done: Vec<(PathBuf, Option<TempPath>)> = Vec::new();
        for Waiting { file, place, is_source } in files {
            let old = if is_alone { None } else { temporary::second_name(&place) };
            if let Err(error) = file.persist(&place) {
                done.into_iter().rev().for_each(undo);
                return Err((place, error.error));
            }
            if is_source {
                temporary::sync_folder(&place);
            }
            done.push((place, old));
        }
        self.folders.clear();
        Ok(())
    }
}

/// Opens a pipe or a device. A pipe is not waited for longer than whoever reads may need to start.
fn special(place: &Path) -> io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    if fs::metadata(place).is_ok_and(|found| std::os::unix::fs::FileTypeExt::is_fifo(&found.file_type())) {
        std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, libc::O_NONBLOCK);
        let nobody = |error: &io::Error| error.raw_os_error() == Some(libc::ENXIO);
        let mut opened = options.open(place);
        for _ in 0..READER_TENTHS {
            if !opened.as_ref().is_err_and(nobody) {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(100));
            opened = options.open(place);
        }
        let pipe = opened.map_err(|error| if nobody(&error) { io::Error::other("nobody reads it") } else { error })?;
        // From here on it is written as fast as it is read.
        rustix::fs::fcntl_setfl(&pipe, rustix::fs::OFlags::empty())?;
        return Ok(pipe);
    }
    options.open(place)
}

/// So many tenths of a second.
#[cfg(unix)]
const READER_TENTHS: u32 = 20;

/// Takes a file away again, and puts the one back whose place it took.
fn undo((place, old): (PathBuf, Option<TempPath>)) {
    // Where even this fails, the failure that is told is the first one.
    let _ = match old {
        Some(old) => old.persist(&place).map_err(|error| error.error),
        None => fs::remove_file(&place),
    };
}

impl Drop for Staged {
    fn drop(&mut self) {
        self.files.clear();
        for folder in self.folders.drain(..).rev() {
            // Only where nothing else has come into it.
            let _ = fs::remove_dir(folder);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two outputs, of which the second finds a folder in its place when it is too late.
    #[test]
    fn all_or_none() {
        let folder = tempfile::tempdir().unwrap();
        let (one, other) = (folder.path().join("one"), folder.path().join("other"));
        for is_there in [true, false] {
            if is_there {
                fs::write(&one, "old").unwrap();
            }
            let mut staged = Staged::default();
            for place in [&one, &other] {
                staged.file(place, false, |out| out.write_all(b"new")).unwrap();
            }
            fs::create_dir(&other).unwrap();
            assert!(staged.commit().is_err());
            assert_eq!(fs::read_to_string(&one).ok().as_deref(), is_there.then_some("old"));
            assert_eq!(folder.path().read_dir().unwrap().count(), if is_there { 2 } else { 1 });
            fs::remove_dir(&other).unwrap();
            let _ = fs::remove_file(&one);
        }
    }
}
