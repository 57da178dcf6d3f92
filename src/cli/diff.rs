//! `prm diff`.

use super::args::{Color, Diagnostics, DiffArguments, DiffDeny, DiffFormat};
use super::failure::Failure;
use super::{Exit, Run, disk, git, output, terminal};
use crate::compile::{Checked, Compilation};
use crate::diff;
use crate::emit::notice::Said;
use crate::emit::{self, assessment};

/// Shows what differs between two models.
pub fn run(arguments: &DiffArguments, color: Color) -> Result<Exit, Failure> {
    let old = side(&arguments.old, arguments, color)?;
    let new = side(&arguments.new, arguments, color)?;
    let (Some(before), Some(after)) = (old.compilation.checked(), new.compilation.checked()) else {
        return Ok(broken(&old)?.max(broken(&new)?));
    };
    [&old, &new].iter().for_each(|side| side.say_overlooked());
    if let (Some(first), Some(last)) = (arguments.assessment.first(), arguments.assessment.last()) {
        let read = [&old.compilation, &new.compilation];
        return assessments(arguments, &read, (&before, first), (&after, last));
    }
    let diff = diff::diff(&before, &after);
    let notices = emit::notice::said(&[&before, &after]);
    let path = arguments.output.as_deref();
    let read = [&old.compilation, &new.compilation];
    match arguments.format {
        DiffFormat::Text => {
            let color = path.is_none() && terminal::stdout_color(color);
            output::write_text(path, &read, &emit::diff::text(&diff, &notices, color), color)?;
        }
        DiffFormat::Markdown => {
            let text = emit::diff::markdown(&diff, &notices, &arguments.old, &arguments.new);
            output::write(path, &read, |out| out.write_all(text.as_bytes()))?;
        }
        DiffFormat::Json => output::write(path, &read, |out| emit::diff::write_json(&diff, &notices, out))?,
    }
    let counts = diff.counts();
    let is_denied = arguments.deny.iter().any(|denied| match denied {
        DiffDeny::LostCoverage => counts.lost > 0,
        DiffDeny::NewExclusion => counts.excluded > 0,
    });
    let is_told = arguments.exit_code && !diff.is_empty();
    Ok(if is_denied || is_told { Exit::Errors } else { Exit::Fine })
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
    let told = old.notices().iter().map(|told| told.said(before)).collect::<Vec<_>>().into_iter();
    let mut notices: Vec<Said<'_>> = Vec::new();
    for said in told.chain(new.notices().iter().map(|told| told.said(after))) {
        if !notices.contains(&said) {
            notices.push(said);
        }
    }
    let path = arguments.output.as_deref();
    match arguments.format {
        DiffFormat::Text => output::write_text(path, read, &emit::diff::assessments::text(&diff, &notices), false)?,
        DiffFormat::Markdown => {
            let text = emit::diff::assessments::markdown(&diff, &notices);
            output::write(path, read, |out| out.write_all(text.as_bytes()))?;
        }
        DiffFormat::Json => {
            output::write(path, read, |out| emit::diff::assessments::write_json(&diff, &notices, out))?;
        }
    }
    let is_told = arguments.exit_code && !diff.processes.is_empty();
    Ok(if is_told { Exit::Errors } else { Exit::Fine })
}

fn side(path: &str, arguments: &DiffArguments, color: Color) -> Result<Run, Failure> {
    let options = &Diagnostics { message_format: arguments.message_format, deny: None, pedantic: false };
    if git::is_revision(path) {
        let (files, at) = git::open(path)?;
        return Ok(Run::with(&files, &at, options, color));
    }
    Ok(Run::with(&disk::Disk, &disk::from_here(path), options, color))
}

/// Shows what forbids to compare a side; that a model has gaps is no matter here.
fn broken(run: &Run) -> Result<Exit, Failure> {
    if run.compilation.checked().is_some() {
        return Ok(Exit::Fine);
    }
    let exit = run.report_only(|diagnostic| diagnostic.code.forbids_output())?;
    Ok(exit.max(Exit::Errors))
}
