//! `prm new`.

mod layer;

use std::fs;
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

use super::args::NewArguments;
use super::disk::{self, Disk};
use super::failure::Failure;
use super::{Exit, output, temporary};
use crate::diagnostic::words;
use crate::model::Program;
use crate::package::{self, manifest};
use crate::source::Memory;
use layer::Base;

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
    let base = arguments.from.as_deref().map(|from| base(from, folder, name)).transpose()?;
    let files = match &base {
        Some(base) => layer::files(&Disk, &disk::from_here(&arguments.path), name, base).map_err(|fault| {
            Failure::new(format!("cannot write a layer over `{}`: {fault}", base.package), "nothing was made")
        })?,
        None => vec![
            ("prm.toml".to_owned(), include_str!("new/prm.toml").replace("NAME", name)),
            (format!("{name}.prm"), include_str!("new/model.prm").replace("NAME", name)),
        ],
    };
    create(folder, &files).map_err(|error| {
        Failure::new(
            format!("cannot make `{}`: {}", arguments.path, output::unwritable(&error)),
            "check that the folder above it exists and may be written to",
        )
    })?;
    let over = base.map(|base| format!(", a layer over `{}`", base.package)).unwrap_or_default();
    output::say(format_args!(
        "made the package `{name}`{over}; look at {0}/{name}.prm, then run `prm check {0}`",
        arguments.path
    ));
    Ok(Exit::Fine)
}

/// The folder is made beside its place and then renamed, so that no half of it is ever seen.
fn create(folder: &Path, files: &[(String, String)]) -> io::Result<()> {
    let (temporary, _held) = temporary::folder(above(folder))?;
    for (name, text) in files {
        let mut file = fs::File::create_new(temporary.path().join(name))?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
    }
    let made = temporary.keep();
    open_to_all(&made).and_then(|()| fs::rename(&made, folder)).inspect_err(|_| {
        let _ = fs::remove_dir_all(&made);
    })
}

/// The folder in which another stands.
fn above(folder: &Path) -> &Path {
    folder.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."))
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

/// What `--from` means: a package that comes with the compiler, or one in a folder.
fn base(from: &str, folder: &Path, name: &str) -> Result<Base, Failure> {
    let base = if package::standard_names().contains(&from) {
        let model = model_of_standard(from).ok_or_else(|| no_model(from))?;
        Base { package: from.to_owned(), model, dependency: None }
    } else if Path::new(from).is_dir() {
        base_in_folder(from, folder)?
    } else if Path::new(from).exists() {
        return Err(Failure::new(
            format!("`{from}` is a file, not a package to build on"),
            "a package to build on is a folder with a prm.toml; nothing was made",
        ));
    } else {
        let known = models_of_standard();
        let help = match words::nearest(from, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`? "),
            None => String::new(),
        };
        return Err(Failure::new(
            format!("there is no package `{from}` to build on"),
            format!("{help}`--from` takes {}, or the folder of a package", words::list(&known, "or", 9)),
        ));
    };
    if [&base.package, &base.model].iter().any(|taken| *taken == name) {
        return Err(Failure::new(
            format!("`{name}` is the name of what it is to build on"),
            "choose another name; nothing was made",
        ));
    }
    Ok(base)
}

fn base_in_folder(from: &str, folder: &Path) -> Result<Base, Failure> {
    let compilation = crate::compile(&Disk, &disk::from_here(from));
    if let Some(unreadable) = compilation.unreadable.first() {
        return Err(Failure::unreadable(unreadable));
    }
    if compilation.checked().is_none() {
        return Err(Failure::new(
            format!("the package in `{from}` has errors"),
            format!("nothing was made; `prm check {from}` shows them"),
        ));
    }
    let package = compilation.program.root().map(|package| package.name.clone()).unwrap_or_default();
    let model = model(&compilation.program).ok_or_else(|| no_model(&package))?;
    let path = relative(folder, Path::new(from)).map_err(|error| {
        Failure::new(format!("cannot find the way to `{from}`: {error}"), "check that the folders may be read")
    })?;
    let dependency = Some(manifest::dependency_line(&package, &path));
    Ok(Base { package, model, dependency })
}

fn no_model(package: &str) -> Failure {
    Failure::new(
        format!("`{package}` describes no model to build on"),
        format!("of the standard packages, {} do", words::list(&models_of_standard(), "and", 9)),
    )
}

/// The standard packages that describe a model.
fn models_of_standard() -> Vec<&'static str> {
    package::standard_names().into_iter().filter(|name| model_of_standard(name).is_some()).collect()
}

/// The id of the model of a standard package.
fn model_of_standard(name: &str) -> Option<String> {
    let files = Memory([("user.prm".to_owned(), format!("use {name}\n").into_bytes())].into());
    let program = crate::compile(&files, "user.prm").program;
    let package = program.packages.iter().find(|package| package.name == name)?;
    Some(program.name(package.model.head.as_ref()?.id).to_owned())
}

/// The id of the model of the package asked for.
fn model(program: &Program) -> Option<String> {
    Some(program.name(program.root()?.model.head.as_ref()?.id).to_owned())
}

/// The way from a folder that is yet to be made to another, with `/` between its parts.
fn relative(from: &Path, to: &Path) -> io::Result<String> {
    let from = fs::canonicalize(above(from))?.join(from.file_name().unwrap_or_default());
    let to = fs::canonicalize(to)?;
    let shared = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    let up = from.components().skip(shared).map(|_| Component::ParentDir);
    let way: PathBuf = up.chain(to.components().skip(shared)).collect();
    way.to_str()
        .map(|way| way.replace(std::path::MAIN_SEPARATOR, "/"))
        .ok_or_else(|| io::ErrorKind::InvalidInput.into())
}
