//! `prm new`.

use std::fs;
use std::io;
use std::path::Path;

use super::Exit;
use super::args::NewArguments;
use super::failure::Failure;

/// Makes a package to start from. It compiles, and its comments teach.
pub fn run(arguments: &NewArguments) -> Result<Exit, Failure> {
    let folder = Path::new(&arguments.path);
    let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    if !is_name(name) {
        return Err(Failure::new(
            format!("`{name}` is no name for a package"),
            "a name has letters, digits, `-` and `_`, as in `prm new acme`",
        ));
    }
    if fs::symlink_metadata(folder).is_ok() {
        return Err(Failure::new(
            format!("`{}` is there already", arguments.path),
            "choose another name; nothing was touched",
        ));
    }
    create(folder, name).map_err(|error| {
        Failure::new(
            format!("cannot make `{}`: {error}", arguments.path),
            "check that the folder above it exists and may be written to",
        )
    })?;
    eprintln!("made the package `{name}`; look at {0}/{name}.prm, then run `prm check {0}`", arguments.path);
    Ok(Exit::Fine)
}

/// The folder is made beside its place and then renamed, so that no half of it is ever seen.
fn create(folder: &Path, name: &str) -> io::Result<()> {
    let above = folder.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let temporary = tempfile::Builder::new().prefix(".prm-").tempdir_in(above)?;
    fs::write(temporary.path().join("prm.toml"), include_str!("new/prm.toml").replace("NAME", name))?;
    fs::write(temporary.path().join(format!("{name}.prm")), include_str!("new/model.prm").replace("NAME", name))?;
    let made = temporary.keep();
    open_to_all(&made)?;
    fs::rename(&made, folder).inspect_err(|_| {
        let _ = fs::remove_dir_all(&made);
    })
}

/// Temporary folders are closed to others; a package is not.
#[cfg(unix)]
fn open_to_all(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn open_to_all(_folder: &Path) -> io::Result<()> {
    Ok(())
}

fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        && name.bytes().any(|byte| byte.is_ascii_alphabetic())
}
