//! `prm diff`.

use std::io::IsTerminal;

use super::args::{Color, Diagnostics, DiffArguments, DiffDeny, DiffFormat};
use super::failure::Failure;
use super::{Exit, Run, disk, git, output, terminal};
use crate::compile::{Checked, Compilation};
use crate::diagnostic::Code;
use crate::diff;
use crate::document::markdown::markdown;
use crate::document::{Document, Setting};
use crate::emit::notice::Said;
use crate::emit::{self, assessment, said};

/// Shows what differs between two models.
pub fn run(arguments: &DiffArguments, color: Color) -> Result<Exit, Failure> {
    let old = side(&arguments.old, arguments, color)?;
    let other;
    let new = if arguments.old == arguments.new {
        &old
    } else {
        other = side(&arguments.new, arguments, color)?;
        &other
    };
    let (Some(before), Some(after)) = (old.compilation.checked(), new.compilation.checked()) else {
        return Ok(broken(&old)?.max(broken(new)?));
    };
    [&old, new].iter().for_each(|side| side.say_overlooked());
    if let (Some(first), Some(last)) = (arguments.assessment.first(), arguments.assessment.last()) {
        let read = [&old.compilation, &new.compilation];
        return assessments(arguments, &read, (&before, first), (&after, last));
    }
    let diff = diff::diff(&before, &after);
    let notices = emit::notice::said(&[&before, &after]);
    // Documents speak the language of what is there now.
    let words = emit::said::words(&after);
    let path = arguments.output.as_deref();
    let read = [&old.compilation, &new.compilation];
    match arguments.format {
        DiffFormat::Text => {
            let color = path.is_none() && terminal::stdout_color(color);
            output::write_text(path, &read, &emit::diff::text(&diff, &notices, color), color)?;
        }
        DiffFormat::Markdown => {
            let diff = emit::diff::for_people(&diff, &before, &after);
            let text = emit::diff::markdown(words, &diff, &notices, &arguments.old, &arguments.new);
            output::write(path, &read, |out| out.write_all(text.as_bytes()))?;
        }
        DiffFormat::Json => output::write(path, &read, |out| emit::diff::write_json(&diff, &notices, out))?,
        // Redlines.
        _ => {
            let diff = emit::diff::for_people(&diff, &before, &after);
            let document = emit::diff::redline(words, &diff, &notices, &arguments.old, &arguments.new);
            write_document(arguments, &document, &read)?;
        }
    }
    let counts = diff.counts();
    let is_denied = arguments.deny.iter().any(|denied| match denied {
        DiffDeny::LostCoverage => counts.lost > 0,
        DiffDeny::NewExclusion => counts.excluded > 0,
    });
    let is_told = arguments.exit_code && !diff.is_empty();
    Ok(if is_denied || is_told { Exit::Errors } else { Exit::Fine })
}

/// Writes a document in the form that is asked for, where that is one of a writer.
fn write_document(arguments: &DiffArguments, document: &Document, read: &[&Compilation]) -> Result<(), Failure> {
    let Some(writer) = arguments.format.writer() else { return Ok(()) };
    let path = arguments.output.as_deref();
    if writer.is_binary && path.is_none() && std::io::stdout().is_terminal() {
        return Err(Failure::new(
            format!("a file of the form `{}` is no text for a terminal", writer.name),
            "say where to write it, with `-o FILE`",
        ));
    }
    let bytes = (writer.write)(document, &Setting::default())
        .map_err(|unprintable| Failure::new(unprintable.problem, unprintable.help))?;
    output::write(path, read, |out| out.write_all(&bytes))
}

/// Shows what rose and fell between two assessments.
fn assessments(
    arguments: &DiffArguments,
    read: &[&Compilation],
    (before, first): (&Checked<'_>, &str),
    (after, last): (&Checked<'_>, &str),
) -> Result<Exit, Failure> {
    let pick =
        |input, id| assessment::pick(input, Some(id)).map_err(|refused| Failure::new(refused.problem, refused.help));
    let (old, new) = (pick(before, first)?, pick(after, last)?);
    let Some(diff) = diff::assessments::assessments((before, old.id), (after, new.id)) else { return Ok(Exit::Fine) };
    let told = old.notices().into_iter().map(|told| told.said(before));
    let mut notices: Vec<Said<'_>> = Vec::new();
    for said in told.chain(new.notices().into_iter().map(|told| told.said(after))) {
        if !notices.contains(&said) {
            notices.push(said);
        }
    }
    let path = arguments.output.as_deref();
    let document = || emit::diff::assessments::document(said::words(after), &diff, &notices);
    match arguments.format {
        DiffFormat::Text => output::write_text(path, read, &emit::diff::assessments::text(&diff, &notices), false)?,
        DiffFormat::Markdown => {
            output::write(path, read, |out| out.write_all(markdown(&document()).as_bytes()))?;
        }
        DiffFormat::Json => {
            output::write(path, read, |out| emit::diff::assessments::write_json(&diff, &notices, out))?;
        }
        _ => write_document(arguments, &document(), read)?,
    }
    let is_told = arguments.exit_code && !diff.processes.is_empty();
    Ok(if is_told { Exit::Errors } else { Exit::Fine })
}

fn side(path: &str, arguments: &DiffArguments, color: Color) -> Result<Run, Failure> {
    let options = &Diagnostics { message_format: arguments.message_format, deny: None, pedantic: false };
    // What forbids no output is no matter here.
    let asks = |code: &Code, _| code.forbids_output();
    if git::is_revision(path) {
        let (files, at) = git::open(path)?;
        return Ok(Run::asking(&files, &at, options, color, &asks));
    }
    Ok(Run::asking(&disk::Disk, &disk::from_here(path), options, color, &asks))
}

/// Shows what forbids to compare a side; that a model has gaps is no matter here.
fn broken(run: &Run) -> Result<Exit, Failure> {
    if run.compilation.checked().is_some() {
        return Ok(Exit::Fine);
    }
    let exit = run.report_only(|diagnostic| diagnostic.code.forbids_output())?;
    Ok(exit.max(Exit::Errors))
}
