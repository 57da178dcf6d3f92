//! `prm import`.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::args::ImportArguments;
use super::disk::Disk;
use super::failure::Failure;
use super::{Exit, output, progress};
use crate::diagnostic::words;
use crate::import::into::{self, Back};
use crate::import::report::Action;
use crate::import::{self, Importer, Known, Mapping, Options, Refused, Wanted};
use crate::render::{MessageFormat, printable};

/// How large a file may be that is read, in bytes.
const MOST_BYTES: u64 = 200 * 1024 * 1024;

/// Reads what others have written.
pub fn run(arguments: &ImportArguments) -> Result<Exit, Failure> {
    if let Some(back) = arguments.form.as_deref().and_then(into::find) {
        return back_into(back, arguments);
    }
    if arguments.into.is_some() || arguments.base.is_some() {
        let names: Vec<&str> = into::ALL.iter().map(|back| back.name).collect();
        return Err(Failure::new(
            "only tables of ours are read back into a package",
            format!(
                "say which with `--as {}`; without `--into` and `--base`, the import is a new source",
                names.join("|")
            ),
        ));
    }
    let importer = importer(arguments)?;
    if let Some(path) = arguments.output.as_deref().filter(|path| std::fs::symlink_metadata(path).is_ok()) {
        return Err(Failure::new(
            format!("`{path}` is there already"),
            "choose another path; an import replaces no file",
        ));
    }
    let options = options(arguments)?;
    let known = known(arguments)?;
    let bytes: Vec<Vec<u8>> = arguments.files.iter().map(|path| read(path)).collect::<Result<_, _>>()?;
    let files: Vec<import::File<'_>> =
        arguments.files.iter().zip(&bytes).map(|(name, bytes)| import::File { name, bytes }).collect();
    let working = progress::start(&format!("reading {}", arguments.files.join(", ")));
    let imported = import::import(importer, &files, &options, &known)
        .map_err(|(at, refused)| unreadable(arguments.files.get(at).map_or("", String::as_str), refused))?;
    drop(working);
    let is_for_machines = matches!(arguments.message_format, MessageFormat::Json);
    if is_for_machines {
        let report = imported.report.json().map_err(|error| Failure::new(error.to_string(), "nothing was written"))?;
        output::stderr(&report);
    } else {
        for line in imported.preview.iter().filter(|_| arguments.dry_run) {
            output::say(printable::line(line));
        }
        for line in imported.report.text().lines().chain(imported.findings.iter().map(String::as_str)) {
            output::say(printable::line(line));
        }
    }
    if imported.text.is_empty() {
        return Err(Failure::new(
            "nothing could be taken",
            "look with `--dry-run` what is taken for what, and name columns with `--map`",
        ));
    }
    if !arguments.dry_run {
        output::write(arguments.output.as_deref(), &[], |out| out.write_all(imported.text.as_bytes()))?;
    }
    let is_less = imported.report.count(Action::LeftOut) > 0;
    Ok(if arguments.strict && is_less { Exit::Errors } else { Exit::Fine })
}

/// Why a file is not read.
pub fn unreadable(name: &str, Refused { problem, help }: Refused) -> Failure {
    Failure::new(format!("cannot read `{name}`: {problem}"), format!("nothing was written; {help}"))
}

/// Reads a table of ours back into the package that it is from.
fn back_into(back: &Back, arguments: &ImportArguments) -> Result<Exit, Failure> {
    let path = arguments.into.as_deref().ok_or_else(|| {
        let help = format!("name it: `prm import {} --as {} --into PATH`", arguments.files.join(" "), back.name);
        Failure::new("a table of ours is read back into a package", help)
    })?;
    if arguments.output.is_some() {
        return Err(Failure::new("what is read back is written where it is from", "leave `--output` away"));
    }
    let options = options(arguments)?;
    let bytes: Vec<Vec<u8>> = arguments.files.iter().map(|path| read(path)).collect::<Result<_, _>>()?;
    let files: Vec<import::File<'_>> =
        arguments.files.iter().zip(&bytes).map(|(name, bytes)| import::File { name, bytes }).collect();
    let options = Options { is_one_of_several: files.len() > 1, ..options };
    let base = arguments.base.as_deref().map(|path| Ok::<_, Failure>((path, read(path)?))).transpose()?;
    let base = base.as_ref().map(|(name, bytes)| import::File { name, bytes });
    let working = progress::start(&format!("reading {}", arguments.files.join(", ")));
    let edited = into::read(back, &files, base.as_ref(), (&Disk, path), &options).map_err(|refused| {
        let Refused { problem, help } = refused;
        Failure::new(
            format!("cannot read `{}` back: {problem}", arguments.files.join("`, `")),
            format!("nothing was written; {help}"),
        )
    })?;
    drop(working);
    if matches!(arguments.message_format, MessageFormat::Json) {
        let report = edited.report.json().map_err(|error| Failure::new(error.to_string(), "nothing was written"))?;
        output::stderr(&report);
    } else {
        edited.report.text().lines().for_each(|line| output::say(printable::line(line)));
    }
    for (path, text) in &edited.files {
        if arguments.dry_run {
            output::say(format_args!("would change `{path}`"));
        } else {
            output::rewrite(path, text)?;
            output::say(format_args!("changed `{path}`"));
        }
    }
    let is_less = edited.report.count(Action::LeftOut) > 0;
    Ok(if edited.conflicts > 0 || arguments.strict && is_less { Exit::Errors } else { Exit::Fine })
}

/// The form that is asked for, or that the names of the files show.
fn importer(arguments: &ImportArguments) -> Result<&'static Importer, Failure> {
    let names: Vec<&str> = import::ALL.iter().map(|importer| importer.name).collect();
    let has = format!("the forms are {}", words::list(&names, "and", 20));
    if let Some(name) = &arguments.form {
        return import::find(name).ok_or_else(|| Failure::new(format!("there is no form `{name}` to import"), has));
    }
    let mut found: Option<&'static Importer> = None;
    for path in &arguments.files {
        let form = import::form(path).ok_or_else(|| {
            let help = match path.to_lowercase().ends_with(".xml") {
                true => "say it with `--as reqif` if it is ReqIF; OSCAL is read as JSON, not as XML".to_owned(),
                false => format!("say it with `--as`; {has}"),
            };
            Failure::new(format!("the name of `{path}` does not show what it is"), help)
        })?;
        if found.is_some_and(|other| other.name != form.name) {
            return Err(Failure::new(
                "the files are of several forms",
                "import each form by itself, or name one with `--as`",
            ));
        }
        found = Some(form);
    }
    found.ok_or_else(|| Failure::new("there is no file to read", has))
}

fn options(arguments: &ImportArguments) -> Result<Options, Failure> {
    let mut mapping = Mapping { relation: arguments.relation.clone(), ..Mapping::default() };
    for pair in &arguments.map {
        let help = || {
            let names: Vec<&str> = import::head_names().collect();
            format!(
                "write `--map NAME=HEAD`, as in `--map outcome=\"Result\"`; the names are {}",
                words::list(&names, "and", 40)
            )
        };
        let (name, head) =
            pair.split_once('=').ok_or_else(|| Failure::new(format!("`--map {pair}` names no column"), help()))?;
        let known = import::head(name.trim())
            .ok_or_else(|| Failure::new(format!("`--map {pair}`: there is no name `{}`", name.trim()), help()))?;
        mapping.heads.push((known, head.to_owned()));
    }
    if let Some(id) = arguments.id.as_deref().filter(|id| !import::is_id(id)) {
        return Err(Failure::new(
            format!("`{id}` is no id"),
            "an id has letters, digits, `-` and `_`, in segments with a dot between them",
        ));
    }
    let wanted = Wanted {
        id: arguments.id.clone(),
        title: arguments.title.clone(),
        covers: arguments.covers.clone(),
        sides: (arguments.from.clone(), arguments.to.clone()),
    };
    Ok(Options { mapping, encoding: arguments.encoding.clone(), wanted, is_one_of_several: false })
}

/// The catalogs of the package that the import is for.
fn known(arguments: &ImportArguments) -> Result<Vec<Known>, Failure> {
    let Some(path) = &arguments.with else { return Ok(Vec::new()) };
    let compilation = crate::compile(&Disk, path);
    if let Some(file) = compilation.unreadable.first() {
        return Err(Failure::unreadable(file));
    }
    Ok(import::known_of(&compilation.program, &compilation.sources))
}

/// The bytes of a file, or of standard input.
pub fn read(path: &str) -> Result<Vec<u8>, Failure> {
    let cannot = |problem: String| {
        Failure::new(format!("cannot read `{path}`: {problem}"), "check the path and its permissions")
    };
    let bounded = |from: &mut dyn Read| -> Result<Vec<u8>, Failure> {
        let mut bytes = Vec::new();
        from.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(|error| cannot(output::unwritable(&error)))?;
        if bytes.len() as u64 > MOST_BYTES {
            return Err(Failure::new(
                format!("cannot read `{path}`: it is larger than 200 MiB"),
                "split it into several files",
            ));
        }
        Ok(bytes)
    };
    if path == "-" {
        return bounded(&mut std::io::stdin().lock());
    }
    let found = std::fs::metadata(Path::new(path)).map_err(|error| cannot(output::unwritable(&error)))?;
    if !found.is_file() {
        return Err(cannot("it is no file".to_owned()));
    }
    bounded(&mut File::open(path).map_err(|error| cannot(output::unwritable(&error)))?)
}
