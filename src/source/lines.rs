//! The only conversion between byte offsets and lines and columns.

use std::ops::Range;
use std::sync::OnceLock;

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

/// Where the lines of a text start; found out at the first question, since most files are never asked about.
#[derive(Debug, Default)]
pub struct Lines {
    starts: OnceLock<Vec<u32>>,
    /// How many characters stand before each block.
    blocks: OnceLock<Vec<usize>>,
}

impl Lines {
    /// The position of a byte offset; one beyond the text counts as its end, one within a character as its start.
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let starts = self.starts(text);
        let offset = text.floor_char_boundary(offset);
        let line = starts.partition_point(|start| *start as usize <= offset);
        let start = starts.get(line.wrapping_sub(1)).map_or(0, |start| *start as usize);
        Position { line, column: 1 + self.characters(text, start..offset) }
    }

    /// The bytes of a line, counted from 1, without its line break; empty, and at the end, beyond the last line.
    pub fn range(&self, text: &str, line: usize) -> Range<usize> {
        let starts = self.starts(text);
        let start_of = |index: usize| starts.get(index).map_or(text.len(), |start| *start as usize);
        let range = start_of(line.saturating_sub(1))..start_of(line);
        let line = &text[range.clone()];
        let line = line.strip_suffix('\n').unwrap_or(line);
        range.start..range.start + line.strip_suffix('\r').unwrap_or(line).len()
    }

    /// How many lines the text has; one more than it has line breaks.
    pub fn count(&self, text: &str) -> usize {
        self.starts(text).len()
    }

    fn characters(&self, text: &str, range: Range<usize>) -> usize {
        if range.len() <= BLOCK {
            return text[range].chars().count();
        }
        let blocks = self.blocks.get_or_init(|| characters_before_blocks(text));
        let before = |offset: usize| {
            let known = blocks.get(offset / BLOCK).copied().unwrap_or_default();
            known + text[text.floor_char_boundary(offset / BLOCK * BLOCK)..offset].chars().count()
        };
        before(range.end) - before(range.start)
    }

    fn starts(&self, text: &str) -> &[u32] {
        self.starts.get_or_init(|| {
            let breaks = memchr::memchr_iter(b'\n', text.as_bytes());
            std::iter::once(0).chain(breaks.map(|at| u32::try_from(at + 1).unwrap_or(u32::MAX))).collect()
        })
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

    #[test]
    fn columns_count_characters() {
        let text = "ä\nöü x\r\n😀y";
        let lines = Lines::default();
        let at = |needle: &str| lines.position(text, text.find(needle).unwrap_or(text.len()));
        assert_eq!(at("x"), Position { line: 2, column: 4 });
        assert_eq!(at("y"), Position { line: 3, column: 2 });
        assert_eq!(at("nothing"), Position { line: 3, column: 3 });
    }
    #[test]
    fn columns_far_into_a_line() {
        let text = format!("x\n{}", "äöü".repeat(BLOCK));
        let lines = Lines::default();
        for characters in [0, 1, BLOCK / 2, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK] {
            assert_eq!(lines.position(&text, 2 + 2 * characters), Position { line: 2, column: 1 + characters });
        }
    }

    #[test]
    fn lines_without_their_breaks() {
        let text = "ä\r\n\nb";
        let lines = Lines::default();
        let line = |number: usize| &text[lines.range(text, number)];
        assert_eq!([line(1), line(2), line(3), line(4)], ["ä", "", "b", ""]);
        assert_eq!(lines.count(text), 3);
    }
}
