//! The frame of a finding whose places stand in lines of plain characters of one file, one place a line, as nearly all do:
//! what the library would draw without colour, and without its look at each character.

use std::iter::repeat_n;
use std::ops::Range;

use codespan_reporting::term::Chars;

use super::{excerpt, printable};
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::source::{Source, Sources};

/// Adds the frame to a text, without white space at the ends of its lines; says `false`, and adds nothing, where a finding is
/// none of those.
pub(super) fn draw(
    diagnostic: &Diagnostic,
    sources: &Sources,
    notes: &[String],
    chars: &Chars,
    out: &mut String,
) -> bool {
    let source = sources.file(diagnostic.primary.span.file);
    let Some(lines) = lines(diagnostic, source, chars) else { return false };
    let at = source.position(excerpt::clip(&source.text, diagnostic.primary.span.range()).start);
    let width = lines.last().map_or(1, |line| line.number).ilog10() as usize + 1;
    let mut bar = " ".repeat(width + 1);
    bar.push(chars.source_border_left);
    let gutter = &bar[..=width];
    let message = printable::line(&diagnostic.message);
    add(out, &[severity(diagnostic.severity), "[", diagnostic.code.code, "]: ", &message]);
    let (name, line, column) = (source.display(), at.line.to_string(), at.column.to_string());
    add(out, &[gutter, &chars.snippet_start, " ", &printable::line(&name), ":", &line, ":", &column]);
    add(out, &[&bar]);
    let mut next = None;
    for line in &lines {
        if next.is_some_and(|next| next != line.number) {
            add(out, &[gutter, chars.source_border_left_break.encode_utf8(&mut [0; 4])]);
        }
        next = Some(line.number + 1);
        let number = line.number.to_string();
        add(out, &[&bar[number.len()..width], &number, &bar[width..], " ", line.text]);
        if let Some((range, caret, said)) = &line.mark {
            out.push_str(&bar);
            out.extend(repeat_n(' ', range.start + 1).chain(repeat_n(*caret, range.len().max(1))));
            add(out, &[" ", &printable::line(said)]);
        }
    }
    if !notes.is_empty() {
        add(out, &[&bar]);
    }
    for note in notes {
        for (number, line) in note.lines().enumerate() {
            let bullet = if number == 0 { chars.note_bullet } else { ' ' };
            add(out, &[gutter, bullet.encode_utf8(&mut [0; 4]), " ", line]);
        }
    }
    out.push('\n');
    true
}

/// A line to show.
struct Line<'a> {
    number: usize,
    text: &'a str,
    /// What is marked in it, with what, and what is said of it.
    mark: Option<(Range<usize>, char, &'a str)>,
}

/// The lines of all labels in order, with what stands between two that have one line between them.
fn lines<'a>(diagnostic: &'a Diagnostic, source: &'a Source, chars: &Chars) -> Option<Vec<Line<'a>>> {
    let here = diagnostic.primary.span.file;
    let line = |(label, is_primary): (&'a Label, bool)| {
        let caret = if is_primary { chars.single_primary_caret } else { chars.single_secondary_caret };
        (label.span.file == here).then(|| line(source, label, caret))?
    };
    let mut marked: Vec<Line<'a>> = excerpt::labels(diagnostic).map(line).collect::<Option<_>>()?;
    marked.sort_by_key(|line| line.number);
    let mut lines: Vec<Line<'a>> = Vec::with_capacity(marked.len());
    for line in marked {
        match lines.last().map(|last| line.number - last.number) {
            Some(0) => return None,
            Some(2) => {
                let number = line.number - 1;
                lines.push(Line { number, text: plain(source, number)?.0, mark: None });
            }
            _ => {}
        }
        lines.push(line);
    }
    Some(lines)
}

/// The line of a label, where it is plain and holds all of it.
fn line<'a>(source: &'a Source, label: &'a Label, caret: char) -> Option<Line<'a>> {
    let range = excerpt::clip(&source.text, label.span.range());
    let number = source.line(range.start);
    let (text, start) = plain(source, number)?;
    let marked = range.start - start..range.end - start;
    let is_within = marked.start <= text.len() && marked.end <= text.len();
    is_within.then_some(Line { number, text, mark: Some((marked, caret, &label.text)) })
}

/// A line of plain characters that is not too long, and where it starts.
fn plain(source: &Source, number: usize) -> Option<(&str, usize)> {
    let range = source.line_range(number);
    let text = source.text.get(range.clone()).filter(|text| text.len() <= excerpt::LONGEST_LINE)?;
    printable::is_plain(text).then_some((text, range.start))
}

/// The library knows no hints; this is the word for what it calls a note.
fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Off => Severity::Hint.word(),
        _ => severity.word(),
    }
}

/// Adds a line.
fn add(out: &mut String, parts: &[&str]) {
    let start = out.len();
    parts.iter().for_each(|part| out.push_str(part));
    let kept = out[start..].trim_end().len();
    out.truncate(start + kept);
    out.push('\n');
}
