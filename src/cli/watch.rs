//! `--watch`: again whenever a file changes.
//!
//! The disk is watched for signs only. What counts is what the files say: after a sign the package is compiled, and
//! unless its sources are other than before, nothing more is done. So no change is missed for want of a better sign, and
//! nothing is done over for outputs that are written among the sources.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind};
use notify::{Config, Event, RecommendedWatcher, RecursiveMode, Watcher};

use super::args::{Color, Input};
use super::failure::Failure;
use super::{Exit, Run, conclude, disk, output};
use crate::compile::Compilation;
use crate::diagnostic::{self, Severity};
use crate::package::manifest;
use crate::render::MessageFormat;

/// After a sign, so long nothing may happen before the files are read: programs write in several steps.
const QUIET: Duration = Duration::from_millis(10);
/// Where something happens all the time, files are read after so long all the same.
const PATIENCE: Duration = Duration::from_millis(200);
/// So long after a change the files are read once more, in case it was seen half done.
const SECOND_LOOK: Duration = Duration::from_millis(250);

enum Sign {
    /// Something may have changed.
    Change,
    /// The user has had enough.
    Stop,
}

/// Compiles a package now, and again whenever a file of it changes, until the user stops it or nobody hears it. For programs that read
/// JSON, each round ends with an object that says so, in the stream of the diagnostics: `is_check` says which that is.
pub fn run(
    input: &Input,
    is_check: bool,
    color: Color,
    mut each: impl FnMut(Run) -> Result<Exit, Failure>,
) -> Result<Exit, Failure> {
    let path = disk::from_here(&input.path);
    if !Path::new(&path).exists() {
        return Err(Failure::new(
            format!("there is nothing to watch: `{path}` does not exist"),
            "name a .prm file, or a folder with a prm.toml",
        ));
    }
    let (sender, signs) = mpsc::channel();
    let stop = sender.clone();
    ctrlc::set_handler(move || drop(stop.send(Sign::Stop))).map_err(cannot_watch)?;
    let heard = move |event: notify::Result<Event>| {
        // An error of the watcher is a sign too: something may have been missed.
        if event.map_or(true, |event| is_sign(&event)) {
            let _ = sender.send(Sign::Change);
        }
    };
    // Links lead where nothing is read.
    let watcher = RecommendedWatcher::new(heard, Config::default().with_follow_symlinks(false));
    let mut watched = Watched { watcher: watcher.map_err(cannot_watch)?, places: BTreeMap::new() };
    watched.watch(real(first_places(&path)))?;
    let mut last = None;
    let mut is_settled = true;
    loop {
        let run = Run::new(input, color);
        let sources = fingerprint(&run.compilation);
        // What has begun to be watched only now may have changed before.
        let is_new = watched.watch(real(places(&path, &run.compilation)))?;
        if last != Some(sources) {
            if last.is_some() {
                clear_screen();
            }
            last = Some(sources);
            show(run, input, is_check, color, &mut each);
            if output::is_unheard() {
                return Ok(Exit::Fine);
            }
        }
        if is_new {
            continue;
        }
        match next(&signs, &mut is_settled) {
            Sign::Change => {}
            Sign::Stop => return Ok(Exit::Fine),
        }
    }
}

/// One round, with a last line that says how it goes on.
fn show(run: Run, input: &Input, is_check: bool, color: Color, each: &mut impl FnMut(Run) -> Result<Exit, Failure>) {
    let count = |severity| diagnostic::count(run.shown.iter().filter(|found| found.severity == severity));
    let end = format!(
        "{{\"finished\":true,\"errors\":{},\"warnings\":{}}}\n",
        count(Severity::Error),
        count(Severity::Warning)
    );
    let format = run.format;
    let done = each(run);
    conclude(done, format, color);
    match input.diagnostics.message_format {
        MessageFormat::Json if is_check => {
            conclude(output::stdout(end.as_bytes()).map(|()| Exit::Fine), format, color);
        }
        MessageFormat::Json => output::stderr(&end),
        _ => {}
    }
    output::say(format_args!("watching `{}`; Ctrl-C ends", input.path));
}

/// Waits for the next sign, and until it is quiet.
fn next(signs: &Receiver<Sign>, is_settled: &mut bool) -> Sign {
    let first = if *is_settled {
        signs.recv().map_err(|_| RecvTimeoutError::Disconnected)
    } else {
        signs.recv_timeout(SECOND_LOOK)
    };
    match first {
        Ok(Sign::Change) => *is_settled = false,
        Err(RecvTimeoutError::Timeout) => {
            *is_settled = true;
            return Sign::Change;
        }
        Ok(Sign::Stop) | Err(RecvTimeoutError::Disconnected) => return Sign::Stop,
    }
    let since = Instant::now();
    while since.elapsed() < PATIENCE {
        match signs.recv_timeout(QUIET) {
            Ok(Sign::Change) => {}
            Ok(Sign::Stop) => return Sign::Stop,
            Err(_) => break,
        }
    }
    Sign::Change
}

/// Whether something happened that can concern a package. That a file is read, as is done here, does not.
fn is_sign(event: &Event) -> bool {
    let is_file_of_ours = |path: &PathBuf| {
        let extension = path.extension().and_then(|extension| extension.to_str());
        matches!(extension, Some("prm" | "toml" | "lock"))
    };
    match event.kind {
        _ if event.need_rescan() => true,
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => event.paths.iter().any(is_file_of_ours),
        EventKind::Access(_) => false,
        // Who knows what a name stood for that is gone now.
        EventKind::Create(_) | EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)) => {
            event.paths.iter().any(|path| is_file_of_ours(path) || path.extension().is_none() || !path.is_file())
        }
        _ => event.paths.iter().any(|path| is_file_of_ours(path) || path.is_dir()),
    }
}

/// What the sources say, in a number.
fn fingerprint(compilation: &Compilation) -> u64 {
    let mut hasher = DefaultHasher::new();
    for (_, source) in compilation.sources.iter() {
        (source.display(), &source.text).hash(&mut hasher);
    }
    for unreadable in &compilation.unreadable {
        (&unreadable.path, &unreadable.problem).hash(&mut hasher);
    }
    hasher.finish()
}

/// Folders with how far down they are watched.
type Places = BTreeMap<PathBuf, RecursiveMode>;

struct Watched {
    watcher: RecommendedWatcher,
    /// What is watched, with what tells a folder from another that takes its place.
    places: BTreeMap<PathBuf, (RecursiveMode, Option<u64>)>,
}

impl Watched {
    /// Watches these places and no others; whether one of them was not watched before.
    fn watch(&mut self, wanted: Places) -> Result<bool, Failure> {
        let mut is_new = false;
        let gone: Vec<PathBuf> = self.places.keys().filter(|path| !wanted.contains_key(*path)).cloned().collect();
        for path in gone {
            // It may be gone from the disk as well.
            let _ = self.watcher.unwatch(&path);
            self.places.remove(&path);
        }
        for (path, mode) in wanted {
            let state = (mode, identity(&path));
            if self.places.get(&path) == Some(&state) {
                continue;
            }
            let _ = self.watcher.unwatch(&path);
            self.places.remove(&path);
            match self.watcher.watch(&path, mode) {
                Ok(()) => drop(self.places.insert(path, state)),
                // It has gone this very moment; what stands above it is watched the next time.
                Err(_) if !path.exists() => {}
                Err(error) => return Err(cannot_watch(error)),
            }
            is_new = true;
        }
        Ok(is_new)
    }
}

/// What tells a folder from another that takes its place.
#[cfg(unix)]
fn identity(path: &Path) -> Option<u64> {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(path).ok().map(|metadata| metadata.ino())
}

#[cfg(not(unix))]
fn identity(path: &Path) -> Option<u64> {
    path.exists().then_some(0)
}

/// What is watched before anything is known of the package.
fn first_places(path: &str) -> Places {
    let path = Path::new(path);
    let mut places = Places::new();
    if path.is_dir() {
        add(&mut places, path, RecursiveMode::Recursive);
    } else {
        add(&mut places, path.parent().unwrap_or(path), RecursiveMode::NonRecursive);
    }
    places
}

/// The folders of the package and of those that it uses or wants to use, and where a link given by hand leads.
fn places(path: &str, compilation: &Compilation) -> Places {
    let mut places = first_places(path);
    for (file, source) in compilation.sources.iter().filter(|(_, source)| !source.folder.starts_with('<')) {
        if source.path == "prm.toml" {
            add(&mut places, Path::new(&source.folder), RecursiveMode::Recursive);
            let (manifest, _) = manifest::read(file, &source.text, &source.folder, &[]);
            for dependency in &manifest.dependencies {
                add(&mut places, Path::new(&dependency.folder), RecursiveMode::NonRecursive);
            }
        }
        let display = source.display();
        if std::fs::symlink_metadata(&display).is_ok_and(|metadata| metadata.is_symlink()) {
            let target = std::fs::canonicalize(&display).unwrap_or_default();
            add(&mut places, target.parent().unwrap_or(&target), RecursiveMode::NonRecursive);
        }
    }
    places
}

/// The places by their real paths, without those that stand in a place that is watched as a whole.
fn real(places: Places) -> Places {
    let mut real = Places::new();
    for (path, mode) in places {
        if let Ok(path) = std::fs::canonicalize(path) {
            add(&mut real, &path, mode);
        }
    }
    let whole: Vec<PathBuf> =
        real.iter().filter(|(_, mode)| **mode == RecursiveMode::Recursive).map(|(path, _)| path.clone()).collect();
    real.retain(|path, _| !whole.iter().any(|whole| path != whole && path.starts_with(whole)));
    real
}

/// Adds a folder, or the nearest one above that is there.
fn add(places: &mut Places, folder: &Path, mode: RecursiveMode) {
    let here = Path::new(".");
    let folder = if folder.as_os_str().is_empty() { here } else { folder };
    let found = folder.ancestors().find(|folder| folder.is_dir()).unwrap_or(here);
    let mode = if found == folder { mode } else { RecursiveMode::NonRecursive };
    let entry = places.entry(found.to_owned()).or_insert(mode);
    if mode == RecursiveMode::Recursive {
        *entry = mode;
    }
}

/// Pushes what stands on a terminal up out of sight, where one can still scroll to it.
fn clear_screen() {
    let Some((_, terminal_size::Height(rows))) = terminal_size::terminal_size_of(std::io::stderr()) else { return };
    if std::io::stderr().is_terminal() {
        output::stderr(&format!("{}\x1b[H\x1b[J", "\n".repeat(usize::from(rows))));
    }
}

fn cannot_watch(error: impl std::fmt::Display) -> Failure {
    Failure::new(format!("cannot watch the files: {error}"), "run it without `--watch`, again and again")
}
