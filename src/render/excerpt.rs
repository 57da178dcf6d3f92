//! The lines of source that a diagnostic is about, cut and cleaned until they are fit to print.
//!
//! Frames are drawn around an excerpt, never around the whole text: so a diagnostic costs the few lines that it shows,
//! whatever the size of the file, the length of its lines or the reach of its labels.

use std::collections::BTreeSet;
use std::ops::Range;

use super::printable;
use crate::diagnostic::{Diagnostic, Label, words};
use crate::source::lines::Position;
use crate::source::{Source, Sources};
use crate::span::FileId;

/// Labels beyond the primary one that are shown; a frame with hundreds shows nothing.
const MOST_LABELS: usize = 12;

/// Lines of more characters are cut.
pub(super) const LONGEST_LINE: usize = 400;

/// What remains of a cut line on both sides of where a label begins or ends, in characters.
const SURROUNDINGS: usize = 60;

/// How frames look.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    /// Without box characters.
    pub ascii: bool,
    /// With escape sequences for colour.
    pub color: bool,
}

/// Lines of one file and the labels in them.
#[derive(Debug)]
pub(super) struct Excerpt<'a> {
    pub file: FileId,
    /// The file, as diagnostics name it.
    pub name: String,
    /// The lines, each with a line break.
    pub text: String,
    pub lines: Vec<Line>,
    pub labels: Vec<Shown<'a>>,
}

/// A line of an excerpt.
#[derive(Debug)]
pub(super) struct Line {
    /// Its number in the file.
    pub number: usize,
    /// Where it starts in the excerpt.
    pub start: usize,
}

/// A label in an excerpt.
#[derive(Debug)]
pub(super) struct Shown<'a> {
    pub label: &'a Label,
    pub is_primary: bool,
    /// Its bytes in the excerpt.
    pub range: Range<usize>,
    /// Where it starts in the file.
    pub position: Position,
}

/// The excerpts that show a diagnostic, that of its primary label first.
pub(super) fn of<'a>(diagnostic: &'a Diagnostic, sources: &Sources, look: Look) -> Vec<Excerpt<'a>> {
    let labels: Vec<_> = labels(diagnostic).collect();
    let mut files = Vec::new();
    for (label, _) in &labels {
        if !files.contains(&label.span.file) {
            files.push(label.span.file);
        }
    }
    let here = |file| labels.iter().copied().filter(move |(label, _)| label.span.file == file).collect();
    files.into_iter().map(|file| Excerpt::new(file, sources.file(file), here(file), look)).collect()
}

/// The labels that are shown, the primary one first, each with whether it is that.
pub(super) fn labels(diagnostic: &Diagnostic) -> impl Iterator<Item = (&Label, bool)> {
    let secondary = diagnostic.secondary.iter().take(MOST_LABELS).map(|label| (label, false));
    std::iter::once((&diagnostic.primary, true)).chain(secondary)
}

/// A word on the places of a diagnostic that its excerpts leave out.
pub(super) fn omission(diagnostic: &Diagnostic) -> Option<String> {
    let omitted = diagnostic.secondary.len().saturating_sub(MOST_LABELS);
    (omitted > 0).then(|| format!("and {} more", words::count(omitted, "place")))
}

impl<'a> Excerpt<'a> {
    fn new(file: FileId, source: &Source, labels: Vec<(&'a Label, bool)>, look: Look) -> Excerpt<'a> {
        let ranges: Vec<_> = labels.iter().map(|(label, _)| clip(&source.text, label.span.range())).collect();
        let mut cut = Cut::new(&source.text, &ranges, look);
        let lines = numbers(source, &ranges)
            .into_iter()
            .map(|number| Line { number, start: cut.add(source.line_range(number)) })
            .collect();
        let shown = labels.into_iter().zip(ranges).map(|((label, is_primary), range)| Shown {
            label,
            is_primary,
            position: source.position(range.start),
            range: cut.offset(range.start)..cut.offset(range.end),
        });
        let labels = shown.collect();
        Excerpt { file, name: printable::line(&source.display()).into_owned(), text: cut.excerpt, lines, labels }
    }

    /// The line, by its place in the excerpt, that holds a byte of the excerpt.
    pub fn line_at(&self, offset: usize) -> usize {
        self.lines.partition_point(|line| line.start <= offset).saturating_sub(1)
    }

    /// The bytes of a line of the excerpt, with its line break.
    pub fn line_range(&self, index: usize) -> Option<Range<usize>> {
        let line = self.lines.get(index)?;
        Some(line.start..self.lines.get(index + 1).map_or(self.text.len(), |next| next.start))
    }

    /// Where in the file the label stands that starts at a byte of the excerpt.
    pub fn position(&self, offset: usize) -> Option<Position> {
        self.labels.iter().find(|shown| shown.range.start == offset).map(|shown| shown.position)
    }
}

/// A range that is inside the text, and ends with the last line that it covers, not behind that line's break.
pub(super) fn clip(text: &str, range: Range<usize>) -> Range<usize> {
    let end = text.floor_char_boundary(range.end);
    let start = text.floor_char_boundary(range.start).min(end);
    start..start + text[start..end].trim_end_matches(['\n', '\r']).len()
}

/// The lines to show: where labels begin and end, with a neighbour on either side.
///
/// The frames leave out the middle of a long label themselves, and must find more lines there than they want to show.
fn numbers(source: &Source, ranges: &[Range<usize>]) -> BTreeSet<usize> {
    // Behind the last line break there is no line to be a neighbour.
    let end = source.line_count() - usize::from(source.text.ends_with('\n'));
    let mut numbers = BTreeSet::new();
    for range in ranges {
        let first = source.line(range.start);
        let last = source.line(range.end);
        numbers.extend(first.saturating_sub(1).max(1)..=last.min(first + 4));
        numbers.extend(first.max(last.saturating_sub(2))..=last.max(end.min(last + 1)));
    }
    numbers
}

/// An excerpt in the making.
struct Cut<'t> {
    text: &'t str,
    /// Where labels begin and end, in order.
    points: Vec<usize>,
    mark: &'static str,
    excerpt: String,
    /// What was taken over from the text, and where it stands in the excerpt.
    pieces: Vec<(Range<usize>, usize)>,
}

impl<'t> Cut<'t> {
    fn new(text: &'t str, ranges: &[Range<usize>], look: Look) -> Cut<'t> {
        let mut points: Vec<usize> = ranges.iter().flat_map(|range| [range.start, range.end]).collect();
        points.sort_unstable();
        let mark = if look.ascii { "..." } else { "…" };
        Cut { text, points, mark, excerpt: String::new(), pieces: Vec::new() }
    }

    /// Takes over a line and says where in the excerpt it starts.
    fn add(&mut self, line: Range<usize>) -> usize {
        let start = self.excerpt.len();
        let mut at = line.start;
        for window in self.windows(&line) {
            self.mark_gap(at, window.start);
            at = window.end;
            self.pieces.push((window.clone(), self.excerpt.len()));
            self.excerpt.push_str(&printable::source(&self.text[window]));
        }
        self.mark_gap(at, line.end);
        self.excerpt.push('\n');
        start
    }

    fn mark_gap(&mut self, from: usize, to: usize) {
        if from < to {
            self.excerpt.push_str(self.mark);
        }
    }

    /// The parts of a line to show: all of it, or what is near to the labels' ends.
    fn windows(&self, line: &Range<usize>) -> Vec<Range<usize>> {
        if self.text[line.clone()].chars().nth(LONGEST_LINE).is_none() {
            return vec![line.clone()];
        }
        let mut points = self.points.iter().copied().filter(|point| (line.start..=line.end).contains(point)).peekable();
        let lonely = points.peek().is_none().then_some(line.start);
        let mut windows: Vec<Range<usize>> = Vec::new();
        for window in lonely.into_iter().chain(points).map(|point| self.around(point, line)) {
            match windows.last_mut() {
                Some(last) if window.start <= last.end => last.end = window.end,
                _ => windows.push(window),
            }
        }
        windows
    }

    fn around(&self, point: usize, line: &Range<usize>) -> Range<usize> {
        let before = self.text[line.start..point].char_indices().rev().nth(SURROUNDINGS);
        let after = self.text[point..line.end].char_indices().nth(SURROUNDINGS);
        let start = before.map_or(line.start, |(at, _)| line.start + at);
        start..after.map_or(line.end, |(at, _)| point + at)
    }

    /// Where in the excerpt a byte of the text stands.
    fn offset(&self, at: usize) -> usize {
        let index = self.pieces.partition_point(|(piece, _)| piece.start <= at).saturating_sub(1);
        let Some((piece, start)) = self.pieces.get(index) else { return 0 };
        start + printable::source(&self.text[piece.start..at.clamp(piece.start, piece.end)]).len()
    }
}
