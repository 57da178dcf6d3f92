//! Diagnostics in `prm.toml` and `prm.lock`, for people.
//!
//! A manifest or a lock file is no `.prm` file, and what is wrong in it should look like what other programs say of their TOML.

use std::fmt;
use std::ops::Range;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan,
    SpanContents,
};

use super::excerpt::{self, Excerpt, Look, Shown};
use super::printable;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Source;

/// Whether a file is a manifest or a lock file.
pub(super) fn is_manifest(source: &Source) -> bool {
    matches!(source.path.rsplit('/').next(), Some(name) if name == "prm.toml" || name.ends_with(".lock"))
}

/// A diagnostic whose primary label is in a manifest, with an empty line after it.
///
/// The library draws one file a report; the other files of the diagnostic get reports without a head.
pub(super) fn report(
    diagnostic: &Diagnostic,
    excerpts: &[Excerpt<'_>],
    page: Option<String>,
    look: Look,
) -> Option<String> {
    let handler = GraphicalReportHandler::new_themed(theme(look)).with_wrap_lines(false);
    let mut text = String::new();
    for (index, excerpt) in excerpts.iter().enumerate() {
        let report = Report { diagnostic, excerpt, is_first: index == 0, is_last: index + 1 == excerpts.len() };
        handler.render_report(&mut text, &report).ok()?;
    }
    for line in excerpt::omission(diagnostic).into_iter().chain(diagnostic.rest()).chain(page) {
        text.push_str(&format!("  {line}\n"));
    }
    text.push('\n');
    Some(text)
}

fn theme(look: Look) -> GraphicalTheme {
    match (look.ascii, look.color) {
        (true, _) => GraphicalTheme::none(),
        (false, true) => GraphicalTheme::unicode(),
        (false, false) => GraphicalTheme::unicode_nocolor(),
    }
}

/// What a diagnostic says of one file.
#[derive(Debug)]
struct Report<'r> {
    diagnostic: &'r Diagnostic,
    excerpt: &'r Excerpt<'r>,
    is_first: bool,
    is_last: bool,
}

impl Report<'_> {
    fn label(&self, index: usize, shown: &Shown<'_>) -> LabeledSpan {
        // In further files the first label stands above the frame, in the place of a message.
        let is_above = !self.is_first && index == 0;
        let text = Some(printable::line(&shown.label.text).into_owned()).filter(|text| !text.is_empty() && !is_above);
        let range = drawable(self.excerpt, &shown.range);
        let span = SourceSpan::from((range.start, range.len()));
        match shown.is_primary {
            true => LabeledSpan::new_primary_with_span(text, span),
            false => LabeledSpan::new_with_span(text, span),
        }
    }
}

/// The range, or its first line where the excerpt leaves out lines within it: the library numbers lines one by one.
fn drawable(excerpt: &Excerpt<'_>, range: &Range<usize>) -> Range<usize> {
    let (first, last) = (excerpt.line_at(range.start), excerpt.line_at(range.end));
    let lines = excerpt.lines.get(first).zip(excerpt.lines.get(last));
    if lines.is_some_and(|(from, to)| to.number - from.number == last - first) {
        return range.clone();
    }
    range.start..excerpt.line_range(first).map_or(range.end, |line| line.end - 1)
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let message = match self.excerpt.labels.first().filter(|_| !self.is_first) {
            Some(shown) if shown.label.text.is_empty() => "also here",
            Some(shown) => &shown.label.text,
            None => &self.diagnostic.message,
        };
        formatter.write_str(&printable::line(message))
    }
}

impl std::error::Error for Report<'_> {}

impl miette::Diagnostic for Report<'_> {
    fn code(&self) -> Option<Box<dyn fmt::Display + '_>> {
        let Diagnostic { code, severity, .. } = self.diagnostic;
        self.is_first.then(|| Box::new(format!("{}[{}]", severity.word(), code.code)) as Box<dyn fmt::Display>)
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.diagnostic.severity {
            _ if !self.is_first => miette::Severity::Advice,
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Hint | Severity::Off => miette::Severity::Advice,
        })
    }

    fn help(&self) -> Option<Box<dyn fmt::Display + '_>> {
        let help = self.diagnostic.help.as_ref().filter(|_| self.is_last)?;
        Some(Box::new(printable::lines(help)))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self.excerpt)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let shown = self.excerpt.labels.iter().enumerate();
        Some(Box::new(shown.map(|(index, shown)| self.label(index, shown))))
    }
}

impl SourceCode for Excerpt<'_> {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let first = self.line_at(span.offset()).saturating_sub(before);
        let last = (self.line_at(span.offset() + span.len()) + after).min(self.lines.len().saturating_sub(1));
        let lines = self.line_range(first).zip(self.line_range(last)).zip(self.lines.get(first));
        let ((start, end), line) = lines.ok_or(MietteError::OutOfBounds)?;
        // Asked without surroundings, it is the head of the frame that wants to know the place in the file.
        let position = self.position(span.offset()).filter(|_| before == 0);
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            &self.text.as_bytes()[start.start..end.end],
            SourceSpan::from((start.start, end.end - start.start)),
            line.number - 1,
            position.map_or(0, |position| position.column - 1),
            1 + last - first,
        )))
    }
}
