//! Positions of the protocol: lines from 0, columns in the units that client and server have agreed on.

use std::cell::Cell;
use std::ops::Range;

use lsp_types::Position;

/// What a column counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// Units of UTF-16: what every client understands.
    Utf16,
    /// Characters.
    Utf32,
}

impl Encoding {
    /// How many units a stretch of text has.
    pub fn length(self, text: &str) -> usize {
        match self {
            Encoding::Utf8 => text.len(),
            Encoding::Utf16 => text.chars().map(char::len_utf16).sum(),
            Encoding::Utf32 => text.chars().count(),
        }
    }

    /// The byte at which a column of a line begins; the end of the line for one beyond it, the start of the
    /// character for one within.
    fn byte(self, line: &str, column: usize) -> usize {
        if self == Encoding::Utf8 {
            return line.floor_char_boundary(column);
        }
        let mut units = 0;
        for (at, character) in line.char_indices() {
            units += if self == Encoding::Utf16 { character.len_utf16() } else { 1 };
            if units > column {
                return at;
            }
        }
        line.len()
    }
}

/// Where the lines of a text start.
#[derive(Clone, Debug)]
pub struct Lines {
    starts: Vec<u32>,
}

impl Lines {
    /// Finds the lines of a text.
    pub fn new(text: &str) -> Lines {
        let breaks = memchr::memchr_iter(b'\n', text.as_bytes());
        Lines { starts: std::iter::once(0).chain(breaks.map(|at| narrow(at + 1))).collect() }
    }

    /// Follows a change of the text: `removed` gave way to `inserted`.
    pub fn replace(&mut self, removed: Range<usize>, inserted: &str) {
        let first = self.starts.partition_point(|start| *start as usize <= removed.start);
        let behind = self.starts.partition_point(|start| *start as usize <= removed.end);
        let new = memchr::memchr_iter(b'\n', inserted.as_bytes()).map(|at| narrow(removed.start + at + 1));
        let before = self.starts.len() - behind;
        self.starts.splice(first..behind, new);
        let moved = self.starts.len() - before;
        let delta = inserted.len().wrapping_sub(removed.len());
        for start in &mut self.starts[moved..] {
            *start = narrow((*start as usize).wrapping_add(delta));
        }
    }

    /// How many lines there are; one more than there are line breaks.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// The line, from 0, in which a byte lies.
    pub fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start as usize <= offset).saturating_sub(1)
    }

    /// The bytes of a line, without its line break; empty, and at the end, beyond the last line.
    pub fn range(&self, text: &str, line: usize) -> Range<usize> {
        let start_of =
            |line: usize| self.starts.get(line).map_or(text.len(), |start| (*start as usize).min(text.len()));
        let range = start_of(line)..start_of(line.saturating_add(1));
        let body = text.get(range.clone()).unwrap_or_default();
        let body = body.strip_suffix('\n').unwrap_or(body);
        range.start..range.start + body.strip_suffix('\r').unwrap_or(body).len()
    }

    /// The byte of a position; what is beyond the text is its end.
    pub fn offset(&self, text: &str, position: Position, encoding: Encoding) -> usize {
        let range = self.range(text, position.line as usize);
        range.start + encoding.byte(text.get(range).unwrap_or_default(), position.character as usize)
    }
}

/// The positions of bytes of one text. Asked in the order of the text, it takes time in proportion to the text, however
/// long its lines are.
pub struct Positions<'a> {
    text: &'a str,
    lines: &'a Lines,
    encoding: Encoding,
    /// The last answer: its byte and its position.
    last: Cell<(usize, Position)>,
}

impl<'a> Positions<'a> {
    /// Prepares for questions on a text.
    pub fn new(text: &'a str, lines: &'a Lines, encoding: Encoding) -> Positions<'a> {
        Positions { text, lines, encoding, last: Cell::new((0, Position::new(0, 0))) }
    }

    /// The position of a byte.
    pub fn position(&self, offset: usize) -> Position {
        let offset = self.text.floor_char_boundary(offset.min(self.text.len()));
        let line = self.lines.line(offset);
        let (known, position) = self.last.get();
        let (from, column) = if position.line as usize == line && known <= offset {
            (known, position.character as usize)
        } else {
            (self.lines.range(self.text, line).start, 0)
        };
        let column = column + self.encoding.length(self.text.get(from..offset).unwrap_or_default());
        let position = Position::new(narrow(line), narrow(column));
        self.last.set((offset, position));
        position
    }

    /// The range of some bytes.
    pub fn range(&self, bytes: Range<usize>) -> lsp_types::Range {
        lsp_types::Range::new(self.position(bytes.start), self.position(bytes.end.max(bytes.start)))
    }
}

fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn columns_in_every_unit() {
        let text = "ä\tb\r\n😀ü x\n";
        let lines = Lines::new(text);
        for (encoding, column) in [(Encoding::Utf8, 7), (Encoding::Utf16, 4), (Encoding::Utf32, 3)] {
            let at = text.find('x').unwrap();
            let position = Positions::new(text, &lines, encoding).position(at);
            assert_eq!(position, Position::new(1, column));
            assert_eq!(lines.offset(text, position, encoding), at);
        }
        // Within a character, beyond a line, beyond the text.
        assert_eq!(lines.offset(text, Position::new(1, 1), Encoding::Utf16), 6);
        assert_eq!(lines.offset(text, Position::new(0, 99), Encoding::Utf16), 4);
        assert_eq!(lines.offset(text, Position::new(99, 99), Encoding::Utf16), text.len());
    }

    proptest! {
        #[test]
        fn lines_follow_changes(text in "[aä\n\r]{0,30}", new in "[bö\n]{0,9}", from in 0_usize..31, to in 0_usize..31) {
            let (from, to) = (text.floor_char_boundary(from.min(to)), text.floor_char_boundary(from.max(to)));
            let mut lines = Lines::new(&text);
            lines.replace(from..to, &new);
            let mut changed = text.clone();
            changed.replace_range(from..to, &new);
            prop_assert_eq!(lines.starts, Lines::new(&changed).starts);
        }
    }
}
