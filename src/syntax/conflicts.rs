//! What a merge leaves where two versions of some lines differ: both of them, between lines of marks.
//!
//! The first version is read; what stands from the second mark on is passed over like a comment.

use memchr::memmem;

use crate::codes;
use crate::diagnostic::{Diagnostic, Edit};
use crate::span::{FileId, Span};

/// Two versions of some lines.
#[derive(Debug)]
pub struct Conflict {
    /// The line of marks before the first version, if it is still there.
    first: Option<(usize, usize)>,
    /// The line of marks behind it.
    second: (usize, usize),
    /// The line of marks behind the last version.
    last: (usize, usize),
}

/// How many marks stand in a row.
const MARKS: usize = 7;

/// The conflicts of a text, in order. Without the mark in the middle there is none.
pub fn find(text: &str) -> Vec<Conflict> {
    if memmem::find(text.as_bytes(), b"=======").is_none() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let (mut first, mut second) = (None, None);
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let place = (start + line.len() - line.trim_start().len(), start + line.trim_end().len());
        start += line.len();
        match mark(line.trim()) {
            Some('<') => (first, second) = (Some(place), None),
            Some('|') if first.is_some() => second = second.or(Some(place)),
            Some('=') => second = second.or(Some(place)),
            Some('>') => {
                found.extend(second.map(|second| Conflict { first, second, last: place }));
                (first, second) = (None, None);
            }
            _ => {}
        }
    }
    found
}

/// Whether a text has conflicts.
pub fn is_there(text: &str) -> bool {
    !find(text).is_empty()
}

/// The mark of which a line has seven, and a name behind them at most.
fn mark(line: &str) -> Option<char> {
    let mark = line.chars().next().filter(|mark| matches!(mark, '<' | '|' | '=' | '>'))?;
    let rest = line.trim_start_matches(mark);
    let is_line = line.len() - rest.len() == MARKS && (rest.is_empty() || rest.starts_with(' ') && mark != '=');
    is_line.then_some(mark)
}

impl Conflict {
    /// What is passed over: the marks before the first version, and all from the marks behind it on.
    pub fn passed_over(&self) -> impl Iterator<Item = (usize, usize)> {
        self.first.into_iter().chain([(self.second.0, self.last.1)])
    }

    /// What there is to say of it, once. The edit keeps the first version.
    pub fn diagnostic(&self, file: FileId, text: &str) -> Diagnostic {
        let span = |(start, end): (usize, usize)| Span::new(file, start, end);
        let line = |at: usize| text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
        let behind =
            |at: usize| text.get(at..).and_then(|rest| rest.find('\n')).map_or(text.len(), |length| at + length + 1);
        let (from, kept) = match self.first {
            Some(first) => (first, text.get(behind(first.1)..line(self.second.0)).unwrap_or_default()),
            None => (self.second, ""),
        };
        let found = Diagnostic::new(&codes::NOT_A_STATEMENT, span(from), "a merge left two versions of these lines");
        let found = match self.first {
            Some(_) => found.label("the first begins here").also(span(self.second), "the second begins here"),
            None => found.label("the second begins here"),
        };
        let whole = Span::new(file, line(from.0), behind(self.last.1));
        let edit = Some(Edit { span: whole, text: kept.to_owned(), is_certain: false });
        let found = found.also(span(self.last), "the last ends here");
        let help = "keep one of them, and delete the lines of marks: `<<<<<<<`, `=======` and `>>>>>>>`";
        Diagnostic { edit, ..found.help(help) }
    }
}
