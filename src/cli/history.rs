//! `prm history`.

use std::io::IsTerminal;

use super::args::{Color, Diagnostics, HistoryArguments};
use super::failure::Failure;
use super::{Exit, Run, git, output};
use crate::diff;
use crate::document::Setting;
use crate::document::words::EN;
use crate::emit::{self, diff::Release};

/// Shows what changed from release to release.
pub fn run(arguments: &HistoryArguments, color: Color) -> Result<Exit, Failure> {
    let Some((from, to)) = arguments.releases.split_once("..").filter(|(from, to)| is_named(from) && is_named(to))
    else {
        return Err(Failure::new(
            format!("`{}` names no two releases", arguments.releases),
            "write two tags or other revisions, as in `v1.0..v2.0`",
        ));
    };
    let writer = arguments.format.writer();
    if writer.is_binary && arguments.output.is_none() && std::io::stdout().is_terminal() {
        return Err(Failure::new(
            format!("a file of the form `{}` is no text for a terminal", writer.name),
            "say where to write it, with `-o FILE`",
        ));
    }
    let names = git::tags(from, to, &arguments.releases)?;
    if names.is_empty() {
        return Err(Failure::new(
            format!("`{to}` has nothing that `{from}` has not"),
            "the older release stands before the two points",
        ));
    }
    let mut before = opened(arguments, from, color)?;
    let mut releases = Vec::new();
    for name in names {
        let told = match opened(arguments, &name, color) {
            Err(failure) => Err(failure.to_string()),
            Ok(run) => {
                let told = compared(&before, &run);
                // What cannot be shown is nothing to compare the next one with.
                if run.compilation.checked().is_some() {
                    before = run;
                }
                told
            }
        };
        releases.push(Release { name, told });
    }
    let Some(last) = before.compilation.checked() else {
        return Err(Failure::new(
            format!("none of the releases of `{}` can be shown", arguments.releases),
            "`prm check` says what is wrong with a model",
        ));
    };
    let document = emit::diff::history(emit::said::words(&last), &releases, &emit::notice::said(&[&last]), from, to);
    let bytes = (writer.write)(&document, &Setting::default())
        .map_err(|unprintable| Failure::new(unprintable.problem, unprintable.help))?;
    output::write(arguments.output.as_deref(), &[&before.compilation], |out| out.write_all(&bytes))?;
    Ok(Exit::Fine)
}

fn is_named(revision: &str) -> bool {
    !revision.is_empty() && !revision.starts_with(['-', '.']) && !revision.contains(':')
}

/// The model as it was at a revision.
fn opened(arguments: &HistoryArguments, revision: &str, color: Color) -> Result<Run, Failure> {
    let options = Diagnostics { message_format: arguments.message_format, deny: None, pedantic: false };
    let (files, at) = git::open(&format!("{revision}:{}", arguments.path))?;
    Ok(Run::with(&files, &at, &options, color))
}

/// What differs, or why that cannot be told.
fn compared(before: &Run, after: &Run) -> Result<diff::Diff, String> {
    let spoken = [after, before].into_iter().find_map(|run| Some(emit::said::words(&run.compilation.checked()?)));
    let words = spoken.unwrap_or(&EN);
    match (before.compilation.checked(), after.compilation.checked()) {
        (Some(old), Some(new)) => Ok(emit::diff::for_people(&diff::diff(&old, &new), &old, &new)),
        (_, None) => Err(words.differences.release_broken.to_owned()),
        (None, _) => Err(words.differences.release_incomparable.to_owned()),
    }
}
