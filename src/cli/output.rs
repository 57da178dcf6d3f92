//! Where results go: standard output, or a file that is written beside its place and then renamed.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::failure::Failure;
use crate::emit::output::Artifact;

/// Writes a result to a path, or to standard output. On a failure nothing is left behind.
pub fn write(path: Option<&str>, content: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    match path {
        Some(path) => to_file(path, content),
        None => {
            let mut out = BufWriter::new(io::stdout().lock());
            match content(&mut out).and_then(|()| out.flush()) {
                // Whoever reads has seen enough.
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
                Err(error) => Err(Failure::new(
                    format!("cannot write to standard output: {error}"),
                    "check where it is redirected to",
                )),
                Ok(()) => Ok(()),
            }
        }
    }
}

/// Outputs that are written beside their places, and put there when all of them are.
#[derive(Default)]
pub struct Staged {
    files: Vec<(NamedTempFile, PathBuf)>,
}

impl Staged {
    /// Takes in the files of an output that goes to a path; without one, the output itself goes to standard output.
    pub fn add(&mut self, path: Option<&str>, artifacts: Vec<Artifact<'_>>) -> Result<(), Failure> {
        for Artifact { path: inside, write: content } in artifacts {
            let Some(path) = path else {
                if inside.is_empty() {
                    write(None, content)?;
                }
                continue;
            };
            let folder = Path::new(path).parent().unwrap_or(Path::new(""));
            let place = if inside.is_empty() { PathBuf::from(path) } else { folder.join(&inside) };
            self.files.extend(beside(&place, content).map_err(|error| cannot_write(&place, &error))?);
        }
        Ok(())
    }

    /// Puts all of them in their places.
    pub fn commit(self) -> Result<(), Failure> {
        for (file, place) in self.files {
            file.persist(&place).map_err(|error| cannot_write(&place, &error.error))?;
        }
        Ok(())
    }
}

/// Prints to standard output; a closed pipe is no failure.
pub fn stdout(bytes: &[u8]) {
    let _ = io::stdout().lock().write_all(bytes);
}

fn to_file(path: &str, content: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    write_beside(Path::new(path), content).map_err(|error| cannot_write(Path::new(path), &error))
}

fn cannot_write(path: &Path, error: &io::Error) -> Failure {
    let problem = match error.kind() {
        io::ErrorKind::NotFound => "its folder does not exist".to_owned(),
        io::ErrorKind::PermissionDenied => "it may not be written by this user".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => error.to_string(),
    };
    let message = format!("cannot write `{}`: {problem}", path.display());
    Failure::new(message, "nothing was written; choose another path with `-o`")
}

/// Writes a file beside its place, then puts it there.
pub fn write_beside(path: &Path, content: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    if let Some((file, target)) = beside(path, content)? {
        file.persist(&target).map_err(|error| error.error)?;
    }
    Ok(())
}

/// A file that is written beside the place to which it is to be renamed; `None` where it is written already.
fn beside(
    path: &Path,
    content: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<Option<(NamedTempFile, PathBuf)>> {
    // A link is written through; a device, such as /dev/stdout, has nothing beside it.
    let target: PathBuf = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    match fs::metadata(&target) {
        Ok(metadata) if metadata.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
        // Renaming would get round it.
        Ok(metadata) if metadata.permissions().readonly() => return Err(io::ErrorKind::PermissionDenied.into()),
        Ok(metadata) if !metadata.is_file() => {
            let mut out = BufWriter::new(fs::OpenOptions::new().write(true).open(&target)?);
            return content(&mut out).and_then(|()| out.flush()).map(|()| None);
        }
        _ => {}
    }
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".prm-");
    permissions(&mut builder, &target);
    let file = builder.tempfile_in(folder)?;
    let mut out = BufWriter::new(file);
    content(&mut out)?;
    let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    Ok(Some((file, target)))
}

/// The permissions of the file that is replaced, or those of any new file.
#[cfg(unix)]
fn permissions(builder: &mut tempfile::Builder<'_, '_>, target: &Path) {
    use std::os::unix::fs::PermissionsExt;
    let old = fs::metadata(target).ok().map(|metadata| metadata.permissions());
    builder.permissions(old.unwrap_or_else(|| fs::Permissions::from_mode(0o666)));
}

#[cfg(not(unix))]
fn permissions(_builder: &mut tempfile::Builder<'_, '_>, _target: &Path) {}
