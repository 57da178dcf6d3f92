//! The only conversion between byte offsets and lines and columns.

use std::ops::Range;
use std::sync::OnceLock;

use crate::span::narrow;

/// Columns further into a line than this are counted from the nearest block of this many bytes, not from its start:
/// many questions about one line of a megabyte shall not cost a megabyte each.
const BLOCK: usize = 4096;

/// A line and a column, both from 1; the column counts characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// What a column counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// Units of UTF-16: what every client understands.
    #[default]
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

/// Where the lines of a text start; they count from 0.
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

    /// The bytes of a line, from 0, without its line break; empty, and at the end, beyond the last line.
    pub fn range(&self, text: &str, line: usize) -> Range<usize> {
        let start_of =
            |line: usize| self.starts.get(line).map_or(text.len(), |start| (*start as usize).min(text.len()));
        let range = start_of(line)..start_of(line.saturating_add(1));
        let body = text.get(range.clone()).unwrap_or_default();
        let body = body.strip_suffix('\n').unwrap_or(body);
        range.start..range.start + body.strip_suffix('\r').unwrap_or(body).len()
    }

    /// The byte at a line and a column, both from 0; what is beyond the text is its end.
    pub fn offset(&self, text: &str, line: usize, column: usize, encoding: Encoding) -> usize {
        let range = self.range(text, line);
        range.start + encoding.byte(text.get(range).unwrap_or_default(), column)
    }
}

/// How many characters stand before each block of a text; found out where a line is long enough to need it.
#[derive(Debug, Default)]
pub(super) struct Blocks(OnceLock<Vec<usize>>);

impl Blocks {
    /// How many characters a stretch of the text has.
    pub fn characters(&self, text: &str, range: Range<usize>) -> usize {
        if range.len() <= BLOCK {
            return Encoding::Utf32.length(&text[range]);
        }
        let blocks = self.0.get_or_init(|| characters_before_blocks(text));
        let before = |offset: usize| {
            let known = blocks.get(offset / BLOCK).copied().unwrap_or_default();
            known + text[text.floor_char_boundary(offset / BLOCK * BLOCK)..offset].chars().count()
        };
        before(range.end) - before(range.start)
    }
}

fn characters_before_blocks(text: &str) -> Vec<usize> {
    let ends = (0..=text.len()).step_by(BLOCK).map(|offset| text.floor_char_boundary(offset));
    ends.scan((0, 0), |(from, before), end| {
        *before += text[*from..end].chars().count();
        *from = end;
        Some(*before)
    })
    .collect()
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
            assert_eq!(lines.line(at), 1);
            assert_eq!(encoding.length(&text[lines.range(text, 1).start..at]), column);
            assert_eq!(lines.offset(text, 1, column, encoding), at);
        }
        // Within a character, beyond a line, beyond the text.
        assert_eq!(lines.offset(text, 1, 1, Encoding::Utf16), 6);
        assert_eq!(lines.offset(text, 0, 99, Encoding::Utf16), 4);
        assert_eq!(lines.offset(text, 99, 99, Encoding::Utf16), text.len());
    }

    #[test]
    fn lines_without_their_breaks() {
        let text = "ä\r\n\nb";
        let lines = Lines::new(text);
        assert_eq!([0, 1, 2, 3].map(|line| &text[lines.range(text, line)]), ["ä", "", "b", ""]);
        assert_eq!(lines.count(), 3);
    }

    #[test]
    fn characters_of_long_stretches() {
        let text = format!("x\n{}", "äöü".repeat(BLOCK));
        let blocks = Blocks::default();
        for characters in [0, 1, BLOCK / 2, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK] {
            assert_eq!(blocks.characters(&text, 2..2 + 2 * characters), characters);
        }
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
