//! Diagnostics for people: the source in a frame, what is wrong in it, and what to do.

use std::collections::BTreeSet;

use codespan_reporting::diagnostic::{Diagnostic as Report, Label as Mark, LabelStyle, Severity as Grade};
use codespan_reporting::files::{Error, Files, Location};
use codespan_reporting::term::termcolor::{Ansi, NoColor};
use codespan_reporting::term::{Chars, Config, Styles, StylesWriter, emit_to_write_style};

use super::excerpt::{self, Excerpt, Look, Shown};
#[cfg(feature = "miette")]
use super::manifest;
use super::{printable, short, single};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Sources;
use crate::span::FileId;

/// Diagnostics with an empty line after each.
///
/// The first of each code also says the code's name and how to read about it; the next thousand need not repeat it.
pub(super) fn diagnostics(diagnostics: &[Diagnostic], sources: &Sources, look: Look) -> String {
    let frame = Frame::new(look);
    let mut met = BTreeSet::new();
    let mut text = String::new();
    for diagnostic in diagnostics {
        let page = met.insert(diagnostic.code.code).then(|| page(diagnostic));
        let is_usual = !look.color && !is_in_manifest(diagnostic, sources);
        if is_usual && single::draw(diagnostic, sources, &notes(diagnostic, &page), &frame.config.chars, &mut text) {
            continue;
        }
        // INVARIANT: labels lie inside their excerpts, so both draw; if not, what is wrong is said without a frame.
        let report = frame.report(diagnostic, sources, look, page).unwrap_or_else(|| short::line(diagnostic, sources));
        text.push_str(&if look.color { report } else { trimmed(&report) });
    }
    text
}

/// Whether a finding is about a file that another library draws.
#[cfg(feature = "miette")]
fn is_in_manifest(diagnostic: &Diagnostic, sources: &Sources) -> bool {
    manifest::is_manifest(sources.file(diagnostic.primary.span.file))
}

#[cfg(not(feature = "miette"))]
fn is_in_manifest(_: &Diagnostic, _: &Sources) -> bool {
    false
}

/// The text without white space at the ends of its lines, which frames leave there.
fn trimmed(text: &str) -> String {
    text.lines().flat_map(|line| [line.trim_end(), "\n"]).collect()
}

/// Where to read about a code.
fn page(diagnostic: &Diagnostic) -> String {
    format!("{}: see `prm explain {}`", diagnostic.code.name, diagnostic.code.code)
}

/// How all frames of a run look.
struct Frame {
    config: Config,
    styles: Styles,
    color: bool,
}

impl Frame {
    fn new(look: Look) -> Frame {
        let chars = if look.ascii { Chars::ascii() } else { Chars::box_drawing() };
        Frame { config: Config { chars, ..Config::default() }, styles: Styles::default(), color: look.color }
    }

    /// Draws what the library of the file draws.
    fn report(&self, diagnostic: &Diagnostic, sources: &Sources, look: Look, page: Option<String>) -> Option<String> {
        let excerpts = excerpt::of(diagnostic, sources, look);
        #[cfg(feature = "miette")]
        if is_in_manifest(diagnostic, sources) {
            return manifest::report(diagnostic, &excerpts, page, look);
        }
        let report = report(diagnostic, &excerpts, &page);
        let text = String::from_utf8(self.write(&report, &excerpts).ok()?).ok()?;
        // The library knows no hints; its word for them is the first that it writes.
        Some(if report.severity == Grade::Note { text.replacen("note", "hint", 1) } else { text })
    }

    fn write(&self, report: &Report<FileId>, excerpts: &[Excerpt<'_>]) -> Result<Vec<u8>, Error> {
        let files = Excerpts(excerpts);
        if self.color {
            let mut writer = Ansi::new(Vec::new());
            emit_to_write_style(&mut StylesWriter::new(&mut writer, &self.styles), &self.config, &files, report)?;
            return Ok(writer.into_inner());
        }
        let mut writer = NoColor::new(Vec::new());
        emit_to_write_style(&mut StylesWriter::new(&mut writer, &self.styles), &self.config, &files, report)?;
        Ok(writer.into_inner())
    }
}

/// A diagnostic in the library's terms.
fn report(diagnostic: &Diagnostic, excerpts: &[Excerpt<'_>], page: &Option<String>) -> Report<FileId> {
    let labels = excerpts.iter().flat_map(|excerpt| excerpt.labels.iter().map(|shown| mark(excerpt.file, shown)));
    Report::new(grade(diagnostic.severity))
        .with_code(diagnostic.code.code)
        .with_message(printable::line(&diagnostic.message))
        .with_labels(labels.collect())
        .with_notes(notes(diagnostic, page))
}

/// What stands below the frame.
fn notes(diagnostic: &Diagnostic, page: &Option<String>) -> Vec<String> {
    let help = diagnostic.help.as_ref().map(|help| ["help: ", &printable::lines(help)].concat());
    excerpt::omission(diagnostic).into_iter().chain(help).chain(diagnostic.rest()).chain(page.clone()).collect()
}

fn mark(file: FileId, shown: &Shown<'_>) -> Mark<FileId> {
    let style = if shown.is_primary { LabelStyle::Primary } else { LabelStyle::Secondary };
    Mark::new(style, file, shown.range.clone()).with_message(printable::line(&shown.label.text))
}

fn grade(severity: Severity) -> Grade {
    match severity {
        Severity::Error => Grade::Error,
        Severity::Warning => Grade::Warning,
        Severity::Hint | Severity::Off => Grade::Note,
    }
}

/// What the library asks of files, answered from excerpts.
struct Excerpts<'e>(&'e [Excerpt<'e>]);

impl<'e> Excerpts<'e> {
    fn get(&self, file: FileId) -> Result<&'e Excerpt<'e>, Error> {
        self.0.iter().find(|excerpt| excerpt.file == file).ok_or(Error::FileMissing)
    }
}

impl<'e> Files<'e> for Excerpts<'e> {
    type FileId = FileId;
    type Name = &'e str;
    type Source = &'e str;

    fn name(&'e self, file: FileId) -> Result<&'e str, Error> {
        Ok(&self.get(file)?.name)
    }

    fn source(&'e self, file: FileId) -> Result<&'e str, Error> {
        Ok(&self.get(file)?.text)
    }

    fn line_index(&'e self, file: FileId, offset: usize) -> Result<usize, Error> {
        Ok(self.get(file)?.line_at(offset))
    }

    fn line_number(&'e self, file: FileId, index: usize) -> Result<usize, Error> {
        let lines = &self.get(file)?.lines;
        lines.get(index).map(|line| line.number).ok_or(Error::LineTooLarge { given: index, max: lines.len() })
    }

    fn line_range(&'e self, file: FileId, index: usize) -> Result<std::ops::Range<usize>, Error> {
        let excerpt = self.get(file)?;
        excerpt.line_range(index).ok_or(Error::LineTooLarge { given: index, max: excerpt.lines.len() })
    }

    fn location(&'e self, file: FileId, offset: usize) -> Result<Location, Error> {
        let excerpt = self.get(file)?;
        let position =
            excerpt.position(offset).ok_or(Error::IndexTooLarge { given: offset, max: excerpt.text.len() })?;
        Ok(Location { line_number: position.line, column_number: position.column })
    }
}
